"""Responses to a card that was answered: pages lead on, and a script is told in JSON what became of its answer.

A script's answer may have waited in a browser for days. It says after how many reviews its card was shown (`times`),
so that hints and days that were moved meanwhile are told apart from another answer.
"""

from flask import flash, jsonify, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from learnapp.database.db import db
from learnapp.learning.access import current_age_access
from learnapp.learning.attempts.feedback import build_feedback
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.review import queue
from learnapp.learning.review.pages import card_or_404, review_or_404
from learnapp.learning.review.queue import AnsweredCard
from learnapp.quiz.item import read_digits
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.http.requests import wants_json
from learnapp.web.i18n import today

STORED, OTHER, CHANGED, MISSING = "stored", "other", "changed", "missing"


def times_shown(fields: Fields) -> int | None:
    """Return after how many reviews a card was shown ahead, None where it was not."""
    return read_digits(fields.get("times"))


def answered_response(card_id: int, review_id: int) -> ResponseReturnValue:
    """Lead to the answer that was just kept."""
    if wants_json():
        return _json(card_id, STORED, review_or_404(str(review_id)))
    return redirect(url_for("review.review", done=review_id, _anchor="question"), 303)


def changed_response(card_id: int) -> ResponseReturnValue:
    """Say that a question is another one by now, so that its answer was not counted."""
    if wants_json():
        return _json(card_id, CHANGED)
    flash(_("This question has changed since you opened it. Here it is as it stands now."))
    return redirect(url_for("review.review"), 303)


def missing_response(card_id: int) -> ResponseReturnValue:
    """Tell a script that an answer lacks something, or can be read in two ways."""
    return _json(card_id, MISSING)


def conflict_response(card_id: int, fields: Fields) -> ResponseReturnValue:
    """Lead to the answer that counted, and say so if it is another than the one sent; else to the card."""
    card, times = card_or_404(str(card_id)), times_shown(fields)
    moved_on = card.memory.reviewed_on == today() if times is None else card.times > times
    newest = queue.newest_review(db.session, card) if moved_on else None
    if newest is None:
        if wants_json():
            return _json(card_id, CHANGED)
        anchor = "hint" if fields.get("action") == "hint" and card.hints else "question"
        return redirect(url_for("review.review", _anchor=anchor), 303)
    is_other = newest.item.item.parse_form(fields, newest.item.presentation) != newest.item.state.response
    if wants_json():
        return _json(card_id, OTHER if is_other else STORED, newest)
    if is_other:
        flash(_("You answered this card in another window before. That answer is the one that counts."))
    return redirect(url_for("review.review", done=newest.review_id, _anchor="question"), 303)


def _json(card_id: int, outcome: str, answered: AnsweredCard | None = None) -> ResponseReturnValue:
    """Return what became of an answer; with it the review that counts, and how it went."""
    told = build_feedback(current_catalog(), answered.item, current_age_access()).words if answered else ""
    body = {
        "card": card_id,
        "outcome": outcome,
        "review": answered.review_id if answered else None,
        "verdict": told,
        "at": clock.now().isoformat(),
    }
    return jsonify(body), {STORED: 200, MISSING: 422}.get(outcome, 409)
