"""A group's code, invitations, removing and leaving, over HTTP."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.accounts.models import CountedTry
from learnapp.database.db import db
from learnapp.groups.membership.codes import show_code
from learnapp.groups.models import JOIN, Group, GroupCode, Invitation
from learnapp.web.qr import qr_code
from tests.actors.groups import Class, join_class, type_code
from tests.actors.people import People, sign_in
from tests.pages import Page, PageOpener


def code_of(people: People, group_id: int) -> GroupCode | None:
    with people.app.app_context():
        return db.session.scalar(select(GroupCode).where(GroupCode.group_id == group_id, GroupCode.purpose == JOIN))


def invited(people: People) -> list[int]:
    with people.app.app_context():
        return list(db.session.scalars(select(Invitation.user_id)))


def test_a_leader_makes_a_code_for_as_long_as_they_like(people: People, class_9c: Class, visit: PageOpener) -> None:
    page = visit(class_9c.ada, f"/groups/{class_9c.id}/code", data={"days": "7"})
    code = code_of(people, class_9c.id)
    assert code is not None
    assert code.code != class_9c.code
    assert f"{code.code[:4]}-{code.code[4:8]}-{code.code[8]}" in page.text
    assert f"http://127.0.0.1:8000/join?code={code.code}" in page.text
    assert timedelta(days=7) - timedelta(minutes=1) < code.expires_at - datetime.now(UTC) <= timedelta(days=7)
    assert type_code(people.browser(), class_9c.code).status_code == 422


@pytest.mark.parametrize("days", ["0", "91", "", "seven", "-1", "1.5", "9" * 400])
def test_a_number_of_days_that_is_none_of_1_to_90_is_refused(
    people: People, class_9c: Class, visit: PageOpener, days: str
) -> None:
    page = visit(class_9c.ada, f"/groups/{class_9c.id}/code", data={"days": days}, status=422)
    assert "There is a problem" in page.text
    code = code_of(people, class_9c.id)
    assert code is not None
    assert code.code == class_9c.code


def test_fourteen_days_are_usual(people: People, class_9c: Class, visit: PageOpener) -> None:
    assert visit(class_9c.ada, f"/groups/{class_9c.id}/code").one("input", name="days").get("value") == "14"


def test_the_door_is_closed_and_opened_again_in_one_press_each(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    address = f"/groups/{class_9c.id}"
    assert "Close the door" in visit(class_9c.ada, address).text
    class_9c.ada.post(f"{address}/code/close")
    closed = visit(class_9c.ada, address)
    assert "nobody can join with a code" in closed.text
    assert code_of(people, class_9c.id) is None
    visit(class_9c.ada, f"{address}/code", data={"days": "14"})
    assert code_of(people, class_9c.id) is not None


def test_the_square_holds_the_link_and_stands_in_the_page(people: People, class_9c: Class, visit: PageOpener) -> None:
    square = qr_code(f"http://127.0.0.1:8000/join?code={class_9c.code}")
    for path in ("", "/code", "/poster", "/poster?paper=letter"):
        page = visit(class_9c.ada, f"/groups/{class_9c.id}{path}")
        assert f'<path d="{square.path}"/>' in page.text, path
        assert show_code(class_9c.code) in page.text


def test_a_poster_is_laid_out_for_both_papers_and_says_what_to_do(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    for query, paper in (("", "a4"), ("?paper=letter", "letter"), ("?paper=x%22y", "a4")):
        page = visit(class_9c.ada, f"/groups/{class_9c.id}/poster{query}")
        assert page.one("article", **{"class": f"poster poster--{paper}"}) is not None
        for words in ("9C", "http://127.0.0.1:8000/join", "Read what your teacher will see", "Press “Join”"):
            assert words in page.text
    class_9c.ada.post(f"/groups/{class_9c.id}/code/close")
    assert "nobody can join with a code" in visit(class_9c.ada, f"/groups/{class_9c.id}/poster").text


def test_an_archived_class_gets_no_code(people: People, class_9c: Class, visit: PageOpener) -> None:
    with people.app.app_context():
        db.session.get_one(Group, class_9c.id).archived_at = datetime.now(UTC)
        db.session.commit()
    assert "nobody comes in" in visit(class_9c.ada, f"/groups/{class_9c.id}/code").text
    assert class_9c.ada.post(f"/groups/{class_9c.id}/code", data={"days": "7"}).status_code == 409


def test_members_see_no_code(people: People, class_9c: Class, visit: PageOpener) -> None:
    ben = people.signed_in("Ben")
    join_class(ben, class_9c.code)
    page = visit(ben, f"/groups/{class_9c.id}")
    assert show_code(class_9c.code) not in page.text
    assert class_9c.code not in page.text
    for path in ("code", "invite"):
        assert ben.get(f"/groups/{class_9c.id}/{path}").status_code in {403, 404}


def test_who_leaves_is_out_at_once_and_comes_back_by_the_code(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    ben = people.signed_in("Ben")
    join_class(ben, class_9c.code)
    assert "Leave this class" in visit(ben, f"/groups/{class_9c.id}").text

    page = visit(ben, f"/groups/{class_9c.id}/leave", data={})
    assert "You have left 9C." in page.text
    assert "type the code again" in page.text
    assert "Ben" not in visit(class_9c.ada, f"/groups/{class_9c.id}").text
    assert ben.get(f"/groups/{class_9c.id}").status_code == 404
    assert ben.post(f"/groups/{class_9c.id}/leave").status_code == 404

    join_class(ben, class_9c.code)
    assert class_9c.members() == {"Ben"}


def test_a_leader_does_not_leave_as_a_member_does(people: People, class_9c: Class) -> None:
    assert class_9c.ada.post(f"/groups/{class_9c.id}/leave").status_code == 404
    assert class_9c.ada.get(f"/groups/{class_9c.id}").status_code == 200


def test_a_removed_member_is_out_and_the_code_lets_them_in_again(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    ben = people.signed_in("Ben")
    join_class(ben, class_9c.code)
    (remove,) = re.findall(
        r'action="(/groups/\d+/members/\d+/remove)"', visit(class_9c.ada, f"/groups/{class_9c.id}/members").text
    )

    assert "They are in it no more." in visit(class_9c.ada, remove, data={}).text
    assert ben.get(f"/groups/{class_9c.id}").status_code == 404
    assert class_9c.ada.post(remove).status_code == 404

    join_class(ben, class_9c.code)
    assert class_9c.members() == {"Ben"}


def answer_to(browser: FlaskClient, class_9c: Class, visit: PageOpener, who: str) -> str:
    page = visit(browser, f"/groups/{class_9c.id}/invite", data={"who": who})
    return re.sub(r' value="[^"]*"', "", page.text)


def test_an_invitation_is_answered_alike_whether_there_is_such_an_account_or_not(
    people: People, class_9c: Class, visit: PageOpener
) -> None:
    people.add("Ben", email="ben@example.org")
    people.add("Cleo", email="cleo@example.org", email_confirmed_at=None)
    answers = {
        who: answer_to(class_9c.ada, class_9c, visit, who)
        for who in ("Ben", "ben@example.org", "cleo@example.org", "Nobody", "nobody@example.org")
    }
    assert len(set(answers.values())) == 1
    assert "If there is such an account" in answers["Ben"]
    assert invited(people) == [people.get("Ben").id]
    with people.app.app_context():
        assert db.session.query(CountedTry).filter(CountedTry.key.like("invitations:%")).count() == 5


@pytest.mark.slow
def test_nobody_is_invited_sixty_one_times_an_hour(people: People, class_9c: Class, visit: PageOpener) -> None:
    for number in range(60):
        class_9c.ada.post(f"/groups/{class_9c.id}/invite", data={"who": f"Nobody {number}"})
    people.add("Ben")
    page = visit(class_9c.ada, f"/groups/{class_9c.id}/invite", data={"who": "Ben"}, status=429)
    assert "Too many tries" in page.text
    assert page.one("input", name="who").get("value") == "Ben"
    assert invited(people) == []


@pytest.mark.parametrize("who", ["", "a" * 255])
def test_what_can_be_no_name_is_told(people: People, class_9c: Class, visit: PageOpener, who: str) -> None:
    visit(class_9c.ada, f"/groups/{class_9c.id}/invite", data={"who": who}, status=422)


def test_what_has_ended_goes_with_the_tick(people: People, class_9c: Class) -> None:
    people.add("Ben")
    class_9c.ada.post(f"/groups/{class_9c.id}/invite", data={"who": "Ben"})
    with people.app.app_context():
        long_ago = datetime.now(UTC) - timedelta(days=31)
        db.session.scalars(select(GroupCode)).one().expires_at = long_ago
        db.session.scalars(select(Invitation)).one().invited_at = long_ago
        db.session.commit()
    assert people.app.test_cli_runner().invoke(args=["tick", "--all-guests"]).exit_code == 0
    assert people.count(GroupCode) == people.count(Invitation) == 0


def words_of(page: Page) -> str:
    return " ".join("".join(page.one("main").itertext()).split())


def test_a_team_is_spoken_of_as_a_team(people: People, visit: PageOpener) -> None:
    team = Class(people, kind="team", name="Outreach")
    ben = people.signed_in("Ben")
    seen: list[Any] = [visit(team.ada, f"/groups/{team.id}"), visit(ben, "/join", data={"code": team.code})]
    seen.append(visit(ben, "/join/confirm", data={}))
    for page in seen:
        assert not re.search(
            r"\b(class|teacher|student|group)s?\b", words_of(page).replace("Classes", "").replace("age group", "")
        )
    assert sign_in(people.browser(), "Ben").status_code == 302
