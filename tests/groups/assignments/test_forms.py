"""Forms of assignments: what was typed becomes dates in the group's zone, and the other way round."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from learnapp.groups.assignments.dates import ChosenDates
from learnapp.groups.assignments.forms import AssignmentForm
from learnapp.groups.assignments.models import LESSON
from learnapp.groups.models import CLASS, LEADER, MEMBER
from learnapp.groups.values import GroupSummary, Member
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, lesson
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
