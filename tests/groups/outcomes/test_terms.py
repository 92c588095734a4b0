"""Terms of quizzes: whose results wait, by everything that asks a lesson."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from learnapp.groups.assignments.dates import ChosenDates, effective_dates
from learnapp.groups.assignments.models import AFTER_RELEASE
from learnapp.groups.assignments.values import AssignmentSummary
from learnapp.groups.outcomes.asked import AskedAssignment, OwnGroup
from learnapp.groups.outcomes.terms import person_terms
from learnapp.learning.terms import Terms
from tests.courses.tea import course_with, lesson, strong_lesson
from tests.factories.base import NOON

ZONE = ZoneInfo("Europe/Berlin")
LEAF, CUP = lesson("1-leaf", was=("1-tea/9-leaves",)), strong_lesson(slug="2-cup", advisory="It is about a broken cup.")
CATALOG = course_with(LEAF, CUP)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOSES = NOON + 6 * HOUR
GROUP = OwnGroup(1, "class", "9C", ZONE.key, True, NOON - DAY, 0, None, None)


def asked(kind: str = "lesson", target: str = LEAF.key, **chosen: Any) -> AskedAssignment:
    dates = ChosenDates(**{"feedback": AFTER_RELEASE, "closes": CLOSES, **chosen})
    summary = AssignmentSummary(1, 1, kind, target, "published", True, 1, NOON, NOON, dates)
    return AskedAssignment(GROUP, summary, effective_dates(dates, ZONE))


def terms_of(*several: AskedAssignment, now: datetime = NOON) -> Terms | None:
    return person_terms(CATALOG, several, now).get(LEAF.key)


def test_answers_are_taken_until_the_close_and_results_come_a_minute_later_at_the_soonest() -> None:
    terms = terms_of(asked())
    assert terms is not None
    assert (terms.until, terms.shown_at) == (CLOSES + timedelta(seconds=10), CLOSES + timedelta(minutes=1))


def test_a_later_release_and_one_without_a_close_hold() -> None:
    later, open_end = terms_of(asked(release=CLOSES + DAY)), terms_of(asked(closes=None, release=CLOSES))
    assert later is not None
    assert (later.until, later.shown_at) == (CLOSES + timedelta(seconds=10), CLOSES + DAY)
    assert open_end is not None
    assert (open_end.until, open_end.shown_at) == (CLOSES + timedelta(seconds=10), CLOSES + timedelta(minutes=1))


@pytest.mark.parametrize(
    "one",
    [
        asked(feedback="at_once"),
        asked(closes=None),  # which no form lets through
        asked(target="1-tea/9-sand"),
        asked("review", "review"),
        asked("lesson", CUP.key),
    ],
)
def test_nothing_waits_by_what_says_so_or_is_not_the_lesson(one: AskedAssignment) -> None:
    assert person_terms(CATALOG, [one], NOON) == {}


def test_of_several_the_latest_holds_and_one_that_tells_at_once_changes_nothing() -> None:
    several = (asked(), asked("module", "1-tea", closes=CLOSES + DAY), asked(feedback="at_once", closes=None))
    terms = terms_of(*several)
    assert terms is not None
    assert (terms.until, terms.shown_at) == (CLOSES + DAY + timedelta(seconds=10), CLOSES + DAY + timedelta(minutes=1))
    assert CUP.key not in person_terms(CATALOG, several, NOON)


def test_what_opens_later_holds_for_what_waits_already_unless_something_is_open() -> None:
    later = asked(opens=NOON + HOUR, closes=CLOSES + DAY)
    alone, beside = terms_of(later), terms_of(later, asked())
    assert alone is not None
    assert (alone.begun, alone.until) == (False, CLOSES + DAY + timedelta(seconds=10))
    assert beside is not None
    assert (beside.begun, beside.until) == (True, CLOSES + timedelta(seconds=10))


def test_a_former_name_of_the_lesson_has_its_terms() -> None:
    assert set(person_terms(CATALOG, [asked()], NOON)) == {"1-tea/1-leaf", "1-tea/9-leaves"}


def test_when_results_are_shown_is_said_on_the_clocks_of_the_group(app: Flask) -> None:
    day = datetime(2030, 12, 6, 22, 59, 59, 999999, UTC)
    with app.test_request_context():
        said = [
            str(terms.when)
            for terms in (
                terms_of(asked(closes=datetime(2030, 12, 6, 17, tzinfo=UTC))),
                terms_of(asked(closes=day)),
                terms_of(asked(), now=CLOSES + timedelta(seconds=30)),
            )
            if terms
        ]
    assert said == ["on Friday, 6 December 2030, 18:00 (Europe/Berlin)", "after Friday, 6 December 2030", "in a minute"]
