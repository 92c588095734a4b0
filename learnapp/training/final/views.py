"""Pages of finals: what came of a form, by theme and question by question, or that it was set aside."""

from flask import Blueprint, Flask, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from learnapp.database.db import db
from learnapp.learning.access import current_age_access, current_user_id
from learnapp.learning.attempts.screens import build_result
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.other_quizzes import find_other_quiz, register_other_quiz
from learnapp.training.final import wording
from learnapp.training.final.results import final_result
from learnapp.training.final.rules import AGAIN_AFTER, asked_now, is_over
from learnapp.training.final.store import FOLDER, finals_of, program_of
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("finals", __name__)


@bp.get("/training/finals/<int(max=2147483647):attempt_id>")
@policy("member", obj="attempt")
def result(attempt_id: int) -> ResponseReturnValue:
    """Show what came of a form; one that takes answers is gone on with.

    What was right is told of one that was passed, but for what an open form asks: the bank will ask again.
    """
    attempt, catalog, now = attempt_detail(db.session, current_user_id(), attempt_id), current_catalog(), clock.now()
    summary = attempt.summary
    if find_other_quiz(summary.lesson) is not FINALS:
        raise NotFound
    if summary.open and not is_over(summary.started_at, now):
        return redirect(url_for("attempts.attempt", attempt_id=attempt_id), 303)
    program = catalog.program_by_name(program_of(summary.lesson))
    about: dict[str, object] = {"attempt": attempt, "program": program, "now": now}
    if not summary.finished:
        too_old = is_over(summary.started_at, now)
        return render_template("finals/result.html", **about, result=None, too_old=too_old)
    access = current_age_access()
    answered = None
    if summary.passed and FINALS.is_open_to(summary.lesson, access):
        asked = asked_now(finals_of(db.session, summary.user_id), now)
        answered = build_result(catalog, attempt, access).without(asked)
    again_at = None if summary.passed or summary.finished_at is None else summary.finished_at + AGAIN_AFTER
    about |= {"result": final_result(catalog, attempt), "answered": answered, "again_at": again_at}
    about["safety"] = {point.id for point in catalog.safety}
    return render_template("finals/result.html", **about)


FINALS = wording.Finals()


def init_app(app: Flask) -> None:
    """Have attempts at finals known, and give templates their words."""
    register_other_quiz(FOLDER, FINALS)
    add_template_functions(app, wording)
