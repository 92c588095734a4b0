"""Quizzes of other rooms: whom attempts ask about them, and those that have become too old for answers."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from learnapp.content.ages import AgeAccess
from learnapp.database.db import begin_write
from learnapp.learning import other_quizzes
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import AttemptDetail, AttemptSummary
from learnapp.learning.errors import AttemptClosed, AttemptOver
from learnapp.learning.models import ASIDE, FINISHED, OPEN, Attempt, Response
from learnapp.learning.other_quizzes import (
    QuizLabels,
    ended_url,
    find_other_quiz,
    labels_of,
    register_other_quiz,
    require_not_over,
)
from tests.actors.attempts import Db, begin, count, right, save, stored_item, wrong
from tests.factories.base import NOON

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
NAME = "tasting/green"


class Tastings:
    """Tastings, which take answers for an hour."""

    def labels(self, name: str) -> QuizLabels:
        return QuizLabels("Tasting", name.partition("/")[2].title(), "/tastings", "Back to the tastings")

    def is_over(self, summary: AttemptSummary, now: datetime) -> bool:
        return now >= summary.started_at + HOUR

    def is_open_to(self, name: str, access: AgeAccess) -> bool:
        return not name.endswith("/strong") or access.band is not None

    def ended_url(self, summary: AttemptSummary) -> str:
        return f"/tastings/{summary.id}"


@pytest.fixture
def tastings(monkeypatch: pytest.MonkeyPatch) -> Tastings:
    """Register the room for one test."""
    monkeypatch.setattr(other_quizzes, "_quizzes", {})
    room = Tastings()
    register_other_quiz("tasting", room)
    return room


def tasting(session: Db, user_id: int, state: str | None = None) -> AttemptDetail:
    """Begin a quiz that no lesson has, at noon; it may have ended."""
    attempt = begin(session, user_id)
    values = {"lesson": NAME, "state": state or OPEN, "finished_at": NOON if state == FINISHED else None}
    begin_write(session)
    session.execute(update(Attempt).where(Attempt.id == attempt.summary.id).values(values))
    session.commit()
    return attempt_detail(session, user_id, attempt.summary.id)


def test_the_folder_of_a_name_says_whose_quiz_it_is(tastings: Tastings) -> None:
    assert find_other_quiz(NAME) is tastings
    assert labels_of(NAME) == QuizLabels("Tasting", "Green", "/tastings", "Back to the tastings")
    for lesson in ("1-tea/1-leaf", "tastings/green", "1-tea/tasting", ""):
        assert find_other_quiz(lesson) is None
        assert labels_of(lesson) is None


@pytest.mark.usefixtures("tastings")
def test_answers_are_taken_to_the_last_second_before_it_is_over(db_session: Db, ben: int) -> None:
    attempt = tasting(db_session, ben)
    item = save(db_session, attempt.items[0], right(attempt.items[0]), NOON + HOUR - SECOND)
    assert item.state.response is not None
    kept = stored_item(db_session, attempt)
    for moment in (NOON + HOUR, NOON + HOUR + SECOND):
        with pytest.raises(AttemptOver):
            save(db_session, kept, wrong(kept), moment)
        db_session.rollback()
    assert stored_item(db_session, attempt) == kept


@pytest.mark.usefixtures("tastings")
def test_an_attempt_that_is_over_cannot_be_finished_and_changes_in_nothing(db_session: Db, ben: int) -> None:
    attempt = tasting(db_session, ben)
    with pytest.raises(AttemptOver):
        finish_attempt(db_session, ben, attempt.summary.id, NOON + HOUR)
    db_session.rollback()
    assert attempt_detail(db_session, ben, attempt.summary.id) == attempt
    assert count(db_session, Response) == 0
    assert finish_attempt(db_session, ben, attempt.summary.id, NOON + HOUR - SECOND).summary.finished


@pytest.mark.usefixtures("tastings")
def test_what_was_finished_in_time_stays_as_it_is_for_ever(db_session: Db, ben: int) -> None:
    attempt = tasting(db_session, ben)
    first = finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()
    assert finish_attempt(db_session, ben, attempt.summary.id, NOON + 9 * HOUR) == first
    item = stored_item(db_session, attempt)
    with pytest.raises(AttemptClosed):  # and nothing is said of its age
        save(db_session, item, wrong(item), NOON + 9 * HOUR)
    db_session.rollback()


@pytest.mark.usefixtures("tastings")
@pytest.mark.parametrize(
    ("state", "later", "ended"),
    [(None, timedelta(), False), (None, HOUR, True), (ASIDE, timedelta(), True), (FINISHED, timedelta(), True)],
)
def test_what_takes_no_more_answers_has_a_page_of_its_own(
    db_session: Db, ben: int, state: str | None, later: timedelta, ended: bool
) -> None:
    summary = tasting(db_session, ben, state).summary
    assert ended_url(summary, NOON + later) == (f"/tastings/{summary.id}" if ended else None)


@pytest.mark.usefixtures("tastings")
def test_a_lesson_s_attempt_is_never_over(db_session: Db, ben: int) -> None:
    summary = begin(db_session, ben).summary
    require_not_over(summary, NOON + 9999 * HOUR)
    assert ended_url(summary, NOON + 9999 * HOUR) is None
