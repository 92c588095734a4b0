"""Saving: nothing newer is overwritten, nothing is stored twice, and whose answer it is."""

from dataclasses import replace

import pytest

from learnapp.database.db import db
from learnapp.learning.attempts.answer import Submission
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.store import attempt_detail, find_attempt_item
from learnapp.learning.errors import AttemptClosed, AttemptNotFound, StaleSave
from learnapp.learning.models import Response
from tests.actors.attempts import (
    MINUTE,
    Db,
    answer_of,
    begin,
    check,
    count,
    right,
    save,
    save_answer,
    stored_item,
    wrong,
)
from tests.courses.tea import TYPES, lesson, quiz
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.quiz.samples import KEYS, make
from tests.statements import counted

pytestmark = pytest.mark.both_databases


@pytest.mark.both_databases(always=True)
@pytest.mark.parametrize("item_type", TYPES)
def test_a_saved_answer_is_there_again_as_it_was_given(db_session: Db, ben: int, item_type: str) -> None:
    attempt = begin(db_session, ben)
    given = right(stored_item(db_session, attempt, f"tea-{item_type}"))

    saved = save(db_session, stored_item(db_session, attempt, f"tea-{item_type}"), given)

    again = stored_item(db_session, attempt, f"tea-{item_type}")
    assert again == saved
    assert again.state.response == given.response
    assert answer_of(again) == KEYS[item_type]
    assert again.state.points is None
    assert not again.shows_feedback


@pytest.mark.parametrize("item_type", TYPES)
def test_the_key_earns_full_marks_when_checked(db_session: Db, ben: int, item_type: str) -> None:
    attempt = begin(db_session, ben)
    attempt_item = stored_item(db_session, attempt, f"tea-{item_type}")

    checked = check(db_session, attempt_item, right(attempt_item))

    assert checked.state.points == 1
    assert checked.shows_feedback
    assert checked.submitted_at == NOON
    assert stored_item(db_session, attempt, f"tea-{item_type}") == checked


def test_each_save_moves_the_number_on(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    first = save(db_session, attempt.items[0], right(attempt.items[0]))
    second = save(db_session, first, wrong(first), NOON + MINUTE)

    assert (attempt.summary.seq, first.summary.seq, second.summary.seq) == (0, 1, 2)
    assert attempt_detail(db_session, ben, attempt.summary.id).summary.saved_at == NOON + MINUTE


def test_a_retry_of_a_save_is_known_and_stores_nothing(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    before = attempt.items[0]
    saved = save(db_session, before, right(before))

    again = save_answer(db_session, stored_item(db_session, attempt), right(before), before.summary.seq, NOON + MINUTE)
    db_session.commit()

    assert again == saved
    assert count(db_session, Response) == 1


def test_a_retry_that_read_before_the_first_was_stored_is_known_too(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    early = attempt.items[0]
    saved = save(db_session, early, right(early))

    assert save_answer(db_session, early, right(early), 0, NOON + MINUTE) == saved


def test_a_stale_tab_is_told_and_the_newer_answer_stays(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    newer = save(db_session, attempt.items[0], right(attempt.items[0]))

    with pytest.raises(StaleSave):
        save_answer(db_session, stored_item(db_session, attempt), wrong(attempt.items[0]), 0, NOON + MINUTE)
    db_session.rollback()

    assert stored_item(db_session, attempt) == newer


@pytest.mark.both_databases(always=True)
def test_a_save_that_lost_the_race_changes_nothing(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    early = attempt.items[0]
    won = save(db_session, early, right(early))

    with pytest.raises(StaleSave):
        save_answer(db_session, early, wrong(early), 0, NOON + MINUTE)
    db_session.rollback()

    assert stored_item(db_session, attempt) == won


@pytest.mark.parametrize("seq", [-1, 2, 1000, 2**40])
def test_a_number_that_was_never_given_out_is_stale(db_session: Db, ben: int, seq: int) -> None:
    attempt = begin(db_session, ben)
    save(db_session, attempt.items[0], right(attempt.items[0]))

    with pytest.raises(StaleSave):
        save_answer(db_session, stored_item(db_session, attempt), right(attempt.items[0]), seq, NOON)


def test_saving_what_is_stored_already_changes_nothing(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    saved = save(db_session, attempt.items[0], right(attempt.items[0]))

    with counted(db.engine) as sent:
        assert save_answer(db_session, saved, right(saved), saved.summary.seq, NOON + MINUTE) == saved

    assert sent == []


def test_an_answer_can_be_taken_back(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    saved = save(db_session, attempt.items[0], right(attempt.items[0]))

    save(db_session, saved, Submission(None))

    assert not stored_item(db_session, attempt).answered


def test_a_flag_keeps_the_answer(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    saved = save(db_session, attempt.items[0], right(attempt.items[0]))

    flagged = save(db_session, saved, Submission(saved.state.response, flagged=True))

    assert flagged.flagged
    assert flagged.state == saved.state
    assert stored_item(db_session, attempt) == flagged


def test_an_item_may_be_flagged_after_it_was_submitted(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    checked = check(db_session, attempt.items[0], right(attempt.items[0]))

    assert save(db_session, checked, Submission(checked.state.response, flagged=True)).flagged
    assert stored_item(db_session, attempt).state == checked.state


def test_certainty_is_kept_and_costs_no_marks(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("single"), certainty=True)))
    sure = replace(right(attempt.items[0]), certainty=3)

    checked = check(db_session, attempt.items[0], sure)

    assert (checked.certainty, checked.state.points) == (3, 1)
    assert stored_item(db_session, attempt).certainty == 3


def test_certainty_cannot_be_changed_once_the_result_is_known(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    checked = check(db_session, attempt.items[0], replace(right(attempt.items[0]), certainty=1))

    assert save(db_session, checked, Submission(checked.state.response, certainty=3)).certainty == 1


def test_a_finished_attempt_takes_no_answers(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    saved = save(db_session, attempt.items[0], right(attempt.items[0]))
    finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()

    for attempt_item in (saved, stored_item(db_session, attempt)):
        with pytest.raises(AttemptClosed, match="finished"):
            save_answer(db_session, attempt_item, wrong(attempt_item), attempt_item.summary.seq, NOON + MINUTE)
        db_session.rollback()
    assert stored_item(db_session, attempt).state.response == saved.state.response


@pytest.mark.parametrize("attempt_id", [0, -1, 2**31, 2**63, 10**30])
def test_an_attempt_that_cannot_exist_is_not_found(db_session: Db, ben: int, attempt_id: int) -> None:
    with pytest.raises(AttemptNotFound):
        attempt_detail(db_session, ben, attempt_id)
    with pytest.raises(AttemptNotFound):
        find_attempt_item(db_session, ben, attempt_id, "tea-single")


@pytest.mark.both_databases(always=True)
def test_somebody_elses_attempt_is_not_found(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    cleo = UserFactory(name="Cleo").id

    with pytest.raises(AttemptNotFound):
        attempt_detail(db_session, cleo, attempt.summary.id)
    with pytest.raises(AttemptNotFound):
        find_attempt_item(db_session, cleo, attempt.summary.id, "tea-single")
    with pytest.raises(AttemptNotFound):
        finish_attempt(db_session, cleo, attempt.summary.id, NOON)


def test_an_attempt_that_changed_hands_after_it_was_read_takes_no_save(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    cleo = UserFactory(name="Cleo").id
    stolen = replace(attempt.items[0], summary=replace(attempt.summary, user_id=cleo))

    with pytest.raises(AttemptNotFound):
        save_answer(db_session, stolen, right(stolen), 0, NOON)
    db_session.rollback()
    assert count(db_session, Response) == 0


def test_an_item_of_another_quiz_is_not_found(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("single"))))

    with pytest.raises(AttemptNotFound):
        find_attempt_item(db_session, ben, attempt.summary.id, "tea-cloze")


def test_a_save_takes_three_statements(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)

    with counted(db.engine) as sent:
        attempt_item = find_attempt_item(db_session, ben, attempt.summary.id, "tea-single")
        save_answer(db_session, attempt_item, right(attempt_item), 0, NOON)
        db_session.commit()

    assert len(sent) == 3
