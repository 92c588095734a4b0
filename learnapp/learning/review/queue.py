"""The review queue of a person on one day: which cards, in which order, and what comes later. Reads only.

Cards whose question has left the course, may not be reviewed any more or is meant for older readers stay in
the database and are not in the queue; they come back when the reason is gone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, bindparam, select

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog
from learnapp.db import AnySession, execute, table_of
from learnapp.learning.attempts.store import LARGEST_ID
from learnapp.learning.errors import CardNotFound
from learnapp.learning.models import MISSED, Attempt, Progress
from learnapp.learning.review.items import ReviewItem, reviewable
from learnapp.learning.review.models import FROM_REVIEW, Review, ReviewAim, ReviewCard
from learnapp.learning.review.schedule import MemoryState, recall
from learnapp.quiz.item import ItemResponse

CARDS_A_DAY = 12
SECONDS_A_CARD = 40
_CARDS, _REVIEWS, _AIMS, _PROGRESS = (
    table_of(ReviewCard),
    table_of(Review),
    table_of(ReviewAim),
    table_of(Progress),
)
_ATTEMPTS = table_of(Attempt)
_MEMORY_COLUMNS = ("stability", "difficulty", "reviewed_on", "due_on")
_CARD_COLUMNS = ("id", "lesson", "item_id", "times", "seq", "hints", "draft", "saved_at")
_MINE = select(*(_CARDS.c[name] for name in (*_MEMORY_COLUMNS, *_CARD_COLUMNS))).where(
    _CARDS.c.user_id == bindparam("user")
)
_ONE = _MINE.where(_CARDS.c.id == bindparam("card"))
_REVIEW_COLUMNS = ("number", "response", "certainty", "hints", "points", "revision")
_REVIEW = (
    select(*_MINE.selected_columns, *(_REVIEWS.c[name].label(f"told_{name}") for name in _REVIEW_COLUMNS))
    .join(_REVIEWS, _REVIEWS.c.card_id == _CARDS.c.id)
    .where(_CARDS.c.user_id == bindparam("user"), _REVIEWS.c.id == bindparam("review"))
    .where(_REVIEWS.c.origin == FROM_REVIEW)
)
_NEWEST = select(_REVIEWS.c.id, _REVIEWS.c.response).where(
    _REVIEWS.c.card_id == bindparam("card"),
    _REVIEWS.c.number == bindparam("number"),
    _REVIEWS.c.origin == FROM_REVIEW,
)
_AIM = select(_AIMS.c.aim_on).where(_AIMS.c.user_id == bindparam("user"))
_PASSED_WITHOUT_CARDS = (
    select(_PROGRESS.c.lesson, _ATTEMPTS.c.item_ids)
    .join(
        _ATTEMPTS, (_ATTEMPTS.c.user_id == _PROGRESS.c.user_id) & (_ATTEMPTS.c.lesson == _PROGRESS.c.lesson)
    )
    .where(_ATTEMPTS.c.passed, _ATTEMPTS.c.kind != MISSED)
    .where(_PROGRESS.c.user_id == bindparam("user"), _PROGRESS.c.completed_at.is_not(None))
    .where(
        ~select(_CARDS.c.id)
        .where(_CARDS.c.user_id == _PROGRESS.c.user_id, _CARDS.c.lesson == _PROGRESS.c.lesson)
        .exists()
    )
    .order_by(_PROGRESS.c.completed_at, _ATTEMPTS.c.finished_at, _ATTEMPTS.c.id)
)


@dataclass(frozen=True, slots=True)
class DueCard:
    """A card with its question as the course has it now."""

    id: int
    user_id: int
    memory: MemoryState
    times: int
    seq: int
    hints: int
    draft: ItemResponse | None
    saved_at: datetime
    review_item: ReviewItem

    @property
    def module(self) -> str:
        return self.review_item.lesson.module

    def reviewed_by_card(self, day: date) -> bool:
        """Tell whether it was reviewed on this day, other than by the quiz it began with."""
        return self.times > 1 and self.memory.reviewed_on == day


@dataclass(frozen=True, slots=True)
class AnsweredCard:
    """An answer that was given to a card: which of its reviews it was, and what came of it."""

    card: DueCard
    number: int
    response: ItemResponse | None
    certainty: int | None
    hints: int
    points: float


@dataclass(frozen=True)
class ReviewQueue:
    """A person's cards on one day."""

    cards: tuple[DueCard, ...]
    today: date

    @cached_property
    def done(self) -> int:
        """Return how many were reviewed today."""
        return sum(card.reviewed_by_card(self.today) for card in self.cards)

    @cached_property
    def due(self) -> tuple[DueCard, ...]:
        """Return all that have come due, also those that today has no room for."""
        return tuple(card for card in self.cards if card.memory.due_on <= self.today)

    @cached_property
    def cards_today(self) -> tuple[DueCard, ...]:
        """Return today's cards in the order in which they are asked."""
        reviewed = [card for card in self.cards if card.reviewed_by_card(self.today)]
        last = max(reviewed, key=lambda card: (card.saved_at, card.id), default=None)
        return build_queue(self.due, last, self.today, max(0, CARDS_A_DAY - self.done))

    @property
    def minutes(self) -> int:
        """Return about how long today's cards take, at least 1."""
        return max(1, round(len(self.cards_today) * SECONDS_A_CARD / 60))

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """Return the titles of the lessons that today's cards come from."""
        return tuple(dict.fromkeys(card.review_item.lesson.title for card in self.cards_today))

    @cached_property
    def next(self) -> tuple[date, int] | None:
        """Return the next day that asks something and how many cards it asks, None without cards."""
        if not self.cards:
            return None
        tomorrow = self.today + timedelta(days=1)
        left = len(self.due) - len(self.cards_today)
        days = Counter(card.memory.due_on for card in self.cards if card.memory.due_on > self.today)
        day = tomorrow if left else min(days)
        return day, min(CARDS_A_DAY, days[day] + left)


def review_queue(
    session: AnySession, catalog: Catalog, user_id: int, access: AgeAccess, today: date
) -> ReviewQueue:
    """Return the review queue of a person with this age access, in one query."""
    rows = execute(session, _MINE, {"user": user_id}).all()
    return ReviewQueue(tuple(_due_cards(rows, catalog, user_id, access)), today)


def own_card(session: AnySession, catalog: Catalog, user_id: int, access: AgeAccess, card_id: int) -> DueCard:
    """Return one card; raises CardNotFound for one that is not this person's or not to be reviewed."""
    if not 0 < card_id <= LARGEST_ID:
        raise CardNotFound
    rows = execute(session, _ONE, {"user": user_id, "card": card_id}).all()
    found = next(iter(_due_cards(rows, catalog, user_id, access)), None)
    if found is None:
        raise CardNotFound
    return found


def own_review(
    session: AnySession, catalog: Catalog, user_id: int, access: AgeAccess, review_id: int
) -> AnsweredCard | None:
    """Return an answer to look at again, None where its quiz was edited since; raises CardNotFound."""
    if not 0 < review_id <= LARGEST_ID:
        raise CardNotFound
    rows = execute(session, _REVIEW, {"user": user_id, "review": review_id}).all()
    card = next(iter(_due_cards(rows, catalog, user_id, access)), None)
    if card is None:
        raise CardNotFound
    row = rows[0]
    if row.told_revision != card.review_item.form.revision:
        return None
    response = card.review_item.item.parse_stored(row.told_response)
    return AnsweredCard(card, row.told_number, response, row.told_certainty, row.told_hints, row.told_points)


def newest_review(session: AnySession, card: DueCard) -> Row[Any] | None:
    """Return id and response of the card's last review, None where that was the quiz."""
    return execute(session, _NEWEST, {"card": card.id, "number": card.times}).one_or_none()


def review_aim(session: AnySession, user_id: int) -> date | None:
    """Return the day that this person aims at, if any."""
    day: date | None = execute(session, _AIM, {"user": user_id}).scalar_one_or_none()
    return day


def lessons_without_cards(session: AnySession, catalog: Catalog, user_id: int) -> tuple[str, ...]:
    """Return the keys of lessons that are complete and could have cards, but have none.

    Completed before there was review, or by signing in with what was read as a guest. As in `begin_cards` the
    quiz that was passed last counts: the lesson's other one may have questions to review where it has none.
    """
    known = reviewable(catalog)
    # In the order of time, so that of several quizzes of a lesson the last one stays.
    passed: dict[str, list[str]] = {
        row.lesson: row.item_ids for row in execute(session, _PASSED_WITHOUT_CARDS, {"user": user_id})
    }
    return tuple(lesson for lesson, items in passed.items() if any((lesson, one) in known for one in items))


def build_queue(
    cards: Iterable[DueCard], last: DueCard | None, today: date, room: int
) -> tuple[DueCard, ...]:
    """Choose the cards most at risk, as many as there is room for, and mix them. Pure.

    Neighbors come from different modules, else from different lessons, as far as that is possible, beginning
    after the `last` card reviewed. The same day gives the same order, also after some were answered.
    """
    ranked = sorted(cards, key=lambda card: (recall(card.memory, today), _daily_tiebreak(card, today)))
    rank = {card.id: number for number, card in enumerate(ranked)}
    left, mixed = ranked[:room], list[DueCard]()
    while left:
        before = mixed[-1] if mixed else last
        sizes = Counter(card.module for card in left)

        def fitness(card: DueCard) -> tuple[bool, bool, int, int]:
            same_module = before is not None and card.module == before.module  # noqa: B023 - used at once
            same_lesson = before is not None and card.review_item.lesson.key == before.review_item.lesson.key  # noqa: B023
            return same_module, same_lesson, -sizes[card.module], rank[card.id]  # noqa: B023

        mixed.append(min(left, key=fitness))
        left.remove(mixed[-1])
    return tuple(mixed)


def _daily_tiebreak(card: DueCard, today: date) -> str:
    """Settle ties by a lot that is drawn anew each day."""
    return sha256(f"{today} {card.id}".encode()).hexdigest()


def _due_cards(
    rows: Sequence[Row[Any]], catalog: Catalog, user_id: int, access: AgeAccess
) -> Iterable[DueCard]:
    known = reviewable(catalog)
    for row in rows:
        review_item = known.get((row.lesson, row.item_id))
        if review_item is not None and access.can_open(review_item.lesson):
            memory = MemoryState(*row[: len(_MEMORY_COLUMNS)])
            draft = review_item.item.parse_stored(row.draft)
            yield DueCard(
                row.id, user_id, memory, row.times, row.seq, row.hints, draft, row.saved_at, review_item
            )
