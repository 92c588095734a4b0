"""Review: a few cards a day, one at a time, and a date to aim at."""

from datetime import timedelta

from flask import Blueprint, Flask, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.access import get_or_create_user
from learnapp.accounts.own_data.readable import register_reader
from learnapp.database.db import AnySession, db
from learnapp.learning.attempts import forms
from learnapp.learning.attempts.question import build_question
from learnapp.learning.errors import CardNotFound, NoHintLeft, StaleSave, Unanswered
from learnapp.learning.progress.service import lesson_is_complete
from learnapp.learning.review import queue, responses, service, wording
from learnapp.learning.review.answers_wording import readable_cards, readable_reviews
from learnapp.learning.review.pages import AimForm, ahead_page, card_or_404, review_or_404, review_page, shown_version
from learnapp.web import clock, display
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import register_error_page
from learnapp.web.http.requests import wants_json
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
    reviewed = review_or_404(request.args["done"])
    return redirect(url_for("review.review"), 303) if reviewed is None else review_page(reviewed=reviewed)


@bp.get("/me/review/ahead")
@policy("learning")
def ahead() -> ResponseReturnValue:
    """Show the cards of today and of the next days, to be answered in a row, also where there is no network then."""
    return ahead_page()


@bp.post("/me/review/answers")
@policy("learning", repeated=["choices"])
def answers() -> ResponseReturnValue:
    """Check the answer to a card, or show its next hint; sent twice or from two windows, one counts."""
    fields, now = request.form, clock.now()
    action, seq = forms.read_action(fields, allowed=("check", "hint")), forms.read_seq(fields)
    card, times = card_or_404(fields.get("card", "")), responses.times_shown(fields)
    if times is not None:
        # A hint that was opened meanwhile, or a day that was moved, is no other answer.
        if times != card.times:
            return responses.conflict_response(card.id, fields)
        seq = card.seq
    if fields.get("version") != shown_version(card.review_item.quiz):
        return responses.changed_response(card.id)
    submission = forms.read_submission(service.card_item(card), fields)
    try:
        if action == "hint":
            service.show_hint(db.session, card, submission, seq, now)
            db.session.commit()
            return redirect(url_for("review.review", _anchor="hint"), 303)
        review_id = service.answer_card(db.session, card, submission, seq, today(), now)
        db.session.commit()
    except Unanswered as error:
        if wants_json():
            return responses.missing_response(card.id)
        question = build_question(service.card_item(card, submission), fields, error.missing)
        return review_page(card=card, question=question), 422
    except (StaleSave, NoHintLeft):
        db.session.rollback()
        return responses.conflict_response(card.id, fields)
    return responses.answered_response(card.id, review_id)


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
