"""Progress in a program: the lessons of its modules in its own order, what is left of them, and until which age."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Lesson
from learnapp.content.programs import Program
from learnapp.content.vocabulary import Ages
from learnapp.learning.progress.overview import derive_progress
from learnapp.learning.progress.rules import LessonState
from learnapp.training.programs.progress import ProgramProgress, program_progress
from tests.courses.tea import course, lesson
from tests.courses.training import program
from tests.factories.base import NOON

DONE = LessonState(read_at=NOON, passed_at=NOON, completed_at=NOON, best_points=6, best_max=6)
LEAF, WATER, CUP = lesson("1-leaf"), lesson("2-water", number=2), lesson("1-cup", "2-pot")
SPOON = lesson("1-spoon", "3-spoon")  # of no program


def progress(
    states: Mapping[str, LessonState] | None = None,
    *lessons: Lesson,
    given: Program | None = None,
    access: AgeAccess = FULL_ACCESS,
) -> ProgramProgress:
    """Return the progress in a program of somebody with these states of lessons."""
    stored = {key: (state, None) for key, state in (states or {}).items()}
    made = derive_progress(course(*(lessons or (LEAF, WATER, CUP, SPOON))), stored, access=access)
    return program_progress(given or program(), [made])


def test_a_program_asks_the_lessons_of_its_modules_in_its_own_order() -> None:
    turned = progress(given=program(modules=["2-pot", "1-tea"]))
    assert [one.lesson.key for one in turned.lessons] == [CUP.key, LEAF.key, WATER.key]
    assert [module.module.slug for module in turned.modules] == ["2-pot", "1-tea"]


def test_it_is_done_with_the_last_of_its_lessons_whatever_else_the_course_has() -> None:
    nearly = progress({LEAF.key: DONE, CUP.key: DONE})
    assert (nearly.done, nearly.done_count, [one.lesson.key for one in nearly.left]) == (False, 2, [WATER.key])
    whole = progress({LEAF.key: DONE, CUP.key: DONE, WATER.key: DONE})
    assert (whole.done, whole.done_count, whole.left, whole.next, whole.minutes_left) == (True, 3, (), None, 0)


def test_a_lesson_that_was_only_read_or_only_passed_is_not_done() -> None:
    for state in (LessonState(read_at=NOON), LessonState(passed_at=NOON)):
        assert progress({LEAF.key: state}).done_count == 0


def test_one_goes_on_where_one_was_last_else_at_the_first_lesson() -> None:
    first, last = progress().next, progress({CUP.key: LessonState(place="p1", place_at=NOON)}).next
    assert first is not None
    assert last is not None
    assert (first.lesson.key, last.lesson.key) == (LEAF.key, CUP.key)
    later = LessonState(place="p2", place_at=NOON + timedelta(days=1))
    newest = progress({CUP.key: LessonState(place="p1", place_at=NOON), WATER.key: later}).next
    assert newest is not None
    assert newest.lesson.key == WATER.key


def test_it_is_begun_with_a_lesson_of_its_own() -> None:
    reading = LessonState(place="p1", place_at=NOON)
    assert (progress().begun, progress({SPOON.key: reading}).begun, progress({CUP.key: reading}).begun) == (
        False,
        False,
        True,
    )


def test_the_minutes_left_are_those_of_lessons_that_are_not_done() -> None:
    each = progress().lessons[0].minutes_left
    assert each > 0
    assert (progress().minutes_left, progress({LEAF.key: DONE}).minutes_left) == (3 * each, 2 * each)


@pytest.mark.parametrize(("band", "opens_at"), [(None, 18), (12, 18), (16, 18), (18, None)])
def test_the_age_from_which_all_its_lessons_are_open_is_known(band: int | None, opens_at: int | None) -> None:
    older = lesson("1-cup", "2-pot", age=Ages(core=None, full=18, teacher_release=True))
    found = progress({}, LEAF, lesson("2-water", age=Ages(core=14, full=16)), older, access=AgeAccess(band))
    assert found.opens_at == opens_at
    assert not found.done


def test_what_was_done_under_another_age_group_stays_done() -> None:
    older = lesson("1-cup", "2-pot", age=Ages(core=None, full=18, teacher_release=True))
    found = progress({LEAF.key: DONE, older.key: DONE}, LEAF, older, access=AgeAccess(12))
    assert (found.done, found.opens_at) == (True, 18)  # its final is as closed as its lessons


def test_a_lesson_that_the_age_group_closes_is_not_gone_on_with() -> None:
    older = lesson("1-leaf", age=Ages(core=None, full=18, teacher_release=True))
    found = progress({}, older, CUP, access=AgeAccess(12)).next
    assert found is not None
    assert found.lesson.key == CUP.key
    assert progress({CUP.key: DONE}, older, CUP, access=AgeAccess(12)).next is None
