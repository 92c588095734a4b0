"""Pages of groups, over HTTP."""

import pytest

from learnapp.groups.models import LEADER, MEMBER
from tests.actors.people import People
from tests.factories.groups import GroupFactory, MembershipFactory
from tests.pages import PageOpener, words


def enter(people: People, who: str, role: str, group: int | None = None, **about: object) -> int:
    """Put somebody into a group, a new one unless it is told; return its number."""
    with people.app.app_context():
        number = group or GroupFactory(**about).id
        MembershipFactory(group_id=number, user_id=people.get(who).id, role=role)
    return number


def test_groups_of_others_are_not_listed(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    enter(people, "Ada", LEADER, name="9C")
    people.add("Cleo")
    enter(people, "Cleo", MEMBER, name="another's")
    page = visit(ada, "/groups")
    assert "9C" in page.text
    assert "another's" not in page.text


def test_who_is_in_no_group_is_told_so(people: People, visit: PageOpener) -> None:
    assert "You are in no class." in visit(people.signed_in("Cleo"), "/groups").text


@pytest.mark.parametrize("role", ["teacher", "coordinator", "admin"])
def test_who_may_lead_has_classes_in_the_menu(people: People, visit: PageOpener, role: str) -> None:
    assert "/groups" in menu(people, visit, role)


@pytest.mark.parametrize("role", ["learner", "author"])
def test_who_may_not_lead_comes_to_classes_from_their_own_page(people: People, visit: PageOpener, role: str) -> None:
    assert "/groups" not in menu(people, visit, role)
    page = visit(people.signed_in("Vera", role), "/me")
    assert [words(one) for one in page.all("a") if one.get("href") == "/groups"] == ["Your classes"]


def menu(people: People, visit: PageOpener, role: str) -> set[str | None]:
    """Return where the main menu of somebody with this role leads."""
    page = visit(people.signed_in("Ada", role), "/")
    return {one.get("href") for one in page.one("nav", **{"class": "menu"}).iter("a")}


def test_members_do_not_see_who_else_is_in_their_class(people: People, visit: PageOpener) -> None:
    ada, ben = people.signed_in("Ada", "teacher"), people.signed_in("Ben")
    group = enter(people, "Ada", LEADER)
    enter(people, "Ben", MEMBER, group)
    people.add("Mina")
    enter(people, "Mina", MEMBER, group)
    assert "Mina" in visit(ada, f"/groups/{group}").text
    page = visit(ben, f"/groups/{group}")
    assert "Teacher:" in words(page.one("main"))
    assert "Ada" in page.text
    assert "Mina" not in page.text


def test_whoever_may_lead_no_longer_sees_it_as_a_member_does(people: People, visit: PageOpener) -> None:
    cleo = people.signed_in("Cleo", "learner")
    group = enter(people, "Cleo", LEADER)
    people.add("Mina")
    enter(people, "Mina", MEMBER, group)
    assert "Mina" not in visit(cleo, f"/groups/{group}").text


def test_a_team_has_words_of_its_own(people: People, visit: PageOpener) -> None:
    cora = people.signed_in("Cora", "coordinator")
    group = enter(people, "Cora", LEADER, kind="team", name="Berlin")
    page = words(visit(cora, f"/groups/{group}").one("main"))
    assert "Coordinator: Cora" in page
    assert "Volunteers" in page
    assert "tudent" not in page
