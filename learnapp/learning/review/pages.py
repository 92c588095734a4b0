"""Review pages: the current user's queue, cards and answers, the date to aim at, and what stands in front."""

from dataclasses import replace
from datetime import timedelta

from flask import render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms.validators import InputRequired, ValidationError

from learnapp.config.derived_keys import derived_key, keyed_digest
from learnapp.database.db import db
from learnapp.learning.access import current_age_access
from learnapp.learning.attempts.feedback import build_feedback
from learnapp.learning.attempts.question import Question, build_question
from learnapp.learning.errors import CardNotFound
from learnapp.learning.review.ahead import AHEAD, answered_on, cards_ahead
from learnapp.learning.review.forecast import forecast
from learnapp.learning.review.queue import (
    AnsweredCard,
    DueCard,
    ReviewQueue,
    lessons_without_cards,
    own_card,
    own_review,
    review_aim,
    review_queue,
)
from learnapp.learning.review.service import card_item
from learnapp.quiz.item import read_digits
from learnapp.quiz.quiz import QuizVersion
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.copies import is_copy
from learnapp.web.forms import Form, PlainDateField
from learnapp.web.i18n import today

FARTHEST = timedelta(days=5 * 366)
SHUFFLE = "order of review cards"
NO_DATE = _l("Choose a date after today")


class AimForm(Form):
    """The day by which somebody wants to know it."""

    aim_on = PlainDateField(
        _l("I need this on"),
        [InputRequired(NO_DATE)],
        problem=NO_DATE,
        description=_l("The day of a lesson, a talk or an exam."),
    )

    def validate_aim_on(self, field: PlainDateField) -> None:
        """Take a day from tomorrow on that is within some years."""
        if field.data is not None and not today() < field.data <= today() + FARTHEST:
            raise ValidationError(_("Choose a date after today, within the next five years"))


def current_queue() -> ReviewQueue:
    """Return the current user's review queue, empty for a visitor without any row yet."""
    if current_user.id is None:
        return ReviewQueue((), today())
    key = derived_key(SHUFFLE)
    return review_queue(db.session, current_catalog(), current_user.id, current_age_access(), today(), key)


def card_or_404(text: str) -> DueCard:
    """Return the current user's card by its id as sent; raises CardNotFound, also for what is no number."""
    card_id, key = _id_or_404(text), derived_key(SHUFFLE)
    return own_card(db.session, current_catalog(), current_user.id, current_age_access(), card_id, key)


def review_or_404(text: str) -> AnsweredCard | None:
    """Return an answer of the current user by its id as sent, None where its quiz was edited; raises CardNotFound."""
    review_id, key = _id_or_404(text), derived_key(SHUFFLE)
    return own_review(db.session, current_catalog(), current_user.id, current_age_access(), review_id, key)


def _id_or_404(text: str) -> int:
    number = read_digits(text)
    if number is None or current_user.id is None:
        raise CardNotFound
    return number


def shown_version(quiz: QuizVersion) -> str:
    """Return letters that stand for a quiz as it is now, to be sent back with the answer to a card from it."""
    return keyed_digest("quiz of a card", quiz.revision)


def review_page(
    *,
    card: DueCard | None = None,
    question: Question | None = None,
    reviewed: AnsweredCard | None = None,
    form: AimForm | None = None,
) -> str:
    """Return the page with a card to answer or its answer in front, as given, else with the first card of today."""
    catalog, user_id, queue = current_catalog(), current_user.id, current_queue()
    aim = review_aim(db.session, user_id) if user_id is not None else None
    without_cards: tuple[str, ...] = ()
    if card is None and reviewed is None:
        if queue.cards_today:
            card = queue.cards_today[0]
            question = build_question(card_item(card))
        elif user_id is not None:
            without_cards = lessons_without_cards(db.session, catalog, user_id)
    return render_template(
        "review/review.html",
        queue=queue,
        aim=aim,
        forecast=forecast(catalog, queue, aim) if aim and aim > queue.today else None,
        card=card,
        question=question,
        shown_version=shown_version(card.review_item.quiz) if card else "",
        reviewed=reviewed,
        item_feedback=build_feedback(catalog, reviewed.item, current_age_access()) if reviewed else None,
        without_cards=len(without_cards),
        form=form or AimForm(formdata=None, aim_on=aim),
        courses=list(catalog.courses.values()),
        earliest=(queue.today + timedelta(days=1)).isoformat(),
    )


def ahead_page() -> str:
    """Return the page with all cards that may be answered now, and with what was answered today."""
    catalog, queue, access = current_catalog(), current_queue(), current_age_access()

    def ask(card: DueCard) -> tuple[DueCard, Question, str]:
        blank = replace(card, draft=None, hints=0)  # what was typed beside a hint stays with the review page
        return card, build_question(card_item(blank), ids=f"card-{card.id}-"), shown_version(card.review_item.quiz)

    answered = () if is_copy() else answered_on(db.session, queue)
    return render_template(
        "review/ahead.html",
        queue=queue,
        asked=[ask(card) for card in queue.cards_today],
        more=[ask(card) for card in cards_ahead(queue)],
        last=queue.today + AHEAD,
        answered=[(one, build_feedback(catalog, one.item, access)) for one in answered],
        now=clock.now(),
    )
