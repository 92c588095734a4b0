"""Pages of groups, over HTTP."""

from learnapp.groups.models import LEADER
from tests.actors.people import People
from tests.factories.groups import GroupFactory, MembershipFactory
from tests.pages import PageOpener


def test_groups_of_others_are_not_listed(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    with people.app.app_context():
        MembershipFactory(group_id=GroupFactory(name="9C").id, user_id=people.get("Ada").id, role=LEADER)
        GroupFactory(name="another's")
    page = visit(ada, "/groups")
    assert "9C" in page.text
    assert "another's" not in page.text


def test_who_is_in_no_group_is_told_so(people: People, visit: PageOpener) -> None:
    assert "You are in no group." in visit(people.signed_in("Cleo"), "/groups").text
