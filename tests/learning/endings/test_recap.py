"""What somebody has behind them at the end of a module and of the course."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Lesson, LessonEnd
from learnapp.content.vocabulary import Ages
from learnapp.learning.endings.recap import recaps, statement
from learnapp.learning.progress.overview import CourseProgress, derive_progress
from learnapp.learning.progress.rules import LessonState
from tests.courses.tea import course, lesson, strong_lesson

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DONE = LessonState(read_at=NOON, passed_at=NOON, completed_at=NOON, best_points=6, best_max=6)
LEAF = lesson("1-leaf", end=LessonEnd(("Leaves are picked by hand",)))
BURN = strong_lesson(
    slug="2-burn",
    number=2,
    module="2-fire",
    age=Ages(core=14, full=16),
    end=LessonEnd(("Fire hurts",)),
    short_end=LessonEnd(("Water helps",)),
)


def progress(*states: tuple[Lesson, LessonState], band: int | None = 18) -> CourseProgress:
    stored = {str(one.key): (state, None) for one, state in states}
    return derive_progress(course(LEAF, BURN), stored, access=AgeAccess(band))


def test_what_one_can_say_are_the_key_points_of_the_lessons_that_are_done() -> None:
    said = recaps(progress((LEAF, DONE), (BURN, LessonState(read_at=NOON))).lessons)
    assert [(one.lesson, one.points) for one in said] == [(LEAF, ("Leaves are picked by hand",))]


def test_who_read_the_short_version_is_told_nothing_of_the_long_one() -> None:
    short, whole = (recaps(progress((BURN, replace(DONE, route=route))).lessons)[0] for route in ("short", "closed"))
    assert short.points == ("Water helps",)
    assert whole.points == ("Fire hurts",)


@pytest.mark.parametrize(("passed_main", "said"), [(True, "Fire hurts"), (False, "Water helps")])
@pytest.mark.parametrize("chosen", ["all", "closed", "short"])
def test_the_route_that_is_chosen_after_a_lesson_was_done_changes_nothing(
    passed_main: bool, said: str, chosen: str
) -> None:
    _, burn = progress((BURN, replace(DONE, route=chosen))).lessons
    (recap,) = recaps([replace(burn, passed_main=passed_main)])
    assert recap.points == (said,)


def test_of_a_lesson_that_the_age_group_closes_by_now_nothing_is_said() -> None:
    assert recaps(progress((BURN, DONE), band=12).lessons) == ()


def test_a_statement_says_what_was_completed_and_when() -> None:
    early, late = NOON - timedelta(days=40), NOON + timedelta(days=2)
    made = statement(progress((LEAF, replace(DONE, place_at=early)), (BURN, replace(DONE, completed_at=late))))
    assert made is not None
    assert (made.lessons, made.modules) == (2, 2)
    assert (made.begun_at, made.completed_at) == (early, late)


def test_there_is_no_statement_while_something_is_left() -> None:
    assert statement(progress((LEAF, DONE))) is None


def test_a_statement_counts_what_is_open_to_the_age_group() -> None:
    made = statement(progress((LEAF, DONE), band=12))
    assert made is not None
    assert (made.lessons, made.modules) == (1, 1)
