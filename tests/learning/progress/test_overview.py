"""A course as it stands for readers of different ages: what counts, what comes next, what to read instead."""

from datetime import UTC, datetime

import pytest

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Lesson
from learnapp.content.lesson_key import LessonKey
from learnapp.content.vocabulary import Ages
from learnapp.learning.errors import LessonNotForAge
from learnapp.learning.progress.lesson_progress import require_open
from learnapp.learning.progress.overview import CourseProgress, derive_progress
from learnapp.learning.progress.rules import LessonState
from tests.courses.tea import course, lesson, strong_lesson

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DONE = LessonState(read_at=NOON, passed_at=NOON, completed_at=NOON, best_points=6, best_max=6)
OLDER = Ages(core=None, full=18, teacher_release=True)
CORE_14 = Ages(core=14, full=16)

LEAF, WATER = lesson("1-leaf"), strong_lesson(slug="2-water", number=2, age=CORE_14, advisory="Hot.")
STEAM = strong_lesson(slug="3-steam", number=3, age=OLDER, advisory="Hotter.")
FIRE = strong_lesson(slug="4-fire", number=4, age=Ages(core=12, full=16), advisory="Hottest.")
CUP = lesson("5-cup", number=5)
ALL = (LEAF, WATER, STEAM, FIRE, CUP)


def at(band: int | None, *done: Lesson, **begun: LessonState) -> CourseProgress:
    stored = {one.key: (DONE, None) for one in done} | {
        f"1-tea/{slug.replace('_', '-')[1:]}": (state, None) for slug, state in begun.items()
    }
    return derive_progress(course(*ALL), stored, access=AgeAccess(band))


@pytest.mark.parametrize(("band", "total"), [(None, 3), (12, 3), (14, 4), (16, 4), (18, 5)])
def test_only_lessons_that_are_open_to_the_band_count(band: int | None, total: int) -> None:
    progress = at(band)
    assert (progress.total, progress.modules[0].total) == (total, total)


def test_a_lesson_that_is_kept_back_does_not_hold_up_the_next() -> None:
    stored: dict[str, tuple[LessonState, None]] = {LEAF.key: (DONE, None)}
    progress = derive_progress(course(*ALL, sequencing="quizzes"), stored, access=AgeAccess(12))
    assert [one.open for one in progress.lessons] == [True, False, False, True, True]
    assert [one.quiz_open for one in progress.lessons] == [True, False, False, True, False]
    assert progress.lessons[4].closed_by == FIRE


def test_who_has_done_all_that_is_open_has_done_the_course() -> None:
    progress = at(14, LEAF, WATER, FIRE, CUP)
    assert progress.complete
    assert progress.modules[0].complete
    assert progress.next is None
    assert progress.minutes_left == 0


def test_what_was_reached_under_another_band_stays() -> None:
    progress = at(12, LEAF, WATER)
    assert (progress.done, progress.total) == (2, 4)
    assert progress.lessons[1].complete
    assert not progress.lessons[1].open


def test_a_module_of_which_nothing_is_asked_is_not_called_done() -> None:
    progress = derive_progress(course(LEAF, lesson("1-ash", module="2-ash", age=OLDER)), {}, access=AgeAccess(12))
    assert (progress.modules[1].total, progress.modules[1].complete) == (0, False)
    assert not progress.complete


def test_a_lesson_that_is_kept_back_cannot_be_required_open() -> None:
    with pytest.raises(LessonNotForAge):
        require_open(at(16).lessons[2])


def test_the_pager_leaves_out_what_is_not_for_the_band_and_keeps_what_waits_for_one() -> None:
    assert at(12).after(LEAF) == FIRE
    assert at(12).before(FIRE) == LEAF
    assert at(None).after(LEAF) == WATER
    assert at(18).after(CUP) is None


def test_what_waits_for_a_band_is_offered_until_the_reader_goes_past_it() -> None:
    offered, passed = at(None, LEAF), at(None, LEAF, _4_fire=LessonState(route="closed"))
    declined = at(None, LEAF, FIRE, CUP)
    assert offered.next is not None
    assert offered.next.lesson == WATER
    assert passed.next is not None
    assert passed.next.lesson == FIRE
    assert declined.next is None
    assert declined.complete
    assert declined.asking_age == 2


def test_a_gentle_lesson_is_offered_instead_of_one_that_is_kept_back() -> None:
    assert at(12, LEAF, FIRE).instead_of(STEAM) == CUP
    assert at(12, LEAF).instead_of(CUP) == LEAF
    only = derive_progress(course(FIRE, STEAM), {}, access=AgeAccess(12))
    assert only.instead_of(STEAM) == FIRE
    assert derive_progress(course(STEAM), {}, access=AgeAccess(12)).instead_of(STEAM) is None


def test_the_card_of_a_module_counts_its_advisories() -> None:
    assert [at(band).modules[0].strong for band in (12, 14, 18)] == [1, 2, 3]


def test_a_module_is_begun_at_what_is_open_before_what_asks_for_an_age_group() -> None:
    either = ((WATER, CUP), (WATER, STEAM))
    one, two = (derive_progress(course(*some), {}, access=AgeAccess(None)).modules[0].next for some in either)
    assert one is not None
    assert one.lesson == CUP
    assert two is not None
    assert two.lesson == WATER


def test_what_was_passed_under_a_former_name_tells_which_version_was_read() -> None:
    one = strong_lesson(was=(LessonKey.of("1-tea", "0-leaf"),))
    short = LessonState(route="all")
    (found,) = derive_progress(
        course(one), {"1-tea/0-leaf": (short, None)}, passed_main={"1-tea/0-leaf": False}
    ).lessons
    assert found.read_route == "short"
    (main,) = derive_progress(course(one), {}, passed_main={"1-tea/0-leaf": False, str(one.key): True}).lessons
    assert main.passed_main is True
