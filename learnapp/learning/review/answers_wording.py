"""Review answers in words, for the person who gave them: cards and reviews as they may be handed over."""

from sqlalchemy import select

from learnapp.accounts.own_data.rows import Rows
from learnapp.config.derived_keys import derived_key
from learnapp.database.db import AnySession
from learnapp.learning.access import age_access_of
from learnapp.learning.attempts.answers_wording import answer_in_words, as_shown, lesson_title, revision_digest
from learnapp.learning.review.models import ReviewCard
from learnapp.learning.review.pages import SHUFFLE
from learnapp.learning.review.queue import SEALED, DueCard, review_queue
from learnapp.learning.review.service import card_item
from learnapp.quiz.behaviours import ItemState
from learnapp.web import clock
from learnapp.web.catalog import current_catalog


def readable_cards(session: AnySession, user_id: int, rows: Rows) -> Rows:
    """Return cards with their questions; a draft as it stands on the page, which is left out with its question."""
    cards = _cards(session, user_id)
    return [{**row, **_card_in_words(cards.get(row["id"])), "title": lesson_title(row["lesson"])} for row in rows]


def readable_reviews(session: AnySession, user_id: int, rows: Rows) -> Rows:
    """Return reviews beside their questions, in words where the question is still as it was answered.

    While results of a quiz wait, neither answers to its questions are among them nor what these earned.
    """
    cards, readable = _cards(session, user_id), []
    of_sealed = select(ReviewCard.id).where(ReviewCard.user_id == user_id, SEALED)
    sealed, kept_back = set(session.scalars(of_sealed)), {"response": None, "points": None, "rating": None}
    for row in rows:
        card, words = cards.get(row["card_id"]), {}
        if card and row["revision"] == card.review_item.quiz.revision:
            response = card.review_item.item.parse_stored(row["response"])
            words = answer_in_words(card.present(row["number"] - 1, ItemState(response)))
        shown = {**row, **kept_back} if row["card_id"] in sealed else row
        readable.append({**shown, "revision": revision_digest(row["revision"]), **words})
    return readable


def _card_in_words(card: DueCard | None) -> dict[str, object]:
    if card is None:
        return {"draft": None}
    presented = card_item(card)
    return {"draft": as_shown(presented), **answer_in_words(presented)}


def _cards(session: AnySession, user_id: int) -> dict[int, DueCard]:
    access, key = age_access_of(session, user_id), derived_key(SHUFFLE)
    return {
        card.id: card
        for card in review_queue(session, current_catalog(), user_id, access, clock.now().date(), key).cards
    }
