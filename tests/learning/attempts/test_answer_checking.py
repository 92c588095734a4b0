"""Checking, tries and hints: what counts, what is told and when."""

import pytest

from learnapp.database.db import db
from learnapp.learning.attempts.answer import Submission, take_action
from learnapp.learning.attempts.store import find_attempt_item
from learnapp.learning.errors import AlreadySubmitted, NoHintLeft
from tests.actors.attempts import (
    MINUTE,
    Db,
    answer_of,
    begin,
    check,
    check_answer,
    giving,
    right,
    save,
    stored_item,
    take_hint,
    wrong,
)
from tests.courses.tea import lesson, quiz
from tests.factories.base import NOON
from tests.quiz.samples import make
from tests.statements import counted

pytestmark = pytest.mark.both_databases


def test_a_submitted_answer_cannot_be_changed(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    checked = check(db_session, attempt.items[0], wrong(attempt.items[0]))

    for action in ("save", "check"):
        with pytest.raises(AlreadySubmitted):
            take_action(db_session, checked, action, right(checked), checked.summary.seq, NOON)
    db_session.rollback()

    assert stored_item(db_session, attempt) == checked


@pytest.mark.both_databases(always=True)
def test_a_double_click_on_check_is_one_submission(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    first = check(db_session, attempt.items[0], wrong(attempt.items[0]))

    second = check_answer(db_session, stored_item(db_session, attempt), wrong(attempt.items[0]), 0, NOON + MINUTE)

    assert second.item == first
    assert second.item.state.tries == 1


def test_an_unfinished_answer_is_kept_as_a_draft_and_what_is_missing_is_named(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    attempt_item = stored_item(db_session, attempt, "tea-cloze")
    half = giving(attempt_item, {"blanks": ["leaves", ""]})

    result = check_answer(db_session, attempt_item, half, 0, NOON)
    db_session.commit()

    assert [gap.part for gap in result.missing] == ["blank-1"]
    kept = stored_item(db_session, attempt, "tea-cloze")
    assert kept == result.item
    assert (kept.state.response, kept.state.submitted, kept.summary.seq) == (half.response, False, 1)


def test_the_draft_of_an_unfinished_answer_can_be_saved(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    attempt_item = stored_item(db_session, attempt, "tea-cloze")

    save(db_session, attempt_item, giving(attempt_item, {"blanks": ["leaves", ""]}))

    assert answer_of(stored_item(db_session, attempt, "tea-cloze")) == {"blanks": ["leaves", ""]}


def test_three_tries_each_cost_a_third(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("single"), behaviour="interactive")))
    attempt_item = attempt.items[0]

    once = check(db_session, attempt_item, wrong(attempt_item))
    assert not once.state.submitted
    assert not once.shows_feedback
    twice = check(db_session, once, right(once))

    assert twice.state.submitted
    assert twice.shows_feedback
    assert twice.state.points == pytest.approx(2 / 3)
    assert stored_item(db_session, attempt) == twice


def test_a_wrong_try_is_remembered_on_another_device(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("single"), behaviour="interactive")))
    tried = check(db_session, attempt.items[0], wrong(attempt.items[0]))

    elsewhere = stored_item(db_session, attempt)
    assert elsewhere == tried
    assert elsewhere.state.checked
    # The same answer once more is not another try.
    assert check(db_session, elsewhere, wrong(elsewhere)).state.tries == 1


def test_a_hint_is_counted_and_keeps_what_was_chosen(db_session: Db, ben: int) -> None:
    one = lesson(quiz=quiz(make("single", hints=["Look at the color."]), behaviour="interactive"))
    attempt = begin(db_session, ben, one)
    attempt_item = attempt.items[0]

    hinted = take_hint(db_session, attempt_item, wrong(attempt_item), 0, NOON)
    db_session.commit()

    assert hinted.state.hints == 1
    assert stored_item(db_session, attempt) == hinted
    assert hinted.state.response == wrong(attempt_item).response
    assert check(db_session, hinted, right(attempt_item)).state.points == pytest.approx(2 / 3)


def test_a_double_click_on_hint_gives_one(db_session: Db, ben: int) -> None:
    one = lesson(quiz=quiz(make("single", hints=["One.", "Two."]), behaviour="interactive"))
    attempt = begin(db_session, ben, one)
    hinted = take_hint(db_session, attempt.items[0], Submission(None), 0, NOON)
    db_session.commit()

    assert take_hint(db_session, stored_item(db_session, attempt), Submission(None), 0, NOON) == hinted


def test_without_hints_there_is_none_to_take(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)

    with pytest.raises(NoHintLeft):
        take_hint(db_session, attempt.items[0], Submission(None), 0, NOON)


def test_a_deferred_quiz_tells_nothing_before_its_end(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("single"), behaviour="deferred")))

    checked = check(db_session, attempt.items[0], right(attempt.items[0]))
    assert checked.answered
    assert not checked.state.submitted
    assert not checked.shows_feedback
    assert checked.state.points is None
    # It may still be changed.
    assert answer_of(check(db_session, checked, wrong(checked))) == {"choice": 0}


def test_a_scenario_grows_turn_by_turn(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    attempt_item = stored_item(db_session, attempt, "tea-scenario")
    first = giving(attempt_item, {"replies": [0]})

    checked = check_answer(db_session, attempt_item, first, 0, NOON)
    db_session.commit()
    said = checked.item

    assert (checked.missing, said.state.submitted) == ((), False)
    assert said.state.response == first.response
    assert check(db_session, said, right(said)).state.points == 1


def test_checking_takes_three_statements(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)

    with counted(db.engine) as sent:
        attempt_item = find_attempt_item(db_session, ben, attempt.summary.id, "tea-single")
        check_answer(db_session, attempt_item, right(attempt_item), 0, NOON)
        db_session.commit()

    assert len(sent) == 3
