"""Results that wait: handed in without a grade, graded once when they are due, by what was saved in time."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from learnapp.learning import terms
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.release import grade_deferred, hand_in, release_results
from learnapp.learning.attempts.start import start_attempt, start_missed
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import AttemptDetail
from learnapp.learning.errors import AttemptClosed, QuizSealed
from learnapp.learning.models import ASIDE, FINISHED, HANDED_IN, Attempt
from learnapp.learning.progress.service import course_progress, mark_read
from learnapp.learning.terms import Terms
from tests.actors.attempts import SEED, Db, check, progress_of, right, save, stored_item, wrong
from tests.courses.tea import course, lesson, quiz
from tests.factories.base import NOON
from tests.quiz.samples import make

HOUR = timedelta(hours=1)
LEAF = lesson("1-leaf", quiz=quiz(make("single", id="one"), make("single", id="two", hints=["Look!"])))
CLOSES, SHOWN = NOON + HOUR, NOON + 2 * HOUR


@pytest.fixture(autouse=True)
def _terms(monkeypatch: pytest.MonkeyPatch) -> None:
    held = {LEAF.key: Terms(CLOSES, SHOWN)}
    monkeypatch.setattr(terms, "_providers", {lambda _session, ids, _now: dict.fromkeys(ids, held): None})


def start(session: Db, user_id: int, kind: str = "main", *, deferred: bool = True) -> AttemptDetail:
    started = start_attempt(session, user_id, progress_of(session, user_id, LEAF), kind, SEED, NOON, deferred=deferred)
    session.commit()
    return attempt_detail(session, user_id, started)


def keep(session: Db, attempt: AttemptDetail, item_id: str, now: datetime = NOON, *, rightly: bool = True) -> None:
    item = stored_item(session, attempt, item_id)
    save(session, item, right(item) if rightly else wrong(item), now)


def anew(session: Db, attempt: AttemptDetail) -> AttemptDetail:
    session.rollback()
    return attempt_detail(session, attempt.summary.user_id, attempt.summary.id)


def give(session: Db, user_id: int, now: datetime = SHOWN) -> bool:
    given = release_results(session, [user_id], now)
    session.commit()
    return given


def test_a_check_only_keeps_the_answer(db_session: Db, ben: int) -> None:
    attempt = start(db_session, ben)
    item = stored_item(db_session, attempt, "one")
    kept = check(db_session, item, right(item))
    assert (kept.state.submitted, kept.state.points, kept.shows_feedback) == (False, None, False)
    check(db_session, kept, wrong(kept))
    assert stored_item(db_session, attempt, "one").state.response == wrong(item).response


def test_nothing_is_finished_nor_practised_while_a_quiz_is_sealed(db_session: Db, ben: int) -> None:
    early = start(db_session, ben, deferred=False)
    finish_attempt(db_session, ben, early.summary.id, NOON)
    db_session.commit()
    attempt = start(db_session, ben)
    for act in (lambda: finish_attempt(db_session, ben, attempt.summary.id, NOON),
                lambda: start_missed(db_session, ben, early.summary.id, SEED, NOON)):  # fmt: skip
        with pytest.raises(QuizSealed):
            act()
    sealed = anew(db_session, early)
    assert sealed.summary.sealed
    assert not any(item.shows_feedback for item in sealed.items)


def test_what_is_handed_in_takes_no_more_and_has_no_grade(db_session: Db, ben: int) -> None:
    attempt = start(db_session, ben)
    keep(db_session, attempt, "one")
    hand_in(db_session, ben, attempt.summary.id, NOON + timedelta(minutes=5))
    db_session.commit()
    found = anew(db_session, attempt)
    assert (found.summary.state, found.summary.points, found.summary.seq) == (HANDED_IN, None, 2)
    item = stored_item(db_session, attempt, "two")
    with pytest.raises(AttemptClosed):
        save(db_session, item, right(item))
    hand_in(db_session, ben, attempt.summary.id, SHOWN)  # pressed again
    db_session.commit()
    assert anew(db_session, attempt).summary.saved_at == NOON + timedelta(minutes=5)
    assert start(db_session, ben).summary.id != attempt.summary.id


def test_results_are_given_once_and_dated_by_the_work(db_session: Db, ben: int) -> None:
    mark_read(db_session, ben, progress_of(db_session, ben, LEAF), NOON)
    db_session.commit()
    attempt = start(db_session, ben)
    keep(db_session, attempt, "one")
    keep(db_session, attempt, "two", NOON + timedelta(minutes=2))
    hand_in(db_session, ben, attempt.summary.id, NOON + timedelta(minutes=5))
    db_session.commit()
    waiting = course_progress(db_session, course(LEAF), ben).of(LEAF)
    assert (waiting.status, waiting.sealed, waiting.handed_in) == ("waiting", True, True)
    assert not give(db_session, ben, SHOWN - timedelta(seconds=1))
    assert give(db_session, ben)
    assert not give(db_session, ben)
    found = anew(db_session, attempt)
    assert (found.summary.state, found.summary.points, found.summary.passed) == (FINISHED, 2.0, True)
    assert found.summary.finished_at == NOON + timedelta(minutes=5)
    assert [item.submitted_at for item in found.items] == [NOON, NOON + timedelta(minutes=2)]
    done = course_progress(db_session, course(LEAF), ben).of(LEAF)
    assert (done.status, done.sealed, done.state.completed_at) == ("complete", False, NOON + timedelta(minutes=5))


def test_what_is_read_after_it_was_handed_in_is_complete_since_the_reading(db_session: Db, ben: int) -> None:
    attempt = start(db_session, ben)
    keep(db_session, attempt, "one")
    keep(db_session, attempt, "two")
    hand_in(db_session, ben, attempt.summary.id, NOON)
    mark_read(db_session, ben, progress_of(db_session, ben, LEAF), CLOSES)
    db_session.commit()
    give(db_session, ben)
    assert course_progress(db_session, course(LEAF), ben).of(LEAF).state.completed_at == CLOSES


def test_an_attempt_that_was_set_aside_gets_its_result_too(db_session: Db, ben: int) -> None:
    attempt = start(db_session, ben)
    keep(db_session, attempt, "one")
    db_session.connection(execution_options={"learnapp_write": True})
    db_session.execute(update(Attempt).values(state=ASIDE))
    db_session.commit()
    give(db_session, ben)
    found = anew(db_session, attempt).summary
    assert (found.state, found.points, found.finished_at) == (FINISHED, 1.0, NOON)


def test_what_was_saved_after_a_close_that_was_put_forward_is_graded_all_the_same(db_session: Db, ben: int) -> None:
    attempt = start(db_session, ben)
    keep(db_session, attempt, "one", CLOSES)
    keep(db_session, attempt, "two", CLOSES + timedelta(seconds=1))
    give(db_session, ben)
    found = anew(db_session, attempt)
    late = CLOSES + timedelta(seconds=1)
    assert (found.summary.points, found.summary.finished_at) == (2.0, late)
    assert [(item.state.points, item.submitted_at) for item in found.items] == [(1.0, CLOSES), (1.0, late)]
    assert all(item.state.submitted and item.answered for item in found.items)


def test_where_nothing_waits_any_more_open_attempts_go_on_and_others_are_graded(
    db_session: Db, ben: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = start(db_session, ben)
    keep(db_session, first, "one")
    hand_in(db_session, ben, first.summary.id, NOON)
    db_session.commit()
    second = start(db_session, ben)
    keep(db_session, second, "one")
    monkeypatch.setattr(terms, "_providers", {})
    assert give(db_session, ben, NOON)
    assert anew(db_session, first).summary.points == 1.0
    ordinary = anew(db_session, second).summary
    assert (ordinary.open, ordinary.deferred, ordinary.sealed) == (True, False, False)
    assert stored_item(db_session, second, "one").answered


def test_an_attempt_without_an_answer_gets_no_result(db_session: Db, ben: int) -> None:
    attempt = start(db_session, ben)
    assert grade_deferred(attempt) is None
    give(db_session, ben)
    found = anew(db_session, attempt).summary
    assert (found.open, found.deferred, found.points) == (True, False, None)


def test_one_that_is_handed_in_empty_earns_nothing(db_session: Db, ben: int) -> None:
    attempt = start(db_session, ben)
    hand_in(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()
    give(db_session, ben)
    assert anew(db_session, attempt).summary.points == 0.0


def test_one_that_was_begun_before_goes_on_as_it_was_begun(db_session: Db, ben: int) -> None:
    ordinary = start(db_session, ben, deferred=False)
    again = start(db_session, ben).summary
    assert (again.id, again.deferred) == (ordinary.summary.id, False)
