"""Requests for help, over HTTP: asked for, taken back, and switched off by a class."""

from learnapp.database.db import db
from learnapp.groups.models import Group, Membership
from tests.groups.conftest import School, sign_in_again
from tests.pages import PageOpener


def test_a_member_asks_for_help_and_takes_it_back(school: School, visit: PageOpener) -> None:
    ben = sign_in_again(school, "Ben")
    school.add()
    address = f"/groups/{school.group}/help"
    assert "Ask my teacher" in visit(ben, f"/groups/{school.group}").text
    assert ben.post(address, data={"action": "ask", "back": "/me"}).location == "/me"
    member = {row.user_id: row for row in school.rows(Membership)}
    assert member[school.ben].help_asked_at
    assert "sees that you would like help" in visit(ben, f"/groups/{school.group}").text
    assert ben.post(address, data={"action": "take_back"}).location == f"/groups/{school.group}"
    assert not {row.user_id: row for row in school.rows(Membership)}[school.ben].help_asked_at
    assert school.ada.post(address, data={"action": "ask"}).status_code == 404
    assert ben.post(address, data={"action": "ask", "back": "//evil.example"}).location == f"/groups/{school.group}"


def test_a_class_that_takes_no_requests_for_help_shows_no_button_and_stores_none(
    school: School, visit: PageOpener
) -> None:
    ben = sign_in_again(school, "Ben")
    school.add()
    with school.people.app.app_context():
        group = db.session.get(Group, school.group)
        assert group
        group.takes_help_requests = False
        db.session.commit()
    assert "Ask my teacher" not in visit(ben, f"/groups/{school.group}").text
    ben.post(f"/groups/{school.group}/help", data={"action": "ask"})
    assert not any(row.help_asked_at for row in school.rows(Membership))
