"""Rows of review: cards and what was answered to them."""

from datetime import timedelta

from learnapp.learning.review.models import FROM_QUIZ, Review, ReviewCard
from tests.factories.base import NOON, Factory


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
