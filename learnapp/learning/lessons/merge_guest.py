"""Guest merge: what a guest has learned becomes an account's, as rows under a lesson's former name the new one's.

Nothing is lost or overwritten (but a guess or judgment that was written anew later), histories are united, and
nothing is asked twice. Lock the user of the old rows
before: while it is locked nothing new can refer to them, so that what is moved is all there is.
"""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from fsrs import Rating
from sqlalchemy import and_, delete, or_, select, true, update
from sqlalchemy.orm import aliased

from learnapp.database.db import AnySession, begin_write, insert, table_of
from learnapp.learning.lessons.own_words.service import move_words
from learnapp.learning.lessons.pretest_answers import move_answers
from learnapp.learning.models import ASIDE, OPEN, Attempt, Progress
from learnapp.learning.progress.rules import LessonState, merge_states
from learnapp.learning.progress.service import STATE_COLUMNS, update_progress
from learnapp.learning.review.models import Review, ReviewAim, ReviewCard
from learnapp.learning.review.queue import review_aim
from learnapp.learning.review.schedule import replay

CARD_IDENTITY = ("user_id", "lesson", "item_id")


def merge_learning(session: AnySession, *, guest_id: int, user_id: int) -> None:
    """Give the account all that the guest has learned, in the order in which locks are taken; its own aim stays."""
    guest, account = {"user_id": guest_id}, {"user_id": user_id}
    move_attempts(session, guest, account)
    move_cards(session, guest, account)
    move_answers(session, guest_id, user_id)
    move_words(session, guest, account)
    aim = review_aim(session, guest_id)
    if aim is not None:
        session.execute(insert(session, ReviewAim).values(user_id=user_id, aim_on=aim).on_conflict_do_nothing())


def move_attempts(session: AnySession, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Give progress and attempts with these columns (`user_id`, `lesson`) the new ones, in the caller's transaction.

    Of two open attempts at a lesson the one saved last stays open and the other is set aside; one whose result waits
    comes before any other. Progress is united: the earliest dates, the best score, the newest place.
    """
    begin_write(session)
    stored = select(*table_of(Progress).c["user_id", "lesson"], *STATE_COLUMNS).filter_by(**old).order_by("lesson")
    for user_id, lesson, *state in session.execute(stored.with_for_update()).all():
        key = {"user_id": user_id, "lesson": lesson, **new}
        update_progress(session, **key, rule=partial(merge_states, other=LessonState(*state)))
    session.execute(delete(Progress).filter_by(**old))
    either = [and_(*(getattr(Attempt, name) == key[name] for name in key)) for key in (old, new)]
    order = (Attempt.deferred.desc(), Attempt.saved_at.desc(), Attempt.id.desc())
    unfinished = select(Attempt.id, Attempt.lesson).order_by(*order).where(Attempt.state == OPEN, or_(*either))
    seen: set[str] = set()
    for attempt_id, lesson in session.execute(unfinished.with_for_update()).all():
        lesson = new.get("lesson", lesson)
        if lesson in seen:
            session.execute(update(Attempt).where(Attempt.id == attempt_id).values(state=ASIDE))
        seen.add(lesson)
    session.execute(update(Attempt).filter_by(**old).values(**new))


def move_cards(session: AnySession, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Give the cards with these columns the new ones; of two that are then the same, one stays with both histories.

    Its memory is worked out anew from both in the order of time.
    """
    leaving, staying = aliased(ReviewCard), aliased(ReviewCard)
    same = [getattr(leaving, name) == getattr(staying, name) for name in CARD_IDENTITY if name not in new]
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
