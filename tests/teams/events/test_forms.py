"""The form of an event: each field, its borders, and what is hostile."""

from datetime import date, time
from typing import Any

import pytest
import time_machine
from flask import Flask

from learnapp.content.catalog import Catalog
from learnapp.groups.models import LEADER, MEMBER, TEAM
from learnapp.groups.values import GroupSummary, Member
from learnapp.teams.events.forms import EventForm
from tests.actors.teams import PLAN, TYPED, team_event
from tests.courses.serving import serve_catalog
from tests.courses.training import HELPER, SERVER, program, training_course
from tests.factories.base import NOON

TEAM_OF_CORA = GroupSummary(1, TEAM, "Saturday", "Europe/Berlin", None, 60, True, False, 1, NOON, None, LEADER, NOON)
VERA, BEN = (Member(n, name, None, MEMBER, NOON, 0, None, None, managed=False) for n, name in ((7, "Vera"), (8, "Ben")))
TODAY = NOON.date()


@pytest.fixture
def catalog(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    return serve_catalog(app, monkeypatch, training_course())


def sent(app: Flask, catalog: Catalog, **about: Any) -> EventForm:
    """Return the form as it was sent with these fields, checked."""
    stored = about.pop("stored", None)
    with app.test_request_context(method="POST", data={**TYPED, **about}), time_machine.travel(NOON):
        form = EventForm(catalog, TEAM_OF_CORA, [VERA, BEN], TODAY, stored)
        form.validate_on_submit()
        for field in form:
            field.errors = [str(error) for error in field.errors]
        return form


def test_what_was_typed_becomes_the_plan_of_an_event(app: Flask, catalog: Catalog) -> None:
    form = sent(app, catalog)
    assert form.errors == {}
    assert (form.plan, form.recipients, form.seen_version) == (PLAN, frozenset(), 0)
    changed = sent(
        app, catalog, title="  Tea \u200b time ", day="2027-01-02", starts="9:05", zone="Asia/Seoul", place="",
        program=HELPER, places="500", who="some", members=["8", "7"], version="3",
    )  # fmt: skip
    assert changed.errors == {}
    plan = changed.plan
    assert (plan.title, plan.day, plan.starts, plan.zone) == ("Tea time", date(2027, 1, 2), time(9, 5), "Asia/Seoul")
    assert (plan.place, plan.program, plan.places, plan.for_all) == ("", HELPER, 500, False)
    assert (changed.recipients, changed.seen_version) == (frozenset({7, 8}), 3)


NO_DAY = "Choose a day from today on, within the next two years."
NO_TIME = "Write the time as hours and minutes, such as 18:00."
NO_PLACES = "Enter a number from 1 to 500, or nothing."


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("title", "", "Say what it is."),
        ("title", " \u200b", None),
        ("title", "행" * 300, "Use at most 80 characters. You typed 300."),
        ("title", "a" + "\u0335" * 20, "Put fewer marks on one letter."),
        ("place", "행" * 300, "Use at most 200 characters. You typed 300."),
        ("place", "!?", "Use at least one letter or number."),
        ("day", "", NO_DAY),
        ("day", "2026-11-20", NO_DAY),
        ("day", "2028-11-23", NO_DAY),
        ("day", "2027-02-29", NO_DAY),
        ("day", "9999-12-31", NO_DAY),
        ("day", "14.3.2027", NO_DAY),
        ("day", "2027-03-14 or so", NO_DAY),
        ("starts", "", NO_TIME),
        ("starts", "24:00", NO_TIME),
        ("starts", "10", NO_TIME),
        ("starts", "10:00:00", NO_TIME),
        ("zone", "", None),
        ("zone", "Europe/Atlantis", None),
        ("zone", "../../etc/passwd", None),
        ("program", "", "Choose a program."),
        ("program", "tea-nobody", None),
        ("places", "0", NO_PLACES),
        ("places", "501", NO_PLACES),
        ("places", "-1", NO_PLACES),
        ("places", str(2**31), NO_PLACES),
        ("places", "9" * 5000, NO_PLACES),
        ("places", "four", NO_PLACES),
        ("places", "1.5", NO_PLACES),
        ("who", "nobody", None),
        ("who", "", None),
        ("members", ["9"], None),
        ("members", ["x"], None),
        ("members", [str(2**63)], None),
    ],
)
def test_each_fault_is_told_at_its_field(
    app: Flask, catalog: Catalog, field: str, typed: str | list[str], error: str | None
) -> None:
    more = {"who": "some"} if field == "members" else {}
    form = sent(app, catalog, **{**more, field: typed})
    assert list(form.errors) == [field]
    assert error is None or set(form.errors[field]) == {error}
    assert all(form.errors[field])


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("day", "2026-11-21"),  # today
        ("day", "2028-11-22"),
        ("day", "2028-02-29"),
        ("starts", "00:00"),
        ("starts", "23:59"),
        ("places", "1"),
        ("places", ""),
        ("title", "=HYPERLINK(1)"),
        ("title", "\u202eabc"),
        ("place", "יפו 3, \u200fירושלים"),
    ],
)
def test_what_is_just_possible_is_taken(app: Flask, catalog: Catalog, field: str, typed: str) -> None:
    assert sent(app, catalog, **{field: typed}).errors == {}


def test_marks_that_turn_a_line_around_are_not_kept(app: Flask, catalog: Catalog) -> None:
    form = sent(app, catalog, title="Tea\u202e gnp", place="A\u2066\x00 hall")
    assert (form.plan.title, form.plan.place) == ("Tea gnp", "A hall")


def test_some_who_are_chosen_beside_all_are_asked_about(app: Flask, catalog: Catalog) -> None:
    assert list(sent(app, catalog, who="all", members=["7"]).errors) == ["who"]
    assert list(sent(app, catalog, who="some").errors) == ["members"]


def test_a_day_that_is_over_may_stay_and_not_be_earlier(app: Flask, catalog: Catalog) -> None:
    stored = team_event(day=date(2026, 11, 1))
    assert sent(app, catalog, stored=stored, day="2026-11-01").errors == {}
    assert list(sent(app, catalog, stored=stored, day="2026-10-31").errors) == ["day"]


def test_the_form_shows_what_is_stored_and_gives_it_back(app: Flask, catalog: Catalog) -> None:
    stored = team_event(places=12, for_all=False, version=4)
    with app.test_request_context(), time_machine.travel(NOON):
        shown = EventForm(catalog, TEAM_OF_CORA, [VERA, BEN], TODAY, stored, [8])
        names = [field.name for field in shown if field.name != "members"]
        values = {name: shown[name]._value() if hasattr(shown[name], "_value") else shown[name].data for name in names}
        assert shown.members.data == [8]
    form = sent(app, catalog, stored=stored, **values, members=["8"])
    assert form.errors == {}
    assert (form.plan.places, form.plan.for_all, form.recipients, form.seen_version) == (12, False, frozenset({8}), 4)


def test_a_program_that_was_renamed_is_chosen_and_one_that_is_gone_is_asked_for(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = serve_catalog(app, monkeypatch, training_course(program("tea-pourer", was=[SERVER])))
    with app.test_request_context():
        shown = EventForm(catalog, TEAM_OF_CORA, [], TODAY, team_event())
        assert shown.program.data == "tea-pourer"
        gone = EventForm(catalog, TEAM_OF_CORA, [], TODAY, team_event(program="tea-gone"))
        assert gone.program.data == ""


@pytest.mark.parametrize("version", ["", "0", "-1", "x", str(2**40), "１"])
def test_a_version_that_no_page_had_is_none_that_is_stored(app: Flask, catalog: Catalog, version: str) -> None:
    assert sent(app, catalog, version=version).seen_version in (0, 2**40, 1)
