"""Guest merge of reviews: histories are united, and nothing is asked twice."""

from dataclasses import asdict
from typing import Any

from fsrs import Rating
from sqlalchemy import and_, delete, select, true, update
from sqlalchemy.orm import aliased

from learnapp.accounts.models import User
from learnapp.db import AnySession, begin_write, insert
from learnapp.learning.attempts.merge_guest import merge_attempts
from learnapp.learning.review.models import Review, ReviewAim, ReviewCard
from learnapp.learning.review.queue import review_aim
from learnapp.learning.review.schedule import replay
from learnapp.learning.review.service import set_aim

IDENTITY = ("user_id", "lesson", "item_id")


def merge_cards(session: AnySession, theirs: dict[str, Any], mine: dict[str, Any]) -> None:
    """Unite each pair of cards that is the same but for these columns; the second of the two stays.

    Its memory is worked out anew from both histories in the order of time.
    """
    other, own = aliased(ReviewCard), aliased(ReviewCard)
    same = [getattr(other, name) == getattr(own, name) for name in IDENTITY if name not in mine]
    named = [getattr(other, name) == value for name, value in theirs.items()]
    named += [getattr(own, name) == value for name, value in mine.items()]
    pairs = select(other, own).join(own, and_(true(), *same)).where(*named).order_by(own.id)
    for leaving, card in session.execute(pairs.with_for_update()).all():
        numbers = {"card_id": card.id, "number": Review.number + card.times}
        session.execute(update(Review).where(Review.card_id == leaving.id).values(numbers))
        session.execute(delete(ReviewCard).where(ReviewCard.id == leaving.id))
        reviews = select(Review).where(Review.card_id == card.id).order_by(Review.reviewed_at, Review.id)
        history = session.scalars(reviews).all()
        memory = replay((one.reviewed_on, Rating(one.rating)) for one in history)
        if memory is None:
            continue  # both came without a history, so that the account's own card is as good as any
        updated = {
            **asdict(memory),
            "times": card.times + leaving.times,
            "seq": card.seq + leaving.seq + 1,
            "hints": 0,
            "draft": None,
            "saved_at": history[-1].reviewed_at,
        }
        session.execute(update(ReviewCard).where(ReviewCard.id == card.id).values(updated))


def merge_reviews(session: AnySession, guest_id: int, user_id: int) -> None:
    """Give the guest's cards to the account, in the transaction of the sign-in.

    Cards that both have for a question are united. The account's own date to aim at stays; without one the
    guest's is taken.
    """
    if guest_id == user_id:
        return
    begin_write(session)
    # While this row is locked nothing new can refer to the guest, so what is handed over is all there is.
    session.execute(select(User.id).where(User.id == guest_id).with_for_update())
    merge_cards(session, {"user_id": guest_id}, {"user_id": user_id})
    session.execute(update(ReviewCard).where(ReviewCard.user_id == guest_id).values(user_id=user_id))
    aim = review_aim(session, guest_id)
    if aim is not None:
        session.execute(insert(session, ReviewAim).values(user_id=user_id, aim_on=aim).on_conflict_do_nothing())
        set_aim(session, guest_id, None)


def merge_learning(session: AnySession, *, guest_id: int, user_id: int) -> None:
    """Give the account all that the guest has learned, in the order in which locks are taken."""
    merge_attempts(session, guest_id, user_id)
    merge_reviews(session, guest_id, user_id)
