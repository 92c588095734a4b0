"""Rows for tests, one factory a table; each is committed, as what a test starts from has been saved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import factory
from factory.alchemy import SQLAlchemyModelFactory

from learnapp.accounts.models import GUEST, LEARNER, LoginSession, User
from learnapp.db import db
from learnapp.learning.models import MAIN, OPEN, Attempt, Progress, QuizRevision
from learnapp.learning.review.models import FROM_QUIZ, Review, ReviewCard

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class Factory(SQLAlchemyModelFactory):  # type: ignore[misc]
    """Every factory's parent; needs an app context, such as the one of `db_session`."""

    class Meta:
        abstract = True
        sqlalchemy_session_factory = db.session
        sqlalchemy_session_persistence = "commit"


class UserFactory(Factory):
    """A learner with an account, Ben unless named otherwise."""

    class Meta:
        model = User

    name = "Ben"
    name_key = factory.Sequence(lambda n: f"ben{n}")
    role = LEARNER
    created_at = NOON
    seen_at = NOON


class GuestFactory(UserFactory):
    """Someone who learns without an account."""

    name = ""
    name_key = None
    role = GUEST


class LoginSessionFactory(Factory):
    """A browser that is signed in."""

    class Meta:
        model = LoginSession

    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    created_at = NOON
    seen_at = NOON


class RevisionFactory(Factory):
    """A pinned quiz; tests that read it give it a real body."""

    class Meta:
        model = QuizRevision

    hash = factory.Sequence(lambda n: f"{n:064x}")
    lesson = "1-tea/1-leaf"
    body = "{}"
    created_at = NOON


class AttemptFactory(Factory):
    """An open attempt at a lesson's main quiz."""

    class Meta:
        model = Attempt

    lesson = "1-tea/1-leaf"
    kind = MAIN
    state = OPEN
    item_ids = factory.LazyFunction(lambda: ["tea-single"])
    seed = 1
    seq = 0
    started_at = NOON
    saved_at = NOON
    max_points = 1.0


class ReviewCardFactory(Factory):
    """A card that was answered well in the quiz and is due the day after tomorrow."""

    class Meta:
        model = ReviewCard

    lesson = "1-tea/1-leaf"
    item_id = "tea-single"
    stability = 2.3
    difficulty = 2.1
    reviewed_on = NOON.date()
    due_on = NOON.date() + timedelta(days=2)
    times = 1
    seq = 0
    hints = 0
    saved_at = NOON


class ReviewFactory(Factory):
    """The review with which a card begins."""

    class Meta:
        model = Review

    number = 1
    origin = FROM_QUIZ
    reviewed_on = NOON.date()
    reviewed_at = NOON
    rating = 3
    hints = 0
    points = 1.0
    revision = "0" * 64


class ProgressFactory(Factory):
    """A learner's row for a lesson."""

    class Meta:
        model = Progress

    lesson = "1-tea/1-leaf"
