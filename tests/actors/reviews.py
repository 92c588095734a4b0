"""A learner who reviews, by the services alone: lessons done, cards answered on later days."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.start import start_attempt
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.progress.service import course_progress, mark_read
from learnapp.learning.review.queue import DueCard, ReviewQueue, own_card, review_queue
from learnapp.learning.review.service import answer_card, begin_cards, card_item
from learnapp.quiz.certainty import Certainty
from tests.actors.attempts import SEED, AnySession, answer_all, right, wrong
from tests.factories.base import NOON

KEY = b"a key of these tests"
DAY = timedelta(days=1)
TODAY = NOON.date()
LATER = TODAY + 30 * DAY
_SECONDS = count()  # no two answers are given at the same moment


def finish_lesson(
    session: AnySession,
    catalog: Catalog,
    user: int,
    one: Lesson,
    *,
    kind: str = "main",
    but: tuple[str, ...] = (),
    now: datetime = NOON,
    read: bool = True,
) -> int:
    """Have somebody read a lesson and take its quiz; return how many cards began."""
    progress = course_progress(session, catalog.course_of(one), user).of(one)
    if read:
        mark_read(session, user, progress, now)
        session.commit()
    attempt = start_attempt(session, user, progress, kind, SEED, now)
    session.commit()
    answer_all(session, attempt_detail(session, user, attempt), but=but)
    finish_attempt(session, user, attempt, now)
    made = begin_cards(session, catalog, user, one.key, UTC)
    session.commit()
    return made


def queue_on(
    session: AnySession, catalog: Catalog, user: int, day: date, access: AgeAccess = FULL_ACCESS
) -> ReviewQueue:
    session.rollback()
    return review_queue(session, catalog, user, access, day, KEY)


def again(session: AnySession, catalog: Catalog, card: DueCard) -> DueCard:
    """Read a card anew."""
    session.rollback()
    return own_card(session, catalog, card.user_id, FULL_ACCESS, card.id, KEY)


def answer(
    session: AnySession, card: DueCard, day: date, *, well: bool = True, certainty: Certainty | None = None
) -> int:
    """Answer a card at noon of a day, right or wrong, and commit; return the id of the review."""
    attempt_item = card_item(card)
    moment = datetime.combine(day, time(12), UTC) + timedelta(seconds=next(_SECONDS))
    given = replace(right(attempt_item) if well else wrong(attempt_item), certainty=certainty)
    review_id = answer_card(session, card, given, card.seq, day, moment)
    session.commit()
    return review_id
