"""Review actions: cards begin, are answered and come back. The door for all that writes.

`seq` is the number of the newest change that the page knew of; the database moves a card on by one only where
it still stands there, so that a second press or another window changes nothing, as in `attempts/answer.py`.
"""

from dataclasses import asdict, replace
from datetime import date, datetime, tzinfo
from typing import Any

from fsrs import Rating
from sqlalchemy import delete, update

from learnapp.content.catalog import Catalog
from learnapp.database.db import AnySession, begin_write, insert
from learnapp.learning.attempts.answer import Submission
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import PresentedItem
from learnapp.learning.errors import NoHintLeft, StaleSave, Unanswered
from learnapp.learning.models import Attempt
from learnapp.learning.review.ahead import may_be_answered
from learnapp.learning.review.items import reviewable
from learnapp.learning.review.models import FROM_QUIZ, FROM_REVIEW, Review, ReviewAim, ReviewCard
from learnapp.learning.review.queue import DueCard, passed_quizzes
from learnapp.learning.review.schedule import rate, schedule_review
from learnapp.quiz.behaviours import ItemState


def begin_cards(session: AnySession, catalog: Catalog, user_id: int, lesson: str, zone: tzinfo) -> int:
    """Make the cards of a lesson that is complete, each with the quiz's result as its first review.

    Takes the questions of the quiz that was passed last. Return how many cards are new: none while the lesson
    is not complete, and none for a question that has a card, however often this is called.
    """
    passed = session.execute(passed_quizzes(user_id).where(Attempt.lesson == lesson)).all()
    if not passed:
        return 0
    attempt, review_items = attempt_detail(session, user_id, passed[-1].id), reviewable(catalog)
    # An attempt keeps the names of its day; its cards get those of today.
    attempt_items = {
        review_items[lesson, done.item.id].item.id: done
        for done in attempt.items
        if (lesson, done.item.id) in review_items
    }
    finished_at = attempt.summary.finished_at
    if not attempt_items or finished_at is None:
        return 0
    day, key = finished_at.astimezone(zone).date(), catalog.renamed_lessons.get(lesson, lesson)
    ratings = {name: rate(done.item, done.state, done.certainty) for name, done in attempt_items.items()}
    own = {"user_id": user_id, "lesson": key, "saved_at": finished_at}
    memories = {name: asdict(schedule_review(None, rating, day)) for name, rating in ratings.items()}
    cards = [{**own, "item_id": name, **memory} for name, memory in memories.items()]
    begin_write(session)
    statement = insert(session, ReviewCard).values(cards).on_conflict_do_nothing()
    new = session.execute(statement.returning(ReviewCard.id, ReviewCard.item_id)).all()
    session.add_all(
        _review(attempt_items[name], ratings[name], day, finished_at, card_id=card_id, number=1, origin=FROM_QUIZ)
        for card_id, name in new
    )
    session.flush()
    return len(new)


def card_item(card: DueCard, submission: Submission | None = None) -> PresentedItem:
    """Return the card's item to be answered, with what was submitted, else with its draft.

    Each review shows the options in an order of its own.
    """
    given = submission or Submission(card.draft)
    return card.present(card.times, ItemState(given.response, 0, card.hints), given.certainty)


def answer_card(
    session: AnySession, card: DueCard, submission: Submission, seq: int, today: date, now: datetime
) -> int:
    """Grade an answer, keep it, decide when the card comes back; return its id. Raises StaleSave, Unanswered."""
    if card.seq != seq or not may_be_answered(card, today):
        raise StaleSave(f"card {card.id} is at {card.seq}, or not due")
    asked, response = card_item(card), submission.response
    if missing := asked.item.missing(response, asked.presentation):
        raise Unanswered(missing)
    points = asked.item.grade(response)
    answered = replace(asked, state=ItemState(response, 1, card.hints, True, points), certainty=submission.certainty)
    rating = rate(asked.item, answered.state, answered.certainty)
    memory = schedule_review(card.memory, rating, today)
    begin_write(session)
    _move(session, card, now, **asdict(memory), times=card.times + 1, hints=0, draft=None)
    review = _review(answered, rating, today, now, card_id=card.id, number=card.times + 1, origin=FROM_REVIEW)
    review.response = asked.item.to_json(response) if response else None
    session.add(review)
    session.flush()
    return review.id


def show_hint(session: AnySession, card: DueCard, submission: Submission, seq: int, now: datetime) -> None:
    """Open the next hint and keep what was filled in so far. Raises StaleSave, NoHintLeft."""
    if card.seq != seq:
        raise StaleSave(f"card {card.id} is at {card.seq}, or not due")
    if card.hints >= len(card.review_item.item.hints):
        raise NoHintLeft(card.review_item.item.id)
    draft = card.review_item.item.to_json(submission.response) if submission.response else None
    begin_write(session)
    _move(session, card, now, hints=card.hints + 1, draft=draft)


def postpone(session: AnySession, card: DueCard, until: date) -> None:
    """Let all due cards of this card's lesson wait until a day. No review is counted."""
    begin_write(session)
    lesson = card.review_item.lesson
    names = (lesson.key, *lesson.was)  # rows of a lesson that was renamed may not have followed yet
    due = (ReviewCard.user_id == card.user_id, ReviewCard.lesson.in_(names), ReviewCard.due_on < until)
    session.execute(update(ReviewCard).where(*due).values(due_on=until, seq=ReviewCard.seq + 1))


def set_aim(session: AnySession, user_id: int, day: date | None) -> None:
    """Remember the day by which this person wants to know it; None forgets it."""
    begin_write(session)
    if day is None:
        session.execute(delete(ReviewAim).where(ReviewAim.user_id == user_id))
        return
    row = insert(session, ReviewAim).values(user_id=user_id, aim_on=day)
    session.execute(row.on_conflict_do_update(index_elements=["user_id"], set_={"aim_on": day}))


def _review(answered: PresentedItem, rating: Rating, day: date, now: datetime, **of_card: Any) -> Review:
    return Review(
        **of_card,
        reviewed_on=day,
        reviewed_at=now,
        rating=int(rating),
        hints=answered.state.hints,
        certainty=answered.certainty,
        points=answered.state.points or 0.0,
        revision=answered.quiz.revision,
    )


def _move(session: AnySession, card: DueCard, now: datetime, **values: Any) -> None:
    """Change a card that still stands where this one stands; raises StaleSave for another."""
    same = (ReviewCard.id == card.id) & (ReviewCard.user_id == card.user_id) & (ReviewCard.seq == card.seq)
    statement = update(ReviewCard).where(same).values(seq=card.seq + 1, saved_at=now, **values)
    if session.execute(statement.returning(ReviewCard.id)).one_or_none() is None:
        raise StaleSave(f"card {card.id} is at {card.seq}, or not due")
