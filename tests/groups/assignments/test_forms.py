"""Forms of assignments: what was typed becomes dates in the group's zone, and the other way round."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from learnapp.groups.assignments.dates import ChosenDates
from learnapp.groups.assignments.forms import AssignmentForm
from learnapp.groups.assignments.models import AFTER_RELEASE, LESSON
from learnapp.groups.models import CLASS, LEADER, MEMBER
from learnapp.groups.values import GroupSummary, Member
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson, strong_lesson
from tests.factories.base import NOON
from tests.groups.assignments.test_values import assignment

CATALOG = course_with(lesson("1-leaf"))
GROUP = GroupSummary(1, CLASS, "9C", "Europe/Berlin", None, 60, True, False, 1, NOON, None, LEADER, NOON)
BEN = Member(7, "Ben", None, MEMBER, NOON, 0, None, None, managed=False)
EVENING, END = datetime(2030, 12, 6, 17, tzinfo=UTC), datetime(2030, 12, 6, 22, 59, 59, 999999, UTC)


@pytest.fixture
def served(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    serve_catalog(app, monkeypatch, CATALOG)
    return app


@pytest.mark.parametrize(
    "chosen",
    [
        ChosenDates(),
        ChosenDates(due=EVENING, tries=3),
        ChosenDates(due=END, due_all_day=True, closes=END),
        ChosenDates(opens=datetime(2030, 11, 30, 23, tzinfo=UTC), due=EVENING, closes=END, tries=1),
        ChosenDates(due=datetime(2030, 10, 27, 1, 30, tzinfo=UTC)),
        ChosenDates(closes=EVENING, feedback=AFTER_RELEASE),
        ChosenDates(closes=EVENING, feedback=AFTER_RELEASE, release=END),
        ChosenDates(feedback=AFTER_RELEASE, release=EVENING),
    ],
)
def test_what_is_stored_comes_back_from_its_form_as_it_was(served: Flask, chosen: ChosenDates) -> None:
    stored = assignment(chosen=chosen, for_all=False)
    with served.test_request_context():
        shown = AssignmentForm(CATALOG, GROUP, [BEN], stored, [7])
        names = [field.name for field in shown if field.name != "members"]
        sent = {name: shown[name]._value() if hasattr(shown[name], "_value") else shown[name].data for name in names}
    with served.test_request_context(method="POST", data={**sent, "members": "7"}):
        form = AssignmentForm(CATALOG, GROUP, [BEN], stored, [7])
        assert form.validate_on_submit(), form.errors
        plan = form.plan()
    assert plan.chosen == chosen
    assert (plan.target_kind, plan.target, plan.for_all, plan.recipients) == (
        LESSON,
        stored.target,
        False,
        frozenset({7}),
    )
    assert form.read_version == stored.version


def test_whoever_ticks_some_and_leaves_all_chosen_is_asked(served: Flask) -> None:
    fields = {"target": "lesson:1-tea/1-leaf", "who": "all", "members": "7"}
    with served.test_request_context(method="POST", data=fields):
        form = AssignmentForm(CATALOG, GROUP, [BEN])
        assert not form.validate_on_submit()
        assert list(form.errors) == ["who"]


LATER = {"target": "lesson:1-tea/1-leaf", "who": "all", "feedback": "after_release"}
CLOSES = {"closes_on": "2030-12-06", "closes_at": "18:00"}


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        (LATER, {"release_on": ["Choose when results are shown, or when it closes."]}),
        (
            {**LATER, **CLOSES, "release_on": "2030-12-06", "release_at": "17:59"},
            {"release_on": ["Results cannot be shown before it closes."]},
        ),
        (
            {**LATER, "opens_on": "2030-12-08", "release_on": "2030-12-07"},
            {"release_on": ["Results cannot be shown before it opens."]},
        ),
        (
            {**LATER, "due_on": "2030-12-08", "release_on": "2030-12-07"},
            {"release_on": ["Results cannot be shown before it is due."]},
        ),
        ({**LATER, **CLOSES, "release_at": "18:00"}, {"release_on": ["Choose the day, too."]}),
        ({**LATER, **CLOSES, "release_on": "soon"}, {"release_on": None}),
        (
            {**LATER, **CLOSES, "feedback": "at_once", "release_on": "2030-12-07"},
            {"feedback": ["A day for results is chosen below. Choose “Later”, or no day."]},
        ),
        ({**LATER, **CLOSES, "feedback": "never"}, {"feedback": None}),
        (
            {**LATER, **CLOSES, "target": "lesson:1-tea/2-cup"},
            {"feedback": ["What you assign always shows its results at once. Choose “At once”."]},
        ),
        ({**LATER, **CLOSES, "target": "review:review"}, {"feedback": None}),
        ({**LATER, **CLOSES, "release_on": "2030-12-06"}, {}),
        ({**LATER, **CLOSES, "release_on": "2030-12-06", "release_at": "18:00"}, {}),
        ({**LATER, **CLOSES, "target": "module:1-tea"}, {}),
        ({**LATER, "release_on": "2030-12-06"}, {}),
    ],
)
def test_results_that_come_later_come_at_a_moment_not_before_the_close(
    app: Flask, monkeypatch: pytest.MonkeyPatch, fields: dict[str, str], error: dict[str, list[str] | None]
) -> None:
    catalog = course_with(lesson("1-leaf"), strong_lesson(slug="2-cup", advisory="It is about a broken cup."))
    serve_catalog(app, monkeypatch, catalog)
    with app.test_request_context(method="POST", data=fields):
        form = AssignmentForm(catalog, GROUP, [BEN])
        form.validate_on_submit()
        assert set(form.errors) == set(error)
        for name, said in error.items():
            assert said is None or form.errors[name] == said
