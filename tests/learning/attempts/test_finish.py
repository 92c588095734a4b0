"""Finishing a quiz: one result, kept for good."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.database.db import db
from learnapp.learning.attempts.answer import Submission
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.start import start_missed
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.errors import AttemptClosed, LearningError
from learnapp.learning.models import Progress, Response
from learnapp.learning.progress.rules import LessonState
from learnapp.learning.progress.service import mark_read
from tests.actors.attempts import (
    MINUTE,
    SEED,
    Db,
    answer_all,
    answered,
    begin,
    check,
    count,
    progress_of,
    right,
    save,
    save_answer,
    stored_item,
    wrong,
)
from tests.courses.tea import TYPES, lesson, quiz, strong_lesson
from tests.factories.base import NOON
from tests.quiz.samples import make

pytestmark = pytest.mark.both_databases

FOUR = tuple(make("single", id=f"tea-{n}") for n in range(4))


def state(session: Db, ben: int) -> LessonState:
    session.rollback()
    return progress_of(session, ben, lesson()).state


def test_all_right_is_a_pass_with_full_marks(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    answer_all(db_session, attempt)

    done = finish_attempt(db_session, ben, attempt.summary.id, NOON + MINUTE)
    db_session.commit()

    assert (done.summary.state, done.summary.points, done.summary.max_points, done.summary.passed) == (
        "finished",
        9,
        9,
        True,
    )
    assert done == attempt_detail(db_session, ben, attempt.summary.id)
    assert state(db_session, ben).passed_at == NOON + MINUTE


def test_an_unanswered_item_earns_nothing(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(*FOUR)))
    check(db_session, attempt.items[0], right(attempt.items[0]))

    done = finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()

    assert [attempt_item.state.points for attempt_item in done.items] == [1, 0, 0, 0]
    assert all(attempt_item.shows_feedback for attempt_item in done.items)
    assert done.summary.passed is False
    assert done.missed == ("tea-1", "tea-2", "tea-3")


def test_what_was_saved_but_not_checked_is_graded(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("single"))))
    save(db_session, attempt.items[0], right(attempt.items[0]))

    assert finish_attempt(db_session, ben, attempt.summary.id, NOON).summary.points == 1


@pytest.mark.parametrize("item_type", TYPES)
def test_a_deferred_quiz_is_graded_at_its_end(db_session: Db, ben: int, item_type: str) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make(item_type), behaviour="deferred")))
    save(db_session, attempt.items[0], right(attempt.items[0]))

    done = finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()

    assert done.items[0].state.points == 1
    assert done.items[0].shows_feedback
    assert done == attempt_detail(db_session, ben, attempt.summary.id)


def test_the_pass_mark_of_the_quiz_decides(db_session: Db, ben: int) -> None:
    for pass_mark, passed in ((75, True), (76, False)):
        attempt = begin(db_session, ben, lesson(quiz=quiz(*FOUR, pass_mark=pass_mark)))
        answer_all(db_session, attempt, but=("tea-3",))

        assert finish_attempt(db_session, ben, attempt.summary.id, NOON).summary.passed is passed
        db_session.commit()


def test_finishing_twice_changes_nothing(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    first = finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()

    assert finish_attempt(db_session, ben, attempt.summary.id, NOON + MINUTE) == first
    db_session.commit()
    assert attempt_detail(db_session, ben, attempt.summary.id) == first


def test_a_worse_result_later_takes_nothing_back(db_session: Db, ben: int) -> None:
    mark_read(db_session, ben, progress_of(db_session, ben, lesson()), NOON)
    db_session.commit()
    first = begin(db_session, ben)
    answer_all(db_session, first)
    finish_attempt(db_session, ben, first.summary.id, NOON)
    db_session.commit()
    before = state(db_session, ben)

    second = begin(db_session, ben, now=NOON + MINUTE)
    finish_attempt(db_session, ben, second.summary.id, NOON + MINUTE)
    db_session.commit()

    assert before.completed_at == NOON
    assert state(db_session, ben) == before


def test_the_short_quiz_counts_like_the_main_one(db_session: Db, ben: int) -> None:
    strong = strong_lesson()
    mark_read(db_session, ben, progress_of(db_session, ben, strong), NOON)
    db_session.commit()
    attempt = begin(db_session, ben, strong, "short")
    answer_all(db_session, attempt)

    finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()

    assert progress_of(db_session, ben, strong).complete


def test_practice_is_graded_but_counts_for_nothing(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(*FOUR)))
    answer_all(db_session, attempt, but=("tea-0", "tea-1"))
    finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()
    before = state(db_session, ben)
    started = start_missed(db_session, ben, attempt.summary.id, SEED, NOON)
    db_session.commit()
    practice = attempt_detail(db_session, ben, started)
    answer_all(db_session, practice)

    done = finish_attempt(db_session, ben, started, NOON + MINUTE)
    db_session.commit()

    assert (done.summary.points, done.summary.max_points, done.summary.passed) == (2, 2, None)
    assert state(db_session, ben) == before
    assert before.percent == 50
    assert before.passed_at is None


def test_an_attempt_that_was_set_aside_is_not_finished(db_session: Db, ben: int) -> None:
    strong = strong_lesson()
    main = begin(db_session, ben, strong)
    begin(db_session, ben, strong, "short", NOON + MINUTE)

    with pytest.raises(AttemptClosed, match="aside"):
        finish_attempt(db_session, ben, main.summary.id, NOON)


@pytest.mark.both_databases(always=True)
def test_fifty_finishes_at_once_give_one_result(app: Flask, db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(*FOUR)))
    answer_all(db_session, attempt, but=("tea-3",))
    db_session.rollback()

    def finish(n: int) -> tuple[object, ...]:
        with app.app_context():
            done = finish_attempt(db.session(), ben, attempt.summary.id, NOON + n * MINUTE)
            db.session.commit()
            return done.summary.finished_at, done.summary.points, done.summary.seq, done.summary.passed

    with ThreadPoolExecutor(10) as pool:
        results = set(pool.map(finish, range(50)))

    assert len(results) == 1
    assert count(db_session, Response) == 4
    assert state(db_session, ben).passed_at == results.pop()[0]


@pytest.mark.both_databases(always=True)
def test_saves_against_a_finish_lose_nothing_that_was_acknowledged(app: Flask, db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(*FOUR)))
    db_session.rollback()

    def save_one(n: int) -> str | None:
        with app.app_context():
            try:
                attempt_item = stored_item(db.session(), attempt, f"tea-{n}")
                save_answer(db.session(), attempt_item, right(attempt_item), attempt_item.summary.seq, NOON)
            except LearningError:
                db.session.rollback()
                return None
            db.session.commit()
            return attempt_item.item.id

    def finish(_n: int) -> None:
        with app.app_context():
            finish_attempt(db.session(), ben, attempt.summary.id, NOON)
            db.session.commit()

    with ThreadPoolExecutor(6) as pool:
        saves = [pool.submit(save_one, n) for n in range(4)]
        finishes = [pool.submit(finish, n) for n in range(2)]
        acknowledged = {name for one in saves if (name := one.result())}
        for one in finishes:
            one.result()

    done = attempt_detail(db_session, ben, attempt.summary.id)
    assert done.summary.finished
    assert {attempt_item.item.id for attempt_item in done.items if attempt_item.state.points == 1} == acknowledged
    assert done.summary.points == len(acknowledged)


def test_a_result_makes_its_row_even_where_nothing_was_read(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()

    row = db_session.execute(select(Progress.best_points, Progress.best_max)).one()
    assert tuple(row) == (0, 9)


def test_a_flag_set_while_answering_is_still_there_in_the_result(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("single"))))
    save(db_session, attempt.items[0], replace(wrong(attempt.items[0]), flagged=True, certainty=2))
    finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()

    attempt_item = stored_item(db_session, attempt)
    assert (attempt_item.flagged, attempt_item.certainty, attempt_item.state.points) == (True, 2, 0)


def test_flagging_alone_is_no_answer(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("single"))))
    save(db_session, attempt.items[0], Submission(None, flagged=True))

    done = finish_attempt(db_session, ben, attempt.summary.id, NOON)

    assert (answered(done), done.summary.points) == (0, 0)
