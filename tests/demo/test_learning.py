"""Learning of made-up students: what is stored is what a learner's own requests would leave."""

from random import Random

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from learnapp.content.ages import FULL_ACCESS
from learnapp.demo.learning import ANSWERS, hand_in_quiz, leave_quiz, read_lesson, take_quiz
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.models import Attempt, Progress
from tests.actors.people import People
from tests.courses.serving import serve
from tests.courses.tea import lesson, strong_lesson
from tests.factories.base import NOON

RNG = Random(7)


@pytest.fixture
def ben(people: People) -> int:
    return people.add("Ben")


def test_a_quiz_is_finished_with_that_share_right_and_completes_what_was_read(
    app: Flask, monkeypatch: pytest.MonkeyPatch, ben: int, db_session: scoped_session[Session]
) -> None:
    one = strong_lesson()
    catalog = serve(app, monkeypatch, one)
    progress = read_lesson(db_session, catalog, ben, one, FULL_ACCESS, NOON, short=False)
    done_at = take_quiz(db_session, ben, progress, 0.75, NOON, RNG)
    db_session.commit()

    (attempt,) = db_session.scalars(select(Attempt))
    state = db_session.scalars(select(Progress)).one()
    assert (attempt.state, attempt.kind, attempt.points, attempt.finished_at) == ("finished", "main", 7, done_at)
    assert (state.read_at, state.completed_at, state.route) == (NOON, done_at, None)
    items = attempt_detail(db_session, ben, attempt.id).items
    assert [item.submitted_at for item in items] == [NOON + n * ANSWERS for n in range(1, len(items) + 1)]


def test_a_short_version_is_followed_by_its_own_quiz(
    app: Flask, monkeypatch: pytest.MonkeyPatch, ben: int, db_session: scoped_session[Session]
) -> None:
    one = strong_lesson()
    catalog = serve(app, monkeypatch, one)
    progress = read_lesson(db_session, catalog, ben, one, FULL_ACCESS, NOON, short=True)
    take_quiz(db_session, ben, progress, 1, NOON, RNG)
    db_session.commit()

    assert [attempt.kind for attempt in db_session.scalars(select(Attempt))] == ["short"]


def test_a_quiz_that_is_left_can_be_gone_on_with(
    app: Flask, monkeypatch: pytest.MonkeyPatch, ben: int, db_session: scoped_session[Session]
) -> None:
    one = strong_lesson()
    catalog = serve(app, monkeypatch, one)
    progress = read_lesson(db_session, catalog, ben, one, FULL_ACCESS, NOON, short=False)
    left_at = leave_quiz(db_session, ben, progress, NOON, RNG)
    db_session.commit()

    (attempt,) = db_session.scalars(select(Attempt))
    detail = attempt_detail(db_session, ben, attempt.id)
    assert (attempt.state, attempt.seq, attempt.saved_at) == ("open", 4, left_at)
    assert [item.answered for item in detail.items] == [True] * 4 + [False] * 5
    assert detail.resume_number == 5


def test_a_quiz_that_is_handed_in_has_no_grade_yet(
    app: Flask, monkeypatch: pytest.MonkeyPatch, ben: int, db_session: scoped_session[Session]
) -> None:
    one = lesson()
    catalog = serve(app, monkeypatch, one)
    progress = read_lesson(db_session, catalog, ben, one, FULL_ACCESS, NOON, short=False)
    handed_in_at = hand_in_quiz(db_session, ben, progress, 0.5, NOON, RNG)
    db_session.commit()

    (attempt,) = db_session.scalars(select(Attempt))
    assert (attempt.state, attempt.deferred, attempt.points) == ("handed_in", True, None)
    assert attempt.saved_at == handed_in_at
    items = attempt_detail(db_session, ben, attempt.id).items
    assert all(item.answered and not item.state.submitted for item in items)
