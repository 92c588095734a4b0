"""Rows of learning: revisions of quizzes, attempts and progress."""

import factory

from learnapp.learning.models import MAIN, OPEN, Attempt, Progress, QuizRevision
from tests.factories.base import NOON, Factory


class RevisionFactory(Factory):
    """A revision of a quiz; tests that read it give it a real body."""

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


class ProgressFactory(Factory):
    """A learner's row for a lesson."""

    class Meta:
        model = Progress

    lesson = "1-tea/1-leaf"
