"""Pages of assignments, over HTTP: assign, change, archive, copy, what differs for one member, a request for help."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
from flask.testing import FlaskClient

from learnapp.database.db import db
from learnapp.groups.assignments import service
from learnapp.groups.assignments.models import (
    ARCHIVED,
    DRAFT,
    LESSON,
    MODULE,
    PUBLISHED,
    Assignment,
    AssignmentMember,
    Extension,
)
from learnapp.groups.models import LEADER, Group, Membership
from tests.factories.accounts import UserFactory
from tests.factories.groups import AssignmentMemberFactory, ExtensionFactory, GroupFactory, MembershipFactory
from tests.groups.conftest import LEAF, School, sign_in_again
from tests.pages import Page, PageOpener, words
from tests.statements import counted

FRIDAY = {"due_on": "2030-12-06", "due_at": "18:00"}


def form(**changes: Any) -> dict[str, Any]:
    """Return the form of a lesson for all; a field that is None is left out."""
    fields = {"target": f"lesson:{LEAF}", "who": "all", **FRIDAY, **changes}
    return {name: value for name, value in fields.items() if value is not None}


def errors(school: School, fields: Mapping[str, Any], path: str = "/new") -> list[str]:
    """Return what is said of a form that was refused; every error stands beside its field, too."""
    answer = school.ada.post(school.address + path, data=fields)
    assert answer.status_code == 422, answer.text
    page = Page(school.people.app, answer)
    (summary,) = [one for one in page.all("div") if one.get("class") == "errors"]
    return [words(one) for one in summary.iter("li")]


def test_a_lesson_is_assigned_with_its_date_in_the_zone_of_the_class(school: School, visit: PageOpener) -> None:
    visit(school.ada, f"{school.address}/new")
    answer = school.ada.post(f"{school.address}/new", data=form())
    stored = school.assignment()
    assert answer.location == f"{school.address}/{stored.id}"
    assert (stored.target_kind, stored.target, stored.state, stored.for_all) == (LESSON, LEAF, PUBLISHED, True)
    assert stored.due == datetime(2030, 12, 6, 17, tzinfo=UTC)
    assert not stored.due_all_day
    page = visit(school.ada, answer.location)
    assert "Due Friday, 6 December 2030, 18:00 (Europe/Berlin)." in words(page.one("main"))
    assert "Due Friday, 6 December 2030" in words(visit(school.ada, f"/groups/{school.group}").one("main"))


def test_a_day_without_a_time_lasts_until_it_ends(school: School) -> None:
    school.ada.post(f"{school.address}/new", data=form(due_at="", closes_on="2030-12-07", opens_on="2030-12-01"))
    stored = school.assignment()
    assert stored.due_all_day
    assert stored.due == datetime(2030, 12, 6, 22, 59, 59, 999999, UTC)
    assert stored.closes == datetime(2030, 12, 7, 22, 59, 59, 999999, UTC)
    assert stored.opens == datetime(2030, 11, 30, 23, tzinfo=UTC)


def test_a_time_that_the_clocks_leave_out_is_told(school: School, visit: PageOpener) -> None:
    answer = school.ada.post(f"{school.address}/new", data=form(due_on="2031-03-30", due_at="02:30"))
    said = words(visit(school.ada, answer.location).one("main"))
    assert "02:30 is left out on that day" in said
    assert "03:30" in said


def test_a_draft_is_seen_by_nobody_until_it_is_assigned(school: School, visit: PageOpener) -> None:
    answer = school.ada.post(f"{school.address}/new", data=form(action="draft"))
    stored = school.assignment()
    assert (stored.state, stored.published_at) == (DRAFT, None)
    assert "Drafts" in visit(school.ada, f"/groups/{school.group}").text
    assert school.ada.post(f"{answer.location}/state", data={"action": "publish"}).status_code == 303
    published = school.assignment()
    assert published.state == PUBLISHED
    assert published.published_at
    assert school.ada.post(f"{answer.location}/state", data={"action": "publish"}).status_code == 303
    assert school.assignment().version == published.version


def test_what_is_archived_comes_back_as_a_draft(school: School, visit: PageOpener) -> None:
    address = school.add()
    school.ada.post(f"{address}/state", data={"action": "archive"})
    assert school.assignment().state == ARCHIVED
    assert "Archived" in visit(school.ada, address).text
    school.ada.post(f"{address}/state", data={"action": "bring_back"})
    assert school.assignment().state == DRAFT
    assert school.ada.post(f"{address}/state", data={"action": "explode"}).status_code == 400


def test_some_members_are_chosen_and_nobody_else_can_be(school: School) -> None:
    cleo = school.people.add("Cleo")
    school.ada.post(f"{school.address}/new", data=form(who="some", members=[school.ben]))
    assert not school.assignment().for_all
    assert [row.user_id for row in school.rows(AssignmentMember)] == [school.ben]
    assert errors(school, form(who="some"))[0].startswith("Choose at least one")
    assert errors(school, form(who="some", members=[cleo]))
    assert errors(school, form(who="some", members=["x"]))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due_on": ""}, "Choose the day, too."),
        ({"due_on": "soon"}, "Write the day as year-month-day, such as 2026-12-04."),
        ({"due_on": "0001-01-01"}, "Choose a day of the coming years."),
        ({"due_on": "9999-12-31"}, "Choose a day of the coming years."),
        ({"due_at": "25:00"}, "Write the time as hours and minutes, such as 18:00."),
        ({"opens_on": "2030-12-07"}, "It cannot be due before it opens."),
        ({"closes_on": "2030-12-05"}, "It cannot close before it is due."),
        ({"due_on": "", "due_at": "", "opens_on": "2030-12-05", "closes_on": "2030-12-04"},
         "It cannot close before it opens."),
        ({"tries": "0"}, "Enter a number from 1 to 99, or nothing."),
        ({"tries": "100"}, "Enter a number from 1 to 99, or nothing."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_beside_its_field(school: School, changes: dict[str, str], said: str) -> None:
    assert errors(school, form(**changes)) == [said]
    assert school.rows(Assignment) == []


def test_what_was_typed_stays_in_a_form_that_is_refused(school: School) -> None:
    answer = school.ada.post(f"{school.address}/new", data=form(due_on="soon", tries="many", closes_on="2030-12-09"))
    page = Page(school.people.app, answer)
    typed = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (typed["due_on"], typed["tries"], typed["closes_on"], typed["due_at"]) == (
        "soon",
        "many",
        "2030-12-09",
        "18:00",
    )


def test_a_change_counts_up_and_keeps_what_the_form_does_not_hold(school: School, visit: PageOpener) -> None:
    address = school.add(due=datetime(2030, 12, 6, 17, tzinfo=UTC), tries=2)
    page = visit(school.ada, f"{address}/edit")
    typed = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (typed["due_on"], typed["due_at"], typed["tries"], typed["version"]) == ("2030-12-06", "18:00", "2", "1")
    answer = school.ada.post(f"{address}/edit", data=form(version=1, due_on="2030-12-09", tries=""))
    assert (answer.status_code, answer.location) == (303, address)
    stored = school.assignment()
    assert (stored.version, stored.due, stored.tries) == (2, datetime(2030, 12, 9, 17, tzinfo=UTC), None)


@pytest.mark.both_databases
def test_the_second_of_two_leaders_is_told_and_keeps_what_they_typed(school: School) -> None:
    cora = school.people.signed_in("Cora", "coordinator")
    with school.people.app.app_context():
        MembershipFactory(group_id=school.group, user_id=school.people.get("Cora").id, role=LEADER)
    address = school.add()
    assert school.ada.post(f"{address}/edit", data=form(version=1, due_on="2030-12-09")).status_code == 303
    second = cora.post(f"{address}/edit", data=form(version=1, due_on="2030-12-10", tries="3"))
    assert second.status_code == 409
    page = Page(school.people.app, second)
    assert "Due Monday, 9 December 2030" in words(page.one("main"))
    typed = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (typed["due_on"], typed["tries"], typed["version"]) == ("2030-12-10", "3", "2")
    assert school.assignment().due == datetime(2030, 12, 9, 17, tzinfo=UTC)
    again = {**form(version=2, due_on="2030-12-10", tries="3")}
    assert cora.post(f"{address}/edit", data=again).status_code == 303
    assert (school.assignment().version, school.assignment().tries) == (3, 3)
    for version in ("", "x", "-1", "9" * 40):
        assert cora.post(f"{address}/edit", data=form(version=version)).status_code == 409


def test_a_copy_is_a_draft_some_weeks_later_for_this_class_or_another(school: School, visit: PageOpener) -> None:
    with school.people.app.app_context():
        other, of_cleo = GroupFactory(name="9D", zone="America/New_York").id, GroupFactory(name="Class of Cleo").id
        MembershipFactory(group_id=other, user_id=school.people.get("Ada").id, role=LEADER)
    address = school.add(due=datetime(2030, 12, 6, 17, tzinfo=UTC), target_kind=MODULE, target="cut-off")
    assert "Class of Cleo" not in visit(school.ada, f"{address}/copy").text
    answer = school.ada.post(f"{address}/copy", data={"group": other, "weeks": 2})
    assert answer.location.startswith(f"/groups/{other}/assignments/")
    copy = max(school.rows(Assignment), key=lambda one: one.id)
    assert (copy.group_id, copy.state, copy.target_kind, copy.for_all) == (other, DRAFT, MODULE, True)
    assert copy.due == datetime(2030, 12, 20, 23, tzinfo=UTC)  # 18:00 on their clocks
    assert school.ada.post(f"{address}/copy", data={"group": of_cleo, "weeks": 0}).status_code == 422
    assert school.ada.post(f"{address}/copy", data={"group": other, "weeks": 105}).status_code == 422


def test_a_class_takes_so_many_assignments_and_the_form_says_so(
    school: School, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "MOST_ASSIGNMENTS", 2)
    address = school.add(state=ARCHIVED)
    assert school.ada.post(f"{school.address}/new", data=form()).status_code == 303
    said = "There is no room for another assignment here."
    assert errors(school, form(due_on="2031-01-09"))[0].startswith(said)
    assert 'value="2031-01-09"' in school.ada.post(f"{school.address}/new", data=form(due_on="2031-01-09")).text
    refused = school.ada.post(f"{address}/copy", data={"group": school.group, "weeks": 7})
    assert (refused.status_code, said in refused.text, 'value="7"' in refused.text) == (422, True, True)
    assert len(school.rows(Assignment)) == 2


def test_a_copy_for_the_same_class_goes_to_the_same_students(school: School) -> None:
    address = school.add(for_all=False)
    with school.people.app.app_context():
        AssignmentMemberFactory(assignment_id=int(address.rpartition("/")[2]), user_id=school.ben)
    school.ada.post(f"{address}/copy", data={"group": school.group, "weeks": 0})
    first, copy = sorted(school.rows(Assignment), key=lambda one: one.id)
    assert not copy.for_all
    assert [(row.assignment_id, row.user_id) for row in school.rows(AssignmentMember)] == [
        (first.id, school.ben),
        (copy.id, school.ben),
    ]


def test_a_page_of_thirty_students_takes_as_many_statements_as_one_of_two(school: School) -> None:
    address = school.add(due=datetime(2030, 12, 6, 17, tzinfo=UTC))

    def sent(path: str) -> int:
        with school.people.app.app_context(), counted(db.engine) as statements:
            assert school.ada.get(path).status_code == 200
        return len(statements)

    paths = (address, f"{address}/edit", f"/groups/{school.group}", f"{address}/members/{school.ben}")
    before = [sent(path) for path in paths]
    with school.people.app.app_context():
        for number in range(28):
            user_id = UserFactory(name=f"N{number}").id
            MembershipFactory(group_id=school.group, user_id=user_id)
            ExtensionFactory(assignment_id=int(address.rpartition("/")[2]), user_id=user_id, excused=True)
    assert [sent(path) for path in paths] == before
    assert max(before) <= 10, before  # the page of the class counts who has done what


def test_one_member_gets_a_later_date_and_loses_it_again(school: School, visit: PageOpener) -> None:
    due, closes = datetime(2030, 12, 6, 17, tzinfo=UTC), datetime(2030, 12, 7, 17, tzinfo=UTC)
    address = school.add(due=due, closes=closes, tries=1, opens=due - timedelta(days=9))
    own = f"{address}/members/{school.ben}"
    visit(school.ada, own)
    fields = {"due_on": "2030-12-09", "closes_on": "2030-12-09", "extra_tries": "2", "reason": "ill"}
    answer = school.ada.post(own, data={**fields, "opens_on": "2030-11-20"})
    assert answer.location == address
    (stored,) = school.rows(Extension)
    assert (stored.user_id, stored.extra_tries, stored.reason, stored.excused) == (school.ben, 2, "ill", False)
    assert stored.due == stored.closes == datetime(2030, 12, 9, 22, 59, 59, 999999, UTC)
    page = words(visit(school.ada, address).one("main"))
    assert "Monday, 9 December 2030" in page
    assert "3 tries count." in page
    assert "Ill" in page
    visit(school.ada, own)
    assert school.ada.post(f"{own}/remove").status_code == 303
    assert school.rows(Extension) == []
    school.ada.post(own, data={**fields, "excused": "y"})
    assert "Nothing is asked." in visit(school.ada, address).text
    school.ada.post(own, data={**dict.fromkeys([*fields, "opens_on"], ""), "reason": "other"})
    assert school.rows(Extension) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"due_on": "2030-12-06", "due_at": "18:00"}, "Choose a later day or time than for the others: "),
        ({"closes_on": "2030-12-01"}, "Choose a later day or time than for the others: "),
        ({"opens_on": "2030-12-01"}, "Choose an earlier day or time than for the others: "),
        ({"due_at": "18:00"}, "Choose the day, too."),
        ({"extra_tries": "-1"}, "Enter a number from 0 to 99, or nothing."),
    ],
)
def test_a_date_of_ones_own_that_would_do_nothing_is_asked_again(
    school: School, fields: dict[str, str], said: str
) -> None:
    due = datetime(2030, 12, 6, 17, tzinfo=UTC)
    address = school.add(due=due, closes=due + timedelta(days=1), opens=due - timedelta(days=9), tries=1)
    found = errors(school, fields, f"/{address.rpartition('/')[2]}/members/{school.ben}")
    assert len(found) == 1
    assert found[0].startswith(said)


def test_a_reason_that_is_none_of_the_list_is_refused(school: School) -> None:
    address = school.add()
    answer = school.ada.post(f"{address}/members/{school.ben}", data={"excused": "y", "reason": "lazy"})
    assert answer.status_code == 422
    assert school.rows(Extension) == []


def test_days_that_one_member_always_has_move_what_is_due(school: School, visit: PageOpener) -> None:
    address = school.add(due=datetime(2030, 12, 6, 17, tzinfo=UTC))
    days = f"/groups/{school.group}/members/{school.ben}/days"
    assert school.ada.post(days, data={"days": "15"}).status_code == 422
    assert school.ada.post(days, data={"days": "3"}).location == days
    assert {row.user_id: row.standing_days for row in school.rows(Membership)}[school.ben] == 3
    assert "Monday, 9 December 2030" in visit(school.ada, address).text
    assert 'value="3"' in visit(school.ada, days).text
    school.ada.post(days, data={"days": "0"})
    assert "Monday, 9 December 2030" not in visit(school.ada, address).text


def test_leaders_and_strangers_have_no_dates_of_their_own(school: School) -> None:
    address, cleo = school.add(), school.people.add("Cleo")
    for user_id in (cleo, school.people.get("Ada").id):
        assert school.ada.get(f"{address}/members/{user_id}").status_code == 404
        assert school.ada.get(f"/groups/{school.group}/members/{user_id}/days").status_code == 404


def test_names_of_people_and_classes_are_text_and_nothing_else(school: School, visit: PageOpener) -> None:
    evil = "<script>alert(1)</script>"
    with school.people.app.app_context():
        row = db.session.get(Membership, (school.group, school.ben))
        assert row
        row.full_name = evil
        db.session.commit()
    address = school.add(due=datetime(2030, 12, 6, 17, tzinfo=UTC))
    for path in (address, f"{address}/members/{school.ben}", f"{school.address}/new", f"{address}/edit"):
        assert evil not in visit(school.ada, path).text


def test_of_a_class_that_has_ended_nothing_can_be_asked_and_what_was_is_still_shown(
    school: School, visit: PageOpener
) -> None:
    address = school.add(due=datetime(2030, 12, 6, 17, tzinfo=UTC))
    with school.people.app.app_context():
        group = db.session.get_one(Group, school.group)
        group.archived_at = datetime(2026, 11, 22, tzinfo=UTC)
        db.session.commit()
    assert "Change it" not in visit(school.ada, address).text
    days = f"/groups/{school.group}/members/{school.ben}/days"
    for path in (f"{school.address}/new", f"{address}/edit", f"{address}/members/{school.ben}", days):
        assert school.ada.get(path).status_code == 409
        assert school.ada.post(path, data=form(version=1, days=3)).status_code == 409
    assert school.ada.post(f"{address}/state", data={"action": "archive"}).status_code == 409
    assert school.assignment().version == 1


@pytest.mark.both_databases(always=True)
def test_of_two_leaders_who_press_at_the_same_moment_one_is_told(school: School) -> None:
    address = school.add()
    with school.people.app.app_context():
        MembershipFactory(group_id=school.group, user_id=school.people.add("Cora", "coordinator"), role=LEADER)
    cora = sign_in_again(school, "Cora")
    together, statuses = Barrier(2), []

    def press(browser: FlaskClient, day: str) -> None:
        together.wait(10)
        statuses.append(browser.post(f"{address}/edit", data=form(version=1, due_on=day)).status_code)

    threads = [Thread(target=press, args=(school.ada, "2030-12-09")), Thread(target=press, args=(cora, "2030-12-10"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(statuses) == [303, 409]
    assert school.assignment().version == 2


CLOSES = {"closes_on": "2030-12-07", "closes_at": "18:00"}
LATER = {"feedback": "after_release", **CLOSES}


def test_results_may_come_later_and_the_pages_say_when(school: School, visit: PageOpener) -> None:
    address = school.ada.post(f"{school.address}/new", data=form(**LATER)).location
    stored = school.assignment()
    assert (stored.feedback, stored.release) == ("after_release", None)
    said = words(visit(school.ada, address).one("main"))
    assert "Closes Saturday, 7 December 2030, 18:00 (Europe/Berlin), and results are shown then." in said
    assert "Before the results nobody is shown marks or keys, you neither." in said
    said = words(visit(school.ada, f"{address}/edit").one("main"))
    assert "Whoever has begun a quiz goes on as it was begun." in said
    data = form(**LATER, release_on="2030-12-09", version=1)
    assert school.ada.post(f"{address}/edit", data=data).status_code == 303
    said = words(visit(school.ada, address).one("main"))
    assert "Results are shown after Monday, 9 December 2030." in said
    school.ada.post(f"{address}/copy", data={"group": school.group, "weeks": 1})
    first, copy = sorted(school.rows(Assignment), key=lambda one: one.id)
    assert copy.feedback == "after_release"
    assert copy.release == first.release + timedelta(weeks=1)


def test_a_form_about_results_that_does_not_fit_comes_back_with_what_was_typed(school: School) -> None:
    fields = form(feedback="after_release", release_at="18:00")
    assert errors(school, fields) == ["Choose the day, too."]
    answer = school.ada.post(f"{school.address}/new", data=fields)
    assert 'value="after_release" checked' in " ".join(answer.text.split())
    assert 'value="18:00"' in answer.text


def test_what_waits_for_the_other_of_two_leaders_is_told_with_its_results(school: School) -> None:
    address = school.ada.post(f"{school.address}/new", data=form()).location
    assert school.ada.post(f"{address}/edit", data=form(**LATER, version=1)).status_code == 303
    late = school.ada.post(f"{address}/edit", data=form(version=1))
    assert late.status_code == 409
    assert "and results are shown then" in late.text
