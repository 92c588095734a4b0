"""Guest merge of all that was learned, and of cards under two names: histories are united, nothing is asked twice."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from fsrs import Rating
from sqlalchemy import and_, delete, select, true, update
from sqlalchemy.orm import aliased

from learnapp.db import AnySession, insert
from learnapp.learning.attempts.merge_guest import move_attempts
from learnapp.learning.review.models import Review, ReviewAim, ReviewCard
from learnapp.learning.review.queue import review_aim
from learnapp.learning.review.schedule import replay

IDENTITY = ("user_id", "lesson", "item_id")


def merge_learning(session: AnySession, *, guest_id: int, user_id: int) -> None:
    """Give the account all that the guest has learned, in the order in which locks are taken.

    The account's own date to aim at stays; without one the guest's is taken.
    """
    guest, account = {"user_id": guest_id}, {"user_id": user_id}
    move_attempts(session, guest, account)
    move_cards(session, guest, account)
    aim = review_aim(session, guest_id)
    if aim is not None:
        session.execute(insert(session, ReviewAim).values(user_id=user_id, aim_on=aim).on_conflict_do_nothing())


def move_cards(session: AnySession, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Give the cards with these columns the new ones; of two that are then the same, one stays with both histories.

    Its memory is worked out anew from both in the order of time. Call it as `move_attempts` is called.
    """
    leaving, staying = aliased(ReviewCard), aliased(ReviewCard)
    same = [getattr(leaving, name) == getattr(staying, name) for name in IDENTITY if name not in new]
    named = [getattr(card, name) == key[name] for card, key in ((leaving, old), (staying, new)) for name in key]
    pairs = select(leaving, staying).join(staying, and_(true(), *same)).where(*named).order_by(staying.id)
    for other, card in session.execute(pairs.with_for_update()).all():
        numbers = {"card_id": card.id, "number": Review.number + card.times}
        session.execute(update(Review).where(Review.card_id == other.id).values(numbers))
        session.execute(delete(ReviewCard).where(ReviewCard.id == other.id))
        reviews = select(Review).where(Review.card_id == card.id).order_by(Review.reviewed_at, Review.id)
        history = session.scalars(reviews).all()
        memory = replay((review.reviewed_on, Rating(review.rating)) for review in history)
        if memory is None:
            continue  # both came without a history, so that the card that stays is as good as any
        updated = {
            **asdict(memory),
            "times": card.times + other.times,
            "seq": card.seq + other.seq + 1,
            "hints": 0,
            "draft": None,
            "saved_at": history[-1].reviewed_at,
        }
        session.execute(update(ReviewCard).where(ReviewCard.id == card.id).values(updated))
    session.execute(update(ReviewCard).filter_by(**old).values(**new))
