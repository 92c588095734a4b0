"""Review: a few cards a day, one at a time, and a date to aim at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Flask, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.exceptions import BadRequest
from wtforms import DateField
from wtforms.validators import InputRequired, ValidationError

from learnapp.accounts.identity import get_or_create_user
from learnapp.accounts.merge_guest import on_guest_merge
from learnapp.content.catalog import Course
from learnapp.db import AnySession, db
from learnapp.learning import errors
from learnapp.learning.access import current_age_access
from learnapp.learning.attempts import feedback, forms
from learnapp.learning.attempts.feedback import ItemFeedback
from learnapp.learning.attempts.question import Question, build_question
from learnapp.learning.errors import CardMovedOn, CardNotFound, NoHintLeft, Unanswered
from learnapp.learning.progress.service import lesson_completed
from learnapp.learning.review import merge_guest, queue
from learnapp.learning.review import service as reviewing
from learnapp.learning.review.forecast import Forecast, forecast
from learnapp.learning.review.queue import AnsweredCard, DueCard, ReviewQueue
from learnapp.web import clock, display
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import register_error_page
from learnapp.web.forms import Form
from learnapp.web.i18n import local_time
from learnapp.web.policy import policy, repeated_fields

bp = Blueprint("review", __name__)

FARTHEST = timedelta(days=5 * 366)


NO_DATE = _l("Choose a date after today")
AT_AIM = "at-aim"


class Day(DateField):  # type: ignore[misc]
    """A date, asked for again in our words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the date that was sent."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(NO_DATE) from None


class AimForm(Form):
    """The day by which somebody wants to know it."""

    aim_on = Day(
        _l("I need this on"),
        description=_l("The day of a lesson, a talk or an exam."),
        validators=[InputRequired(NO_DATE)],
    )

    def validate_aim_on(self, field: Day) -> None:
        """Take a day from tomorrow on that is within some years."""
        if field.data is not None and not today() < field.data <= today() + FARTHEST:
            raise ValidationError(_("Choose a date after today, within the next five years"))


@dataclass(frozen=True)
class ReviewPage:
    """One look at the page: a card to answer, an answer with its reasons, or neither."""

    queue: ReviewQueue
    aim: date | None
    forecast: Forecast | None
    card: DueCard | None = None
    question: Question | None = None
    reviewed: AnsweredCard | None = None
    item_feedback: ItemFeedback | None = None
    bare: int = 0

    @property
    def number(self) -> int:
        """Return which of today's cards is in front, or was answered last."""
        return self.queue.done + (self.reviewed is None)

    @property
    def busy(self) -> bool:
        """Tell whether a card or its answer is in front, so that the rest can stay closed."""
        return self.card is not None or self.reviewed is not None

    @property
    def total(self) -> int:
        return self.queue.done + len(self.queue.cards_today)


@bp.get("/me/review")
@policy("learning")
def review() -> ResponseReturnValue:
    """Show the card in front, the answer just given, or when the next card comes; and the date aimed at."""
    done = request.args.get("done")
    if done is None:
        return show()
    if not (done.isascii() and done.isdigit() and len(done) <= 10) or current_user.id is None:
        raise CardNotFound
    found = queue.own_review(db.session, current_catalog(), current_user.id, current_age_access(), int(done))
    return redirect(url_for("review.review"), 303) if found is None else show(reviewed=found)


@bp.post("/me/review/answers")
@policy("learning")
@repeated_fields("choices")
def answers() -> ResponseReturnValue:
    """Check the answer to a card, or show its next hint; sent twice or from two windows, one counts."""
    fields, now = request.form, clock.now()
    action, seq = forms.read_action(fields), forms.read_seq(fields)
    if action not in {"check", "hint"}:
        raise BadRequest
    card = card_or_404(fields.get("card", ""))
    if fields.get("revision") != card.review_item.form.revision:
        flash(_("This question has changed since you opened it. Here it is as it stands now."))
        return redirect(url_for("review.review"), 303)
    submission = forms.read_submission(reviewing.card_item(card), fields)
    try:
        if action == "hint":
            reviewing.show_hint(db.session, card, submission, seq, now)
            db.session.commit()
            return redirect(url_for("review.review", _anchor="question"), 303)
        answered = reviewing.answer_card(db.session, card, submission, seq, today(), now)
        db.session.commit()
    except Unanswered as error:
        shown_item = reviewing.card_item(card, certainty=submission.certainty)
        return show(card=card, question=build_question(shown_item, fields, error.missing)), 422
    except (CardMovedOn, NoHintLeft):
        db.session.rollback()
        return moved_on(card.id, fields)
    return redirect(url_for("review.review", done=answered.review_id, _anchor="question"), 303)


@bp.post("/me/review/later")
@policy("learning")
def later() -> ResponseReturnValue:
    """Leave all questions of a card's lesson for tomorrow."""
    card = card_or_404(request.form.get("card", ""))
    reviewing.postpone(db.session, card, today() + timedelta(days=1))
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
        return show(form=form), 422
    reviewing.set_aim(db.session, get_or_create_user().id, day)
    db.session.commit()
    # The redirect leads to the date, where a message on top of the page would be off the screen.
    flash(_("The date is removed.") if day is None else _("The date is kept."), AT_AIM)
    return redirect(url_for("review.review", _anchor="aim"), 303)


@bp.post("/me/review/lessons")
@policy("learning")
def lessons() -> ResponseReturnValue:
    """Bring lessons to review that were completed before their cards could be made."""
    catalog, known = current_catalog(), current_user.id
    if known is not None:
        for lesson in queue.lessons_without_cards(db.session, catalog, known):
            make_cards(db.session, user_id=known, lesson=lesson)
        db.session.commit()
    return redirect(url_for("review.review"), 303)


def current_queue() -> ReviewQueue | None:
    """Return the current user's review queue, None for a visitor without any row yet."""
    if current_user.id is None:
        return None
    return queue.review_queue(db.session, current_catalog(), current_user.id, current_age_access(), today())


def today() -> date:
    """Return the day in the reader's time zone."""
    return local_time(clock.now()).date()


def card_or_404(text: str) -> DueCard:
    """Return the current user's card by its id as sent; raises CardNotFound, also for what is no number."""
    if not (text.isascii() and text.isdigit() and len(text) <= 10) or current_user.id is None:
        raise CardNotFound
    return queue.own_card(db.session, current_catalog(), current_user.id, current_age_access(), int(text))


def moved_on(card_id: int, fields: forms.Fields) -> ResponseReturnValue:
    """Lead to the answer that counted, and say so if it is another than the one sent; else to the card."""
    card = card_or_404(str(card_id))
    newest = queue.newest_review(db.session, card) if card.memory.reviewed_on == today() else None
    if newest is None:
        return redirect(url_for("review.review", _anchor="question"), 303)
    response = card.review_item.item.parse_stored(newest.response)
    shown_item = reviewing.card_item(card, response, number=card.times)
    if shown_item.item.parse_form(fields, shown_item.presentation) != response:
        flash(_("You answered this card in another window before. That answer is the one that counts."))
    return redirect(url_for("review.review", done=newest.id, _anchor="question"), 303)


def show(
    *,
    card: DueCard | None = None,
    question: Question | None = None,
    reviewed: AnsweredCard | None = None,
    form: AimForm | None = None,
) -> str:
    """Return the page with what is given in front, else with the first card of today."""
    catalog, known = current_catalog(), current_user.id
    day, found = today(), current_queue() or ReviewQueue((), today())
    aim = queue.review_aim(db.session, known) if known is not None else None
    about: dict[str, Any] = {"card": card, "question": question, "reviewed": reviewed}
    if reviewed is not None:
        shown_item = reviewing.card_item(
            reviewed.card,
            reviewed.response,
            number=reviewed.number,
            points=reviewed.points,
            hints=reviewed.hints,
            certainty=reviewed.certainty,
        )
        about["item_feedback"] = feedback.build_feedback(catalog, shown_item, current_age_access())
    elif card is None and found.cards_today:
        front = found.cards_today[0]
        about |= {"card": front, "question": build_question(reviewing.card_item(front))}
    elif card is None and known is not None:
        about["bare"] = len(queue.lessons_without_cards(db.session, catalog, known))
    outlook = forecast(catalog, found.cards, day, aim) if aim is not None and aim > day else None
    screen = ReviewPage(found, aim, outlook, **about)
    form = form or AimForm(formdata=None, aim_on=aim)
    courses: list[Course] = list(catalog.courses.values())
    earliest = (day + timedelta(days=1)).isoformat()
    return render_template("review/review.html", screen=screen, form=form, courses=courses, earliest=earliest)


def make_cards(session: AnySession, *, user_id: int, lesson: str) -> None:
    """Make the review cards of a lesson that is complete."""
    reviewing.begin_cards(session, current_catalog(), user_id, lesson, display.zone())


def init_app(_app: Flask) -> None:
    """Make cards where a lesson completes, and let a guest's cards follow to an account."""
    lesson_completed.connect(make_cards)
    on_guest_merge(merge_guest.merge_reviews)
    register_error_page(errors.CardNotFound, 404)
    register_error_page(errors.CardMovedOn, 409)
