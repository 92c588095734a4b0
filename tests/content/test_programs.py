"""Programs as their file says them: what a form asks, when updates are asked for, and what makes no sense."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from learnapp.content.programs import FinalBlueprint, RenewalBlueprint, SafetyPoint
from learnapp.quiz.selection import FormRules
from tests.courses.training import SAFETY, program, update


def form(**changes: Any) -> FinalBlueprint:
    return FinalBlueprint.model_validate({"strata": {"1-tea": 4, "2-pot": 5, "spills": 1}, "pass_points": 8, **changes})


def test_a_form_has_as_many_questions_as_its_strata_say() -> None:
    assert form().total == 10


def test_a_form_bounds_dated_and_strong_items_and_asks_for_voices() -> None:
    given = form(dated_least=3, strong_most=2, voices=["un", "said"])
    assert given.rules == FormRules(3, 2, frozenset({"un", "said"}))
    assert form().rules == FormRules()


def test_a_form_can_be_passed() -> None:
    assert form(pass_points=10).pass_points == 10
    with pytest.raises(ValidationError, match="lower `pass_points` to 10 or less"):
        form(pass_points=11)


@pytest.mark.parametrize(
    "changes",
    [
        {"strata": {}},
        {"strata": {"1-tea": 0}},
        {"strata": {"One Tea": 1}},
        {"pass_points": 0},
        {"voices": ["own"]},
        {"dated_least": -1},
        {"timer": 5},
    ],
)
def test_a_form_that_makes_no_sense_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        form(**changes)


def test_what_a_form_asks_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        form().strata["1-tea"] = 1  # type: ignore[index]


def test_a_program_has_a_final_and_a_shorter_form() -> None:
    given = program()
    assert given.form("final") is given.final
    assert given.form("renewal") is given.renewal
    assert isinstance(given.renewal, RenewalBlueprint)


@pytest.mark.parametrize("changes", [{"valid_months": 0}, {"valid_months": 37}, {"modules": []}, {"can": []}])
def test_a_program_that_makes_no_sense_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        program(**changes)


def test_updates_are_asked_for_from_their_day_on_the_oldest_first() -> None:
    later, first, last = update("a-lamp", "2026-12-01"), update("b-oil", "2026-11-30"), update("c-wick", "2027-01-01")
    given = program(updates=[later, first, last])
    assert given.updates_due(date(2026, 11, 29)) == ()
    assert given.updates_due(date(2026, 11, 30)) == (first,)
    assert given.updates_due(date(2026, 12, 31)) == (first, later)


@pytest.mark.parametrize("day", ["2026-02-29", "2026-W53-4", "20261231", "31.12.2026", "", "2026-12-31T00:00"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    with pytest.raises(ValidationError, match="write a day as 2026-12-31"):
        update(asked_from=day)


def test_a_day_is_read_as_a_date() -> None:
    assert update(asked_from="2028-02-29").day == date(2028, 2, 29)


def test_a_safety_point_has_two_steps_or_more() -> None:
    with pytest.raises(ValidationError, match="steps"):
        SafetyPoint.model_validate({**SAFETY.model_dump(), "steps": ["Wipe it up."]})
