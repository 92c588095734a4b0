"""Pages of groups, over HTTP."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.accounts.passwords.service import confirm_password
from learnapp.database.db import db
from learnapp.groups import views
from learnapp.groups.models import LEADER, MEMBER, Group
from learnapp.web import clock
from tests.actors.groups import Class
from tests.actors.people import PASSWORD, People
from tests.factories.base import NOON
from tests.factories.groups import AssignmentFactory, GroupFactory, MembershipFactory
from tests.pages import PageOpener, words
from tests.statements import counted


def enter(people: People, who: str, role: str, group: int | None = None, **about: object) -> int:
    """Put somebody into a group, a new one unless it is told; return its number."""
    with people.app.app_context():
        number = group or GroupFactory(**about).id
        MembershipFactory(group_id=number, user_id=people.get(who).id, role=role)
    return number


def test_who_is_in_no_group_is_told_so(people: People, visit: PageOpener) -> None:
    assert "You are in no class and no team yet." in visit(people.signed_in("Cleo"), "/groups").text


@pytest.mark.parametrize("role", ["teacher", "coordinator", "admin"])
def test_who_may_lead_has_classes_in_the_menu(people: People, visit: PageOpener, role: str) -> None:
    assert "/groups" in menu(people, visit, role)


@pytest.mark.parametrize("role", ["learner", "author"])
def test_who_may_not_lead_comes_to_classes_from_their_own_page(people: People, visit: PageOpener, role: str) -> None:
    assert "/groups" not in menu(people, visit, role)
    page = visit(people.signed_in("Vera", role), "/me")
    assert [words(one) for one in page.all("a") if one.get("href") == "/groups"] == ["Your classes"]


def test_pages_of_classes_stand_under_an_entry_of_everybodys_menu(people: People, visit: PageOpener) -> None:
    for who, role, entry in (("Ada", "teacher", "Classes and teams"), ("Ben", "learner", "My learning")):
        menu = visit(people.signed_in(who, role), "/groups").one("nav", **{"class": "menu"})
        assert [words(one) for one in menu.iter("a") if one.get("aria-current")] == [entry]


def test_a_class_without_students_says_how_they_come_in(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    group, other = enter(people, "Ada", LEADER), enter(people, "Ada", LEADER, pseudonymous=True)
    ways = ["With a code", "Accounts and login cards, without e-mail", "Import the school’s list"]
    assert [words(one) for one in visit(ada, f"/groups/{group}").all("h3")] == ways
    assert [words(one) for one in visit(ada, f"/groups/{other}").all("h3")] == ways[:2]


def test_the_list_of_classes_says_how_many_are_in_each(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    for name, size in (("7B", 0), ("8A", 1), ("9C", 2)):
        group = enter(people, "Ada", LEADER, name=name)
        for number in range(size):
            people.add(f"Ben {name} {number}")
            enter(people, f"Ben {name} {number}", MEMBER, group)
    listed = [words(one) for one in visit(ada, "/groups").one("main").iter("li")]
    assert listed == ["7B 0 students", "8A 1 student", "9C 2 students"]


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


NEW = {"name": "9C", "zone": "Asia/Seoul", "band": "", "seats": "60"}
CHANGED = {**NEW, "name": "9C, spring", "seats": "30", "takes_help_requests": "y"}


def test_a_teacher_makes_a_class_by_its_name(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    empty = visit(ada, "/groups")
    assert "Make one: a name is enough." in empty.text
    form = visit(ada, "/groups/new")
    assert form.one("input", name="seats").get("value") == "60"
    page = visit(ada, "/groups/new", data={**NEW, "name": "  9C \u200b "})
    assert words(page.one("h1")) == "9C"
    assert words(page.one("h2", id="members")) == "Students"


def test_the_zone_of_a_new_class_is_the_one_that_its_teacher_has_chosen(people: People, visit: PageOpener) -> None:
    page = visit(people.signed_in("Ada", "teacher", time_zone="Asia/Seoul"), "/groups/new")
    chosen = [one.get("value") for one in page.one("select", id="zone").iter("option") if "selected" in one.attrib]
    assert chosen == ["Asia/Seoul"]
    assert page.one("select", id="zone").get("data-browser-zone") is None
    page = visit(people.signed_in("Cora", "coordinator"), "/groups/new")
    assert page.one("select", id="zone").get("data-browser-zone") == "yes"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "Enter a name."),
        ({"name": " \u200b"}, "Enter a name."),
        ({"name": "한" * 300}, "Use at most 80 characters. You typed 300."),
        ({"name": "a" + "\u0335" * 20}, "Put fewer marks on one letter."),
        ({"name": "!?"}, "Use at least one letter or number."),
        ({"seats": "0"}, "Enter a number from 1 to 500."),
        ({"seats": "501"}, "Enter a number from 1 to 500."),
        ({"seats": "many"}, "Enter a number from 1 to 500."),
        ({"seats": "9" * 5000}, "Enter a number from 1 to 500."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_nothing_is_lost(
    people: People, visit: PageOpener, wrong: dict[str, str], told: str
) -> None:
    page = visit(people.signed_in("Ada", "teacher"), "/groups/new", data={**NEW, **wrong}, status=422)
    ((name, typed),) = wrong.items()
    assert told in words(page.one("p", id=f"{name}-error"))
    assert page.one("input", name=name).get("value") == typed
    assert [one.get("value") for one in page.one("select", id="zone").iter("option") if "selected" in one.attrib] == [
        "Asia/Seoul"
    ]
    assert people.count(Group) == 0


@pytest.mark.parametrize("wrong", [{"zone": "Mars/Olympus"}, {"zone": ""}, {"band": "18"}, {"band": "13"}])
def test_nothing_but_what_is_offered_can_be_chosen(people: People, visit: PageOpener, wrong: dict[str, str]) -> None:
    visit(people.signed_in("Ada", "teacher"), "/groups/new", data={**NEW, **wrong}, status=422)
    assert people.count(Group) == 0


def test_a_leader_changes_what_a_class_has(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    group = enter(people, "Ada", LEADER)
    page = visit(ada, f"/groups/{group}/settings")
    assert page.one("input", name="version").get("value") == "1"
    assert "checked" in page.one("input", name="takes_help_requests").attrib
    form = {name: value for name, value in CHANGED.items() if name != "takes_help_requests"}
    page = visit(ada, f"/groups/{group}/settings", data={**form, "version": "1"})
    assert words(page.one("h1")) == "9C, spring"
    assert "Your changes are kept." in page.text
    page = visit(ada, f"/groups/{group}/settings")
    assert "checked" not in page.one("input", name="takes_help_requests").attrib


@pytest.mark.parametrize("version", ["1", "", "x", "9" * 400])
def test_the_second_of_two_leaders_is_shown_the_first_ones_and_keeps_what_was_typed(
    people: People, visit: PageOpener, version: str
) -> None:
    ada, cora = people.signed_in("Ada", "teacher"), people.signed_in("Cora", "coordinator")
    group = enter(people, "Ada", LEADER)
    enter(people, "Cora", LEADER, group)
    visit(ada, f"/groups/{group}/settings", data={**CHANGED, "version": "1"})
    page = visit(cora, f"/groups/{group}/settings", data={**NEW, "name": "Cora's", "version": version}, status=409)
    assert "Somebody else has changed it meanwhile" in page.text
    assert "9C, spring" in page.text
    assert page.one("input", id="name").get("value") == "Cora's"
    assert words(page.one("title")).startswith("Error:")
    again = {**NEW, "name": "Cora's", "version": page.one("input", name="version").get("value")}
    assert words(visit(cora, f"/groups/{group}/settings", data=again).one("h1")) == "Cora's"


def test_fewer_seats_than_people_are_refused_at_the_field(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    group = enter(people, "Ada", LEADER)
    for name in ("Ben", "Mina"):
        people.add(name)
        enter(people, name, MEMBER, group)
    form = {**CHANGED, "seats": "1", "version": "1"}
    page = visit(ada, f"/groups/{group}/settings", data=form, status=422)
    assert "More people than that are in it." in words(page.one("p", id="seats-error"))


def test_an_archived_class_says_so_and_can_be_brought_back(people: People, visit: PageOpener) -> None:
    ada, ben = people.signed_in("Ada", "teacher"), people.signed_in("Ben")
    group = enter(people, "Ada", LEADER)
    enter(people, "Ben", MEMBER, group)
    page = visit(ada, f"/groups/{group}/archive", data={})
    assert "This class is archived" in page.text
    assert "This class is archived" in visit(ada, f"/groups/{group}/settings").text
    assert "Archived" in visit(ada, "/groups").text
    page = visit(ben, f"/groups/{group}")
    assert "This class is over" in page.text
    assert "Your account stays, with all that you did." in page.text
    assert "archived" not in visit(ada, f"/groups/{group}/bring-back", data={}).text


def test_whose_account_goes_with_the_class_is_told_how_to_take_it_along(people: People, visit: PageOpener) -> None:
    people.add("Ada", "teacher")
    group = enter(people, "Ada", LEADER, archived_at=NOON)
    mina = people.signed_in("Mina", managed_by=group)
    enter(people, "Mina", MEMBER, group)
    page = visit(mina, f"/groups/{group}")
    assert "Your account was made by it and goes with it" in words(page.one("main"))
    assert {"/account/data", "/account/own"} <= {one.get("href") for one in page.one("main").iter("a")}


def test_a_leader_who_is_removed_while_the_password_is_looked_at_ends_nothing(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = Class(people)
    cora, number = people.signed_in("Cora", "coordinator"), people.get("Cora").id
    ours.take_in("Cora", role=LEADER)
    path = f"/groups/{ours.id}/leaders/{number}/remove"
    assert ours.ada.get(f"/groups/{ours.id}/leaders").status_code == 200

    def confirm_slowly(*about: Any, **more: Any) -> None:
        with ThreadPoolExecutor(1) as pool:  # a request of its own, which knows nothing of this one
            assert pool.submit(ours.ada.post, path).result().status_code == 303
        confirm_password(*about, **more)

    monkeypatch.setattr(views, "confirm_password", confirm_slowly)
    assert cora.post(f"/groups/{ours.id}/end", data={"password": PASSWORD}).status_code == 404
    assert people.count(Group) == 1


def test_a_class_ends_when_its_leader_gives_the_password(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    group = enter(people, "Ada", LEADER)
    for name, manager in (("Mina", group), ("Ben", None)):
        people.add(name, managed_by=manager)
        enter(people, name, MEMBER, group)
    page = visit(ada, f"/groups/{group}/end")
    assert "the list of its 2 students" in page.text
    assert "one account that it made" in page.text
    page = visit(ada, f"/groups/{group}/end", data={"password": "wrong"}, status=422)
    assert "This is not your password. Nothing was changed." in page.text
    page = visit(ada, f"/groups/{group}/end", data={"password": PASSWORD})
    assert "“9C” has ended." in page.text
    assert (people.count(Group), people.count(User)) == (0, 2)


def test_a_class_of_thirty_costs_as_many_statements_as_one_of_three(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    group = enter(people, "Ada", LEADER)
    numbers = []
    for size in (3, 30):
        with people.app.app_context():
            AssignmentFactory.create_batch(size, group_id=group)
        for number in range(size):
            people.add(f"Mina {size} {number}")
            enter(people, f"Mina {size} {number}", MEMBER, group)
        for path in ("/groups", f"/groups/{group}"):
            with counted(people.engine) as statements:
                visit(ada, path)
            numbers.append(len(statements))
    assert numbers[:2] == numbers[2:]
    assert numbers[0] <= 4
    assert numbers[1] <= 8


def test_members_have_the_day_since_when_and_the_name_by_which_they_sign_in(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    group = enter(people, "Ada", LEADER)
    people.add("mina-k")
    with people.app.app_context():
        MembershipFactory(group_id=group, user_id=people.get("mina-k").id, full_name="Mina Kang")
    text = words(visit(ada, f"/groups/{group}/members").one("main"))
    assert "Mina Kang User name: mina-k." in text
    assert "1 of 60 seats are taken." in text
    assert "In it since 21 November 2026" in text


def test_the_zone_of_a_class_stays_as_it_is_when_another_thing_is_changed(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    group = enter(people, "Ada", LEADER, zone="Asia/Seoul")
    zone = visit(ada, f"/groups/{group}/settings").one("select", id="zone")
    assert [one.get("value") for one in zone.iter("option") if "selected" in one.attrib] == ["Asia/Seoul"]
    assert zone.get("data-browser-zone") is None  # a script would choose another


def test_a_copy_is_offered_with_its_dates_ahead_and_made_with_nobody_in_it(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    group = enter(people, "Ada", LEADER, name="9C", zone="Europe/Berlin")
    people.add("Ben")
    enter(people, "Ben", MEMBER, group)
    with people.app.app_context():
        AssignmentFactory(group_id=group, due=clock.now() - timedelta(days=8))
    page = visit(ada, f"/groups/{group}/duplicate")
    assert page.one("input", name="name").get("value") == "9C (copy)"
    assert page.one("input", name="weeks").get("value") == "2"
    assert "What was asked comes along as one draft." in page.text
    page = visit(ada, f"/groups/{group}/duplicate", data={"name": "9D", "weeks": "2"})
    assert words(page.one("h1")) == "9D"
    assert "Ben" not in page.text


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": "한" * 300}, "Use at most 80 characters. You typed 300."),
        ({"weeks": "-1"}, "Enter a number of weeks from 0 to 520."),
        ({"weeks": "521"}, "Enter a number of weeks from 0 to 520."),
        ({"weeks": "soon"}, "Enter a number of weeks from 0 to 520."),
    ],
)
def test_a_copy_that_does_not_fit_is_not_made(
    people: People, visit: PageOpener, wrong: dict[str, str], told: str
) -> None:
    ada = people.signed_in("Ada", "teacher")
    group = enter(people, "Ada", LEADER)
    page = visit(ada, f"/groups/{group}/duplicate", data={"name": "9D", "weeks": "1", **wrong}, status=422)
    ((name, typed),) = wrong.items()
    assert told in words(page.one("p", id=f"{name}-error"))
    assert page.one("input", name=name).get("value") == typed
    assert people.count(Group) == 1


def test_a_long_name_leaves_room_for_the_word_copy(people: People, visit: PageOpener) -> None:
    ada = people.signed_in("Ada", "teacher")
    group = enter(people, "Ada", LEADER, name="n" * 80)
    name = visit(ada, f"/groups/{group}/duplicate").one("input", name="name").get("value", "")
    assert len(name) == 80
    assert name.endswith("n (copy)")


def test_a_class_may_be_made_with_pseudonyms_and_keeps_to_it(people: People) -> None:
    ada = people.signed_in("Ada", "teacher")
    form = {"name": "9P", "zone": "Europe/Berlin", "seats": "30", "band": ""}
    for chosen in ({}, {"pseudonymous": "y"}):
        assert ada.post("/groups/new", data={**form, **chosen}).status_code == 303
    settings = {**form, "version": "1", "pseudonymous": ""}
    with people.app.app_context():
        groups = db.session.scalars(select(Group).order_by(Group.id)).all()
        assert [group.pseudonymous for group in groups] == [False, True]
        last = groups[-1].id
    assert ada.post(f"/groups/{last}/settings", data=settings).status_code == 303
    with people.app.app_context():
        assert db.session.get_one(Group, last).pseudonymous
