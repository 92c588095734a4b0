"""Cards ahead: those that may be answered in a row, of today and of the days after, and what was answered on a day.

They are for whoever will have no network for some days: their page is kept, and answers arrive later. So a card may
be answered up to `AHEAD` before its day. That is no loss: the schedule knows how many days have passed since its last
review, and one that was early makes a memory little firmer. The day that counts is that of the arrival.
"""

from datetime import date, timedelta

from sqlalchemy import select

from learnapp.database.db import AnySession
from learnapp.learning.review.models import FROM_REVIEW, Review, ReviewCard
from learnapp.learning.review.queue import AnsweredCard, DueCard, ReviewQueue, answered_card, build_queue

AHEAD = timedelta(days=7)
CARDS_AHEAD = 40  # of today and of the days after


def may_be_answered(card: DueCard, today: date) -> bool:
    """Tell whether a card takes an answer on a day: it is due, or will be soon and was not reviewed on that day."""
    due_on, reviewed_on = card.memory.due_on, card.memory.reviewed_on
    return due_on <= today or (due_on <= today + AHEAD and reviewed_on < today)


def cards_ahead(queue: ReviewQueue) -> tuple[DueCard, ...]:
    """Return the cards that may be answered besides those of today, those most likely forgotten first, and mixed."""
    today, now = queue.today, queue.cards_today
    others = (card for card in queue.cards if may_be_answered(card, today) and card not in now)
    return build_queue(others, now[-1] if now else None, today, CARDS_AHEAD - len(now))


def answered_on(session: AnySession, queue: ReviewQueue) -> tuple[AnsweredCard, ...]:
    """Return what was answered on the day of a queue, the newest first, without what was edited since."""
    cards = {card.id: card for card in queue.cards if card.reviewed_by_card(queue.today)}
    if not cards:
        return ()
    statement = (
        select(Review)
        .join(ReviewCard, Review.card_id == ReviewCard.id)
        .where(ReviewCard.user_id == next(iter(cards.values())).user_id, Review.origin == FROM_REVIEW)
        .where(Review.reviewed_on == queue.today)
        .order_by(Review.reviewed_at.desc(), Review.id.desc())
    )
    answers = ((review, cards[review.card_id]) for review in session.scalars(statement) if review.card_id in cards)
    same = (one for one in answers if one[0].revision == one[1].review_item.quiz.revision)
    return tuple(answered_card(review, card) for review, card in same)
