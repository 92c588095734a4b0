"""Review: a few cards a day, one at a time, and a date to aim at."""

from datetime import timedelta

from flask import Blueprint, Flask, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.access import get_or_create_user
from learnapp.accounts.own_data.readable import register_reader
from learnapp.config.derived_keys import derived_key
from learnapp.database.db import AnySession, db
from learnapp.learning.access import current_age_access
from learnapp.learning.attempts import forms
from learnapp.learning.attempts.question import build_question
from learnapp.learning.errors import CardNotFound, NoHintLeft, StaleSave, Unanswered
from learnapp.learning.progress.service import lesson_is_complete
from learnapp.learning.review import queue, service, wording
from learnapp.learning.review.answers_wording import readable_cards, readable_reviews
from learnapp.learning.review.pages import SHUFFLE, AimForm, review_page, shown_version
from learnapp.learning.review.queue import DueCard
from learnapp.quiz.item import read_digits
from learnapp.web import clock, display
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import register_error_page
from learnapp.web.i18n import today
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("review", __name__)
AT_AIM = "at-aim"


@bp.get("/me/review")
@policy("learning")
def review() -> ResponseReturnValue:
    """Show the card in front, the answer just given, or when the next card comes; and the date aimed at."""
    if "done" not in request.args:
        return review_page()
    catalog, review_id = current_catalog(), id_or_404(request.args["done"])
    key = derived_key(SHUFFLE)
    reviewed = queue.own_review(db.session, catalog, current_user.id, current_age_access(), review_id, key)
    return redirect(url_for("review.review"), 303) if reviewed is None else review_page(reviewed=reviewed)


@bp.post("/me/review/answers")
@policy("learning", repeated=["choices"])
def answers() -> ResponseReturnValue:
    """Check the answer to a card, or show its next hint; sent twice or from two windows, one counts."""
    fields, now = request.form, clock.now()
    action, seq = forms.read_action(fields, allowed=("check", "hint")), forms.read_seq(fields)
    card = card_or_404(fields.get("card", ""))
    if fields.get("version") != shown_version(card.review_item.quiz):
        flash(_("This question has changed since you opened it. Here it is as it stands now."))
        return redirect(url_for("review.review"), 303)
    submission = forms.read_submission(service.card_item(card), fields)
    try:
        if action == "hint":
            service.show_hint(db.session, card, submission, seq, now)
            db.session.commit()
            return redirect(url_for("review.review", _anchor="hint"), 303)
        review_id = service.answer_card(db.session, card, submission, seq, today(), now)
        db.session.commit()
    except Unanswered as error:
        question = build_question(service.card_item(card, submission), fields, error.missing)
        return review_page(card=card, question=question), 422
    except (StaleSave, NoHintLeft):
        db.session.rollback()
        return card_conflict_response(card.id, fields)
    return redirect(url_for("review.review", done=review_id, _anchor="question"), 303)


@bp.post("/me/review/later")
@policy("learning")
def later() -> ResponseReturnValue:
    """Leave all questions of a card's lesson for tomorrow."""
    card = card_or_404(request.form.get("card", ""))
    service.postpone(db.session, card, today() + timedelta(days=1))
    db.session.commit()
    flash(_("The questions from “%(title)s” wait until tomorrow.", title=card.review_item.lesson.title))
    return redirect(url_for("review.review"), 303)


@bp.post("/me/review/aim")
@policy("learning")
def aim() -> ResponseReturnValue:
    """Remember the day to aim at, or forget it."""
    form = AimForm()
    if request.form.get("action") == "clear":
        day = None
    elif form.validate_on_submit():
        day = form.aim_on.data
    else:
        return review_page(form=form), 422
    if day is not None or current_user.id is not None:
        service.set_aim(db.session, get_or_create_user().id, day)
        db.session.commit()
    # The redirect leads to the date, where a message on top of the page would be off the screen.
    flash(_("The date is removed.") if day is None else _("The date is kept."), AT_AIM)
    return redirect(url_for("review.review", _anchor="aim"), 303)


@bp.post("/me/review/lessons")
@policy("learning")
def add_missing_cards() -> ResponseReturnValue:
    """Bring lessons to review that were completed before their cards could be made."""
    catalog, user_id = current_catalog(), current_user.id
    if user_id is not None:
        for lesson in queue.lessons_without_cards(db.session, catalog, user_id):
            make_cards(db.session, user_id=user_id, lesson=lesson)
        db.session.commit()
    return redirect(url_for("review.review"), 303)


def id_or_404(text: str) -> int:
    """Return the id of a card or review as sent; raises CardNotFound, also for a visitor, who has none."""
    number = read_digits(text)
    if number is None or current_user.id is None:
        raise CardNotFound
    return number


def card_or_404(text: str) -> DueCard:
    """Return the current user's card by its id as sent; raises CardNotFound, also for what is no number."""
    card_id = id_or_404(text)
    key = derived_key(SHUFFLE)
    return queue.own_card(db.session, current_catalog(), current_user.id, current_age_access(), card_id, key)


def card_conflict_response(card_id: int, fields: forms.Fields) -> ResponseReturnValue:
    """Lead to the answer that counted, and say so if it is another than the one sent; else to the card."""
    card = card_or_404(str(card_id))
    newest = queue.newest_review(db.session, card) if card.memory.reviewed_on == today() else None
    if newest is None:
        anchor = "hint" if fields.get("action") == "hint" and card.hints else "question"
        return redirect(url_for("review.review", _anchor=anchor), 303)
    if newest.item.item.parse_form(fields, newest.item.presentation) != newest.item.state.response:
        flash(_("You answered this card in another window before. That answer is the one that counts."))
    return redirect(url_for("review.review", done=newest.review_id, _anchor="question"), 303)


def make_cards(session: AnySession, *, user_id: int, lesson: str) -> None:
    """Make the review cards of a lesson that is complete."""
    service.begin_cards(session, current_catalog(), user_id, lesson, display.zone())


def init_app(app: Flask) -> None:
    """Make cards where a lesson completes, and give templates the words of review."""
    add_template_functions(app, wording)
    register_reader("review_cards", readable_cards, "title", "question", "answer")
    register_reader("reviews", readable_reviews, "question", "answer")
    lesson_is_complete.connect(make_cards)
    register_error_page(CardNotFound, 404)
