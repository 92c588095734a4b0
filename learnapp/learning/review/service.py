"""Review actions: cards begin, are answered and come back. The door for all that writes.

A review is one answer to one card:

    card = own_card(session, catalog, user_id, access, card_id)
    answered = answer_card(session, card, Submission(response, certainty=3), seq, today, now)
    session.commit()                                             # in the view; only now is it kept

`seq` is the number of the newest change that the page knew of; the database moves a card on by one only where
it still stands there, so that a second press or another window changes nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import bindparam, select

from learnapp.content.catalog import Catalog
from learnapp.db import AnySession, begin_write, execute, insert, table_of
from learnapp.learning.attempts.answer import Submission
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import ShownItem
from learnapp.learning.errors import CardMovedOn, NoHintLeft, Unanswered
from learnapp.learning.models import MISSED, Attempt, Progress
from learnapp.learning.review.items import reviewable
from learnapp.learning.review.models import FROM_QUIZ, FROM_REVIEW, Review, ReviewAim, ReviewCard
from learnapp.learning.review.queue import DueCard
from learnapp.learning.review.schedule import MemoryState, rate, schedule_review
from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.item import ItemResponse

_CARDS, _REVIEWS, _AIMS = table_of(ReviewCard), table_of(Review), table_of(ReviewAim)
_ATTEMPTS, _PROGRESS = table_of(Attempt), table_of(Progress)
_PASSED = (
    select(_ATTEMPTS.c.id)
    .join(
        _PROGRESS, (_PROGRESS.c.user_id == _ATTEMPTS.c.user_id) & (_PROGRESS.c.lesson == _ATTEMPTS.c.lesson)
    )
    .where(_ATTEMPTS.c.user_id == bindparam("user"), _ATTEMPTS.c.lesson == bindparam("lesson"))
    .where(_ATTEMPTS.c.passed, _ATTEMPTS.c.kind != MISSED, _PROGRESS.c.completed_at.is_not(None))
    .order_by(_ATTEMPTS.c.finished_at.desc(), _ATTEMPTS.c.id.desc())
    .limit(1)
)
# Sets the columns that are named when it is run.
_MOVE = _CARDS.update().where(
    _CARDS.c.id == bindparam("of_card"),
    _CARDS.c.user_id == bindparam("of_user"),
    _CARDS.c.seq == bindparam("of_seq"),
)
_POSTPONE = (
    _CARDS.update()
    .where(_CARDS.c.user_id == bindparam("of_user"), _CARDS.c.lesson == bindparam("of_lesson"))
    .where(_CARDS.c.due_on < bindparam("until"))
    .values(due_on=bindparam("until"), seq=_CARDS.c.seq + 1)
)
_ADD = _REVIEWS.insert().returning(_REVIEWS.c.id)


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A review that was stored: its number in addresses, and the memory that it left."""

    review_id: int
    memory: MemoryState


def begin_cards(session: AnySession, catalog: Catalog, user_id: int, lesson: str, zone: tzinfo) -> int:
    """Make the cards of a lesson that is complete, each with the quiz's result as its first review.

    Takes the questions of the quiz that was passed last. Return how many cards are new: none while the lesson
    is not complete, and none for a question that has a card, however often this is called.
    """
    attempt = execute(session, _PASSED, {"user": user_id, "lesson": lesson}).scalar_one_or_none()
    if attempt is None:
        return 0
    known, attempt = reviewable(catalog), attempt_detail(session, user_id, attempt)
    # An attempt keeps the names of its day; its cards get those of today.
    attempt_items = {
        known[lesson, attempt_item.item.id].item.id: attempt_item
        for attempt_item in attempt.items
        if (lesson, attempt_item.item.id) in known
    }
    finished_at = attempt.summary.finished_at
    if not attempt_items or finished_at is None:
        return 0
    day = finished_at.astimezone(zone).date()
    ratings = {
        item: rate(attempt_item.item, attempt_item.state, attempt_item.certainty)
        for item, attempt_item in attempt_items.items()
    }
    cards = [
        {
            "user_id": user_id,
            "lesson": catalog.renamed_lessons.get(lesson, lesson),
            "item_id": item,
            **asdict(schedule_review(None, rating, day)),
            "times": 1,
            "seq": 0,
            "hints": 0,
            "draft": None,
            "saved_at": finished_at,
        }
        for item, rating in ratings.items()
    ]
    begin_write(session)
    made = insert(session, ReviewCard).values(cards).on_conflict_do_nothing()
    new = session.execute(made.returning(_CARDS.c.id, _CARDS.c.item_id)).all()
    reviews = [
        {
            "card_id": card,
            "number": 1,
            "origin": FROM_QUIZ,
            "reviewed_on": day,
            "reviewed_at": finished_at,
            "rating": int(ratings[item]),
            "hints": attempt_items[item].state.hints,
            "certainty": attempt_items[item].certainty,
            "points": attempt_items[item].state.points or 0.0,
            "response": None,
            "revision": attempt.summary.revision,
        }
        for card, item in new
    ]
    if reviews:
        session.execute(_REVIEWS.insert(), reviews)
    return len(reviews)


def card_item(
    card: DueCard,
    response: ItemResponse | None = None,
    *,
    number: int | None = None,
    points: float | None = None,
    hints: int | None = None,
    certainty: int | None = None,
) -> ShownItem:
    """Return the card's item to be shown: open, or as it was answered in review `number`."""
    form, item, answered = card.review_item.form, card.review_item.item, number is not None
    # Each review shows the options in an order of its own, the same again when its answer is looked at.
    seed = card.times if number is None else number - 1
    hints = card.hints if hints is None else hints
    response = response if answered else card.draft
    return ShownItem(
        lesson=card.review_item.lesson.key,
        short=card.review_item.short,
        form=form,
        item=item,
        number=1,
        state=ItemState(response, int(answered), hints, answered, points, answered),
        certainty=certainty,
        presentation=item.present(form.revision, seed),
    )


def answer_card(
    session: AnySession, card: DueCard, submission: Submission, seq: int, today: date, now: datetime
) -> StoredReview:
    """Grade an answer, keep it and decide when the card comes back.

    Raises CardMovedOn when it was answered meanwhile or is not due, Unanswered when something is missing.
    """
    if card.seq != seq or card.memory.due_on > today:
        raise CardMovedOn(card.id)
    shown_item = card_item(card)
    response, certainty = submission.response, submission.certainty
    if gaps := shown_item.item.missing(response, shown_item.presentation):
        raise Unanswered(gaps)
    rating = rate(shown_item.item, ItemState(response, 1, card.hints), certainty)
    memory = schedule_review(card.memory, rating, today)
    begin_write(session)
    _move(session, card, now, **asdict(memory), times=card.times + 1, hints=0, draft=None)
    review = {
        "card_id": card.id,
        "number": card.times + 1,
        "origin": FROM_REVIEW,
        "reviewed_on": today,
        "reviewed_at": now,
        "rating": int(rating),
        "hints": card.hints,
        "certainty": certainty,
        "points": shown_item.item.grade(response).points,
        "response": response.to_json() if response else None,
        "revision": shown_item.form.revision,
    }
    return StoredReview(execute(session, _ADD, review).scalar_one(), memory)


def show_hint(session: AnySession, card: DueCard, submission: Submission, seq: int, now: datetime) -> None:
    """Open the next hint and keep what was filled in so far. Raises CardMovedOn, NoHintLeft."""
    if card.seq != seq:
        raise CardMovedOn(card.id)
    if card.hints >= len(card.review_item.item.hints):
        raise NoHintLeft(card.review_item.item.id)
    draft = submission.response.to_json() if submission.response else None
    begin_write(session)
    _move(session, card, now, hints=card.hints + 1, draft=draft)


def postpone(session: AnySession, card: DueCard, until: date) -> int:
    """Let all due cards of this card's lesson wait until a day; return how many. No review is counted."""
    begin_write(session)
    key = {"of_user": card.user_id, "of_lesson": card.review_item.lesson.key, "until": until}
    return execute(session, _POSTPONE, key).rowcount


def set_aim(session: AnySession, user_id: int, day: date | None) -> None:
    """Remember the day by which this person wants to know it; None forgets it."""
    begin_write(session)
    if day is None:
        execute(session, _AIMS.delete().where(_AIMS.c.user_id == bindparam("user")), {"user": user_id})
        return
    row = insert(session, ReviewAim).values(user_id=user_id, aim_on=day)
    session.execute(row.on_conflict_do_update(index_elements=["user_id"], set_={"aim_on": day}))


def _move(session: AnySession, card: DueCard, now: datetime, **values: Any) -> None:
    key = {"of_card": card.id, "of_user": card.user_id, "of_seq": card.seq}
    if execute(session, _MOVE, {**key, "seq": card.seq + 1, "saved_at": now, **values}).rowcount != 1:
        raise CardMovedOn(card.id)
