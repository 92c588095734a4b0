"""What moves a learner's progress besides quizzes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from learnapp.content.ages import AgeAccess
from learnapp.content.vocabulary import Ages
from learnapp.database.db import db
from learnapp.learning.errors import LessonNotForAge, NoShortVersion
from learnapp.learning.models import MAIN, MISSED, SHORT, Progress
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.service import choose_route, course_progress, mark_read, save_place
from tests.actors.attempts import MINUTE, Db, progress_of
from tests.actors.classes import read, try_quiz
from tests.courses.tea import course, lesson, strong_lesson
from tests.factories.base import NOON
from tests.statements import counted

pytestmark = pytest.mark.both_databases


def test_reading_is_kept_once(db_session: Db, ben: int) -> None:
    early = progress_of(db_session, ben, lesson())
    for now in (NOON, NOON + MINUTE):
        mark_read(db_session, ben, early, now)
        db_session.commit()

    assert progress_of(db_session, ben, lesson()).state.read_at == NOON


def test_what_is_known_to_be_read_is_not_written_again(db_session: Db, ben: int) -> None:
    mark_read(db_session, ben, progress_of(db_session, ben, lesson()), NOON)
    db_session.commit()
    known = progress_of(db_session, ben, lesson())

    with counted(db.engine) as sent:
        assert mark_read(db_session, ben, known, NOON + MINUTE).read_at == NOON

    assert sent == []


def test_the_place_reached_is_there_on_another_device(db_session: Db, ben: int) -> None:
    for anchor in ("p2", "card-1"):
        save_place(db_session, ben, progress_of(db_session, ben, lesson()), anchor, NOON)
        db_session.commit()

    state = progress_of(db_session, ben, lesson()).state
    assert (state.place, state.place_at) == ("card-1", NOON)


def test_a_place_keeps_everything_else(db_session: Db, ben: int) -> None:
    mark_read(db_session, ben, progress_of(db_session, ben, lesson()), NOON)
    db_session.commit()
    save_place(db_session, ben, progress_of(db_session, ben, lesson()), "p2", NOON + MINUTE)
    db_session.commit()

    assert progress_of(db_session, ben, lesson()).read


def test_a_route_is_remembered_and_may_be_changed(db_session: Db, ben: int) -> None:
    for route in ("closed", "short", "all"):
        choose_route(db_session, ben, progress_of(db_session, ben, strong_lesson()), route)
        db_session.commit()

        assert progress_of(db_session, ben, strong_lesson()).state.route == route


def test_a_lesson_without_a_short_version_has_no_short_route(db_session: Db, ben: int) -> None:
    with pytest.raises(NoShortVersion):
        choose_route(db_session, ben, progress_of(db_session, ben, lesson()), "short")


def test_nothing_is_kept_about_a_lesson_that_the_age_group_closes(db_session: Db, ben: int) -> None:
    older = course(lesson(age=Ages(core=None, full=18)))
    closed = course_progress(db_session, older, ben, access=AgeAccess(12)).lessons[0]

    with pytest.raises(LessonNotForAge):
        mark_read(db_session, ben, closed, NOON)
    with pytest.raises(LessonNotForAge):
        choose_route(db_session, ben, closed, "all")
    with pytest.raises(LessonNotForAge):
        save_place(db_session, ben, closed, "p1", NOON)
    assert db_session.scalar(select(func.count()).select_from(Progress)) == 0


@pytest.mark.both_databases(always=True)
def test_many_steps_at_once_undo_nothing(app: Flask, db_session: Db, ben: int) -> None:
    early = progress_of(db_session, ben, strong_lesson())
    db_session.rollback()

    def step(n: int) -> None:
        with app.app_context():
            _one_step(n, early, ben)
            db.session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(step, range(30)))

    state = progress_of(db_session, ben, strong_lesson()).state
    assert (state.place, state.route, state.read_at) == ("p2", "closed", NOON)
    assert db_session.scalar(select(func.count()).select_from(Progress)) == 1


def _one_step(n: int, early: LessonProgress, ben: int) -> None:
    session = db.session()
    if n % 3 == 0:
        mark_read(session, ben, early, NOON)
    elif n % 3 == 1:
        choose_route(session, ben, early, "closed")
    else:
        save_place(session, ben, early, "p2", NOON)


@pytest.mark.parametrize(
    ("kinds", "chosen", "version"),
    [
        ([SHORT], "all", "short"),
        ([SHORT], "short", "short"),
        ([MAIN], "short", "closed"),
        ([MAIN], "all", "all"),
        ([SHORT, MAIN], "short", "closed"),
        ([MAIN, SHORT], "all", "all"),
        ([], "short", "short"),
        ([], "all", "all"),
    ],
)
def test_the_version_that_was_done_stays_whatever_route_is_chosen_later(
    db_session: Db, ben: int, kinds: list[str], chosen: str, version: str
) -> None:
    one = strong_lesson()
    read(ben, one, NOON, chosen)
    for kind in kinds:
        try_quiz(ben, one, 20, NOON, kind)

    with counted(db.engine) as sent:
        progress = progress_of(db_session, ben, one)

    assert progress.read_route == version
    assert len([line for line in sent if line.startswith("SELECT")]) == 1


def test_a_quiz_that_was_not_passed_and_practice_tell_nothing_of_the_version(db_session: Db, ben: int) -> None:
    one = strong_lesson()
    read(ben, one, NOON, "short")
    try_quiz(ben, one, 0, NOON, MAIN)
    try_quiz(ben, one, 20, NOON, MISSED)
    assert progress_of(db_session, ben, one).read_route == "short"


def test_what_another_passed_tells_nothing_of_the_version(db_session: Db, ben: int, guest: int) -> None:
    one = strong_lesson()
    read(ben, one, NOON, "short")
    try_quiz(guest, one, 20, NOON, MAIN)
    assert progress_of(db_session, ben, one).read_route == "short"
