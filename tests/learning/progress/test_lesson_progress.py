"""How far somebody is in a course."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session, scoped_session

from learnapp.database.db import db
from learnapp.learning.errors import QuizClosed
from learnapp.learning.progress.lesson_progress import OpenAttempt, require_open, require_open_quiz
from learnapp.learning.progress.overview import CourseProgress, derive_progress
from learnapp.learning.progress.rules import LessonState
from learnapp.learning.progress.service import course_progress
from tests.courses.tea import course, lesson
from tests.factories.accounts import UserFactory
from tests.factories.learning import AttemptFactory, ProgressFactory, RevisionFactory
from tests.statements import counted

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
READ = LessonState(read_at=NOON)
DONE = LessonState(read_at=NOON, passed_at=NOON, completed_at=NOON, best_points=6, best_max=6)


def derived(sequencing: str = "quizzes", staff: bool = False, **states: LessonState) -> CourseProgress:
    stored = {f"1-tea/{slug.replace('_', '-')[1:]}": (one, None) for slug, one in states.items()}
    return derive_progress(course(sequencing=sequencing), stored, staff=staff)


def opened(progress: CourseProgress) -> list[bool]:
    return [one.quiz_open for one in progress.lessons]


@pytest.mark.parametrize("sequencing", ["advice", "quizzes"])
def test_every_lesson_may_be_read_whatever_the_order(sequencing: str) -> None:
    assert [one.open for one in derived(sequencing).lessons] == [True, True, True]


def test_where_the_order_is_advice_every_quiz_is_open() -> None:
    assert opened(derived("advice")) == [True, True, True]


def test_where_quizzes_open_in_order_at_first_only_that_of_the_first_lesson_is_open() -> None:
    progress = derived()

    assert opened(progress) == [True, False, False]
    assert progress.lessons[2].closed_by == progress.lessons[0].lesson


def test_finishing_a_lesson_opens_the_next_quiz() -> None:
    progress = derived(_1_leaf=DONE)

    assert opened(progress) == [True, True, False]
    assert progress.lessons[2].closed_by == progress.lessons[1].lesson


def test_having_read_a_lesson_opens_neither_the_next_quiz_nor_its_own() -> None:
    assert opened(derived(_1_leaf=READ, _2_water=READ)) == [True, False, False]


def test_staff_open_every_quiz() -> None:
    assert opened(derived(staff=True)) == [True, True, True]


def test_each_module_begins_with_an_open_quiz() -> None:
    lessons = lesson("1-leaf"), lesson("1-pot", "2-pots"), lesson("2-lid", "2-pots")

    assert opened(derive_progress(course(*lessons, sequencing="quizzes"), {})) == [True, True, False]


def test_a_lesson_put_in_later_closes_no_quiz_that_was_begun() -> None:
    progress = derived(_2_water=DONE, _3_cup=LessonState(best_points=1, best_max=6))

    assert opened(progress) == [True, True, True]


def test_a_closed_quiz_names_the_lesson_to_finish_first() -> None:
    closed = derived().lessons[1]
    require_open(closed)

    with pytest.raises(QuizClosed, match="opens after 1-tea/1-leaf"):
        require_open_quiz(closed)

    assert closed.status == "new"


def test_learning_does_not_go_on_where_only_a_closed_quiz_is_left() -> None:
    progress = derived(_1_leaf=LessonState(place="p1", place_at=NOON), _2_water=READ)

    assert progress.next == progress.lessons[0]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (LessonState(), "new"),
        (LessonState(route="all"), "begun"),
        (LessonState(place="p1", place_at=NOON), "begun"),
        (LessonState(read_at=NOON), "quiz"),
        (LessonState(passed_at=NOON), "reading"),
        (LessonState(best_points=1, best_max=6), "begun"),
        (DONE, "complete"),
    ],
)
def test_a_status_says_what_is_left(state: LessonState, status: str) -> None:
    assert derived(_1_leaf=state).lessons[0].status == status


def test_minutes_are_summed_over_what_is_left() -> None:
    progress = derived(_1_leaf=DONE, _2_water=LessonState(read_at=NOON))

    assert [one.minutes_left for one in progress.lessons] == [0, 8, 16]
    assert progress.minutes_left == progress.modules[0].minutes_left == 24
    assert (progress.done, progress.total) == (1, 3)
    assert not progress.complete


def test_learning_goes_on_where_it_was_left() -> None:
    earlier, later = NOON - timedelta(days=1), NOON
    progress = derived(
        "advice", _1_leaf=LessonState(place="p1", place_at=earlier), _3_cup=LessonState(place="p2", place_at=later)
    )

    assert progress.next == progress.lessons[2]


def test_a_quiz_saved_last_is_where_learning_goes_on() -> None:
    stored = {
        "1-tea/1-leaf": (LessonState(read_at=NOON), OpenAttempt(7, "main", 3, 9, NOON + timedelta(hours=2))),
        "1-tea/2-water": (LessonState(place="p1", place_at=NOON + timedelta(hours=1)), None),
    }

    assert derive_progress(course(sequencing="advice"), stored).next == derive_progress(course(), stored).lessons[0]


def test_who_has_begun_nothing_goes_on_at_the_first_lesson() -> None:
    progress = derived()

    assert progress.next == progress.lessons[0]
    assert not progress.begun


def test_who_is_done_goes_on_nowhere() -> None:
    progress = derived(_1_leaf=DONE, _2_water=DONE, _3_cup=DONE)

    assert progress.next is None
    assert progress.complete
    assert progress.modules[0].next is None
    assert progress.minutes_left == 0


def test_a_lesson_is_found_by_itself_and_a_strange_one_is_not() -> None:
    progress = derived()

    assert progress.of(lesson("2-water")) == progress.lessons[1]
    for stranger in (lesson("9-milk"), lesson("1-leaf", "9-milk")):
        with pytest.raises(LookupError):
            progress.of(stranger)


def test_progress_takes_one_query(db_session: scoped_session[Session]) -> None:
    ben = UserFactory()
    revision = RevisionFactory()
    for slug in ("1-leaf", "2-water", "3-cup"):
        ProgressFactory(user_id=ben.id, lesson=f"1-tea/{slug}", place="p2", place_at=NOON)
        AttemptFactory(
            user_id=ben.id,
            lesson=f"1-tea/{slug}",
            revision=revision.hash,
            item_ids=["one", "two", "three"],
            current_item="two",
        )
    AttemptFactory(user_id=ben.id, revision=revision.hash, state="finished", finished_at=NOON)
    ben_id = ben.id

    with counted(db.engine) as sent:
        progress = course_progress(db_session, course(), ben_id)

    assert len(sent) == 1
    assert [one.state for one in progress.lessons] == [LessonState(place="p2", place_at=NOON)] * 3
    attempt = progress.lessons[0].attempt
    assert attempt is not None
    assert (attempt.number, attempt.total) == (2, 3)


def test_nobodys_progress_takes_no_query(db_session: scoped_session[Session]) -> None:
    with counted(db.engine) as sent:
        progress = course_progress(db_session, course(), None)

    assert sent == []
    assert progress.done == 0


def test_somebody_elses_progress_is_not_mine(db_session: scoped_session[Session]) -> None:
    cleo, ben = UserFactory(name="Cleo"), UserFactory()
    ProgressFactory(user_id=cleo.id, read_at=NOON)

    assert course_progress(db_session, course(), ben.id).lessons[0].state == LessonState()


def test_the_percentage_is_the_best_score() -> None:
    assert derived(_1_leaf=replace(DONE, best_points=5.0)).lessons[0].state.percent == 83
