"""The review queue of a person on one day: which cards, in which order, and what comes later. Reads only.

Cards whose question has left the course, may not be reviewed any more or is meant for older readers, and those of a
quiz whose results wait, stay in the database and are not in the queue; they come back when the reason is gone.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, Select, SQLColumnExpression, case, select

from learnapp.config.derived_keys import seed_from
from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog
from learnapp.database.db import LARGEST_ID, AnySession, table_of
from learnapp.learning.attempts.store import sealed_by_attempt
from learnapp.learning.attempts.values import PresentedItem
from learnapp.learning.errors import CardNotFound
from learnapp.learning.models import MISSED, Attempt, Progress
from learnapp.learning.review.items import ReviewItem, reviewable
from learnapp.learning.review.models import FROM_REVIEW, Review, ReviewAim, ReviewCard
from learnapp.learning.review.schedule import MemoryState, recall
from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.item import ItemResponse

CARDS_A_DAY = 12
SECONDS_A_CARD = 40
# Whether results of the card's quiz wait: its answer would tell one.
SEALED = sealed_by_attempt(table_of(ReviewCard)).label("sealed")


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
    key: bytes = field(repr=False)

    @property
    def module(self) -> str:
        return self.review_item.lesson.module

    def reviewed_by_card(self, day: date) -> bool:
        """Tell whether it was reviewed on this day, other than by the quiz it began with."""
        return self.times > 1 and self.memory.reviewed_on == day

    def present(self, times: int, state: ItemState, certainty: int | None = None) -> PresentedItem:
        """Return the card's item as it is shown after so many reviews, each time in an order of its own.

        The order comes of a secret: numbers that a learner knows would tell the order of the file.
        """
        seed = seed_from(self.key, f"card {self.id} after {times}")
        return self.review_item.present(seed, state, certainty=certainty)


@dataclass(frozen=True, slots=True)
class AnsweredCard:
    """A card with one of its reviews, by id and number, and its item as it was answered then."""

    review_id: int
    number: int
    card: DueCard
    item: PresentedItem


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
    session: AnySession, catalog: Catalog, user_id: int, access: AgeAccess, today: date, key: bytes
) -> ReviewQueue:
    """Return the review queue of a person with this age access, in one query; `key` decides how items are shuffled."""
    rows = session.execute(select(table_of(ReviewCard), SEALED).where(ReviewCard.user_id == user_id))
    cards = (_due_card(row, catalog, access, key) for row in rows)
    return ReviewQueue(tuple(card for card in cards if card is not None), today)


def own_card(
    session: AnySession, catalog: Catalog, user_id: int, access: AgeAccess, card_id: int, key: bytes
) -> DueCard:
    """Return one card; raises CardNotFound for one that is not this person's or not to be reviewed."""
    statement = select(table_of(ReviewCard), SEALED).where(ReviewCard.user_id == user_id, ReviewCard.id == card_id)
    row = session.execute(statement).one_or_none() if card_id <= LARGEST_ID else None
    if row is None or (card := _due_card(row, catalog, access, key)) is None:
        raise CardNotFound
    return card


def own_review(
    session: AnySession, catalog: Catalog, user_id: int, access: AgeAccess, review_id: int, key: bytes
) -> AnsweredCard | None:
    """Return an answer to look at again, None where its quiz was edited since; raises CardNotFound."""
    statement = (
        select(table_of(ReviewCard), SEALED, Review)
        .join(Review, Review.card_id == ReviewCard.id)
        .where(ReviewCard.user_id == user_id, Review.id == review_id, Review.origin == FROM_REVIEW)
    )
    row = session.execute(statement).one_or_none() if review_id <= LARGEST_ID else None
    if row is None or (card := _due_card(row, catalog, access, key)) is None:
        raise CardNotFound
    return answered_card(row.Review, card) if row.Review.revision == card.review_item.quiz.revision else None


def newest_review(session: AnySession, card: DueCard) -> AnsweredCard | None:
    """Return the answer of the card's last review, None where that was the quiz, or its question was edited since."""
    last = select(Review).where(Review.card_id == card.id, Review.number == card.times)
    last = last.where(Review.revision == card.review_item.quiz.revision)
    review = session.scalars(last.where(Review.origin == FROM_REVIEW)).one_or_none()
    return None if review is None else answered_card(review, card)


def review_aim(session: AnySession, user_id: int) -> date | None:
    """Return the day that this person aims at, if any."""
    return session.scalar(select(ReviewAim.aim_on).where(ReviewAim.user_id == user_id))


def passed_quizzes(user_id: int) -> Select[str, int, list[str]]:
    """Select lesson, attempt and items of each quiz passed in a lesson that is complete, the newest last."""
    return (
        select(Attempt.lesson, Attempt.id, Attempt.item_ids)
        .join(Progress, (Progress.user_id == Attempt.user_id) & (Progress.lesson == Attempt.lesson))
        .where(Attempt.user_id == user_id, Attempt.passed.is_(True), Attempt.kind != MISSED)
        .where(Progress.completed_at.is_not(None))
        .order_by(Progress.completed_at, Attempt.finished_at, Attempt.id)
    )


def lessons_without_cards(session: AnySession, catalog: Catalog, user_id: int) -> tuple[str, ...]:
    """Return the keys of lessons that are complete and could have cards, but have none.

    Completed before there was review, or by signing in with what was read as a guest. As in `begin_cards` the
    quiz that was passed last counts: the lesson's other one may have questions to review where it has none.
    """
    renamed, review_items = dict(catalog.renamed_lessons), reviewable(catalog)

    def present_key(lesson: SQLColumnExpression[str]) -> SQLColumnExpression[str]:
        # Rows of a lesson that was renamed may not have followed yet.
        return case(renamed, value=lesson, else_=lesson) if renamed else lesson

    with_cards = select(present_key(ReviewCard.lesson)).where(ReviewCard.user_id == user_id)
    rows = session.execute(passed_quizzes(user_id).where(present_key(Attempt.lesson).not_in(with_cards)))
    item_ids = {row.lesson: row.item_ids for row in rows}
    return tuple(lesson for lesson, items in item_ids.items() if any((lesson, name) in review_items for name in items))


def answered_card(review: Review, card: DueCard) -> AnsweredCard:
    """Return the card as it was answered, the options in the order that they had then."""
    response = card.review_item.item.parse_stored(review.response)
    state = ItemState(response, 1, review.hints, True, review.points, True)
    item = card.present(review.number - 1, state, review.certainty)
    return AnsweredCard(review.id, review.number, card, item)


def build_queue(cards: Iterable[DueCard], last: DueCard | None, today: date, room: int) -> tuple[DueCard, ...]:
    """Choose the cards most at risk, as many as there is room for, and mix them. Pure.

    Neighbors come from different modules, else from different lessons, as far as that is possible, beginning
    after the `last` card reviewed. The same day gives the same order, also after some were answered.
    """

    def risk(card: DueCard) -> tuple[float, str]:
        # Ties are settled by a lot that is drawn anew each day.
        return recall(card.memory, today), sha256(f"{today} {card.id}".encode()).hexdigest()

    left, queue = sorted(cards, key=risk)[:room], list[DueCard]()
    while left:
        queue.append(_next_card(left, queue[-1] if queue else last))
        left.remove(queue[-1])
    return tuple(queue)


def _next_card(cards: Sequence[DueCard], before: DueCard | None) -> DueCard:
    """Return the card that is most unlike the one before; of equal ones the first of the largest module."""
    sizes = Counter(card.module for card in cards)
    module, lesson = (before.module, before.review_item.lesson.key) if before else ("", "")
    return min(
        cards, key=lambda card: (card.module == module, card.review_item.lesson.key == lesson, -sizes[card.module])
    )


def _due_card(row: Row[Any], catalog: Catalog, access: AgeAccess, key: bytes) -> DueCard | None:
    """Return the card of a row, None where its question is not to be asked."""
    review_item = reviewable(catalog).get((row.lesson, row.item_id))
    if review_item is None or row.sealed or not access.can_open(review_item.lesson):
        return None
    memory = MemoryState(row.stability, row.difficulty, row.reviewed_on, row.due_on)
    draft = review_item.item.parse_stored(row.draft)
    return DueCard(row.id, row.user_id, memory, row.times, row.seq, row.hints, draft, row.saved_at, review_item, key)
