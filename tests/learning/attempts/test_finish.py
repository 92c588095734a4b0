"""Finishing a quiz: one result, kept for good."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.db import db
from learnapp.learning.attempts.answer import Submission, save_answer
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.start import start_missed
from learnapp.learning.attempts.store import attempt_sheet
from learnapp.learning.errors import AttemptClosed, LearningError
from learnapp.learning.models import Progress, Response
from learnapp.learning.progress.rules import LessonState
from learnapp.learning.progress.service import mark_read
from tests.actors.attempts import (
    MINUTE,
    SEED,
    Db,
    answer_all,
    begin,
    check,
    count,
    progress_of,
    right,
    save,
    slot_of,
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
    sheet = begin(db_session, ben)
    answer_all(db_session, sheet)

    done = finish_attempt(db_session, ben, sheet.head.id, NOON + MINUTE)
    db_session.commit()

    assert (done.head.state, done.head.points, done.head.max_points, done.head.passed) == (
        "finished",
        9,
        9,
        True,
    )
    assert done == attempt_sheet(db_session, ben, sheet.head.id)
    assert state(db_session, ben).passed_at == NOON + MINUTE


def test_an_unanswered_item_earns_nothing(db_session: Db, ben: int) -> None:
    sheet = begin(db_session, ben, lesson(quiz=quiz(*FOUR)))
    check(db_session, sheet.slots[0], right(sheet.slots[0]))

    done = finish_attempt(db_session, ben, sheet.head.id, NOON)
    db_session.commit()

    assert [slot.state.points for slot in done.slots] == [1, 0, 0, 0]
    assert all(slot.feedback for slot in done.slots)
    assert done.head.passed is False
    assert done.missed == ("tea-1", "tea-2", "tea-3")


def test_what_was_saved_but_not_checked_is_graded(db_session: Db, ben: int) -> None:
    sheet = begin(db_session, ben, lesson(quiz=quiz(make("single"))))
    save(db_session, sheet.slots[0], right(sheet.slots[0]))

    assert finish_attempt(db_session, ben, sheet.head.id, NOON).head.points == 1


@pytest.mark.parametrize("item_type", TYPES)
def test_a_deferred_quiz_is_graded_at_its_end(db_session: Db, ben: int, item_type: str) -> None:
    sheet = begin(db_session, ben, lesson(quiz=quiz(make(item_type), behaviour="deferred")))
    save(db_session, sheet.slots[0], right(sheet.slots[0]))

    done = finish_attempt(db_session, ben, sheet.head.id, NOON)
    db_session.commit()

    assert done.slots[0].state.points == 1
    assert done.slots[0].feedback
    assert done == attempt_sheet(db_session, ben, sheet.head.id)


def test_the_pass_mark_of_the_quiz_decides(db_session: Db, ben: int) -> None:
    for pass_mark, passed in ((75, True), (76, False)):
        sheet = begin(db_session, ben, lesson(quiz=quiz(*FOUR, pass_mark=pass_mark)))
        answer_all(db_session, sheet, but=("tea-3",))

        assert finish_attempt(db_session, ben, sheet.head.id, NOON).head.passed is passed
        db_session.commit()


def test_finishing_twice_changes_nothing(db_session: Db, ben: int) -> None:
    sheet = begin(db_session, ben)
    first = finish_attempt(db_session, ben, sheet.head.id, NOON)
    db_session.commit()

    assert finish_attempt(db_session, ben, sheet.head.id, NOON + MINUTE) == first
    db_session.commit()
    assert attempt_sheet(db_session, ben, sheet.head.id) == first


def test_a_worse_result_later_takes_nothing_back(db_session: Db, ben: int) -> None:
    mark_read(db_session, ben, progress_of(db_session, ben, lesson()), NOON)
    db_session.commit()
    first = begin(db_session, ben)
    answer_all(db_session, first)
    finish_attempt(db_session, ben, first.head.id, NOON)
    db_session.commit()
    before = state(db_session, ben)

    second = begin(db_session, ben, now=NOON + MINUTE)
    finish_attempt(db_session, ben, second.head.id, NOON + MINUTE)
    db_session.commit()

    assert before.completed_at == NOON
    assert state(db_session, ben) == before


def test_the_short_quiz_counts_like_the_main_one(db_session: Db, ben: int) -> None:
    strong = strong_lesson()
    mark_read(db_session, ben, progress_of(db_session, ben, strong), NOON)
    db_session.commit()
    sheet = begin(db_session, ben, strong, "short")
    answer_all(db_session, sheet)

    finish_attempt(db_session, ben, sheet.head.id, NOON)
    db_session.commit()

    assert progress_of(db_session, ben, strong).complete


def test_practice_is_graded_but_counts_for_nothing(db_session: Db, ben: int) -> None:
    sheet = begin(db_session, ben, lesson(quiz=quiz(*FOUR)))
    answer_all(db_session, sheet, but=("tea-0", "tea-1"))
    finish_attempt(db_session, ben, sheet.head.id, NOON)
    db_session.commit()
    before = state(db_session, ben)
    started = start_missed(db_session, ben, sheet.head.id, SEED, NOON)
    db_session.commit()
    practice = attempt_sheet(db_session, ben, started.attempt_id)
    answer_all(db_session, practice)

    done = finish_attempt(db_session, ben, started.attempt_id, NOON + MINUTE)
    db_session.commit()

    assert (done.head.points, done.head.max_points, done.head.passed) == (2, 2, None)
    assert state(db_session, ben) == before
    assert before.percent == 50
    assert before.passed_at is None


def test_an_attempt_that_was_set_aside_is_not_finished(db_session: Db, ben: int) -> None:
    strong = strong_lesson()
    main = begin(db_session, ben, strong)
    begin(db_session, ben, strong, "short", NOON + MINUTE)

    with pytest.raises(AttemptClosed) as told:
        finish_attempt(db_session, ben, main.head.id, NOON)
    assert told.value.state == "aside"


def test_fifty_finishes_at_once_give_one_result(app: Flask, db_session: Db, ben: int) -> None:
    sheet = begin(db_session, ben, lesson(quiz=quiz(*FOUR)))
    answer_all(db_session, sheet, but=("tea-3",))
    db_session.rollback()

    def finish(n: int) -> tuple[object, ...]:
        with app.app_context():
            done = finish_attempt(db.session(), ben, sheet.head.id, NOON + n * MINUTE)
            db.session.commit()
            return done.head.finished_at, done.head.points, done.head.seq, done.head.passed

    with ThreadPoolExecutor(10) as pool:
        results = set(pool.map(finish, range(50)))

    assert len(results) == 1
    assert count(db_session, Response) == 4
    assert state(db_session, ben).passed_at == results.pop()[0]


def test_saves_against_a_finish_lose_nothing_that_was_acknowledged(
    app: Flask, db_session: Db, ben: int
) -> None:
    sheet = begin(db_session, ben, lesson(quiz=quiz(*FOUR)))
    db_session.rollback()

    def save_one(n: int) -> str | None:
        with app.app_context():
            try:
                slot = slot_of(db.session(), sheet, f"tea-{n}")
                save_answer(db.session(), slot, right(slot), slot.head.seq, NOON)
            except LearningError:
                db.session.rollback()
                return None
            db.session.commit()
            return slot.item.id

    def finish(_n: int) -> None:
        with app.app_context():
            finish_attempt(db.session(), ben, sheet.head.id, NOON)
            db.session.commit()

    with ThreadPoolExecutor(6) as pool:
        saves = [pool.submit(save_one, n) for n in range(4)]
        finishes = [pool.submit(finish, n) for n in range(2)]
        acknowledged = {name for one in saves if (name := one.result())}
        for one in finishes:
            one.result()

    done = attempt_sheet(db_session, ben, sheet.head.id)
    assert done.head.finished
    assert {slot.item.id for slot in done.slots if slot.state.points == 1} == acknowledged
    assert done.head.points == len(acknowledged)


def test_a_result_makes_its_row_even_where_nothing_was_read(db_session: Db, ben: int) -> None:
    sheet = begin(db_session, ben)
    finish_attempt(db_session, ben, sheet.head.id, NOON)
    db_session.commit()

    row = db_session.execute(select(Progress.best_points, Progress.best_max)).one()
    assert tuple(row) == (0, 9)


def test_a_flag_set_while_answering_is_still_there_in_the_result(db_session: Db, ben: int) -> None:
    sheet = begin(db_session, ben, lesson(quiz=quiz(make("single"))))
    save(db_session, sheet.slots[0], replace(wrong(sheet.slots[0]), flagged=True, certainty=2))
    finish_attempt(db_session, ben, sheet.head.id, NOON)
    db_session.commit()

    slot = slot_of(db_session, sheet)
    assert (slot.flagged, slot.certainty, slot.state.points) == (True, 2, 0)


def test_flagging_alone_is_no_answer(db_session: Db, ben: int) -> None:
    sheet = begin(db_session, ben, lesson(quiz=quiz(make("single"))))
    save(db_session, sheet.slots[0], Submission(None, flagged=True))

    done = finish_attempt(db_session, ben, sheet.head.id, NOON)

    assert (done.answered, done.head.points) == (0, 0)
