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
from learnapp.training.final.rules import AGAIN_AFTER, is_over
from learnapp.training.final.store import FOLDER, program_of
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("finals", __name__)


@bp.get("/training/finals/<int(max=2147483647):attempt_id>")
@policy("member", obj="attempt")
def result(attempt_id: int) -> ResponseReturnValue:
    """Show what came of a form, or lead to it while it takes answers."""
    attempt, catalog, now = attempt_detail(db.session, current_user_id(), attempt_id), current_catalog(), clock.now()
    summary = attempt.summary
    if find_other_quiz(summary.lesson) is not FINALS:
        raise NotFound
    if summary.open and not is_over(summary.started_at, now):
        return redirect(url_for("attempts.attempt", attempt_id=attempt_id), 303)
    slug, finished_at = program_of(summary.lesson), summary.finished_at
    return render_template(
        "finals/result.html",
        slug=slug,
        program=catalog.programs.get(slug),
        safety={point.id for point in catalog.safety},
        result=final_result(catalog, attempt) if finished_at else None,
        answered=build_result(catalog, attempt, current_age_access()) if finished_at else None,
        again_at=finished_at + AGAIN_AFTER if finished_at else None,
        now=now,
    )


FINALS = wording.Finals()


def init_app(app: Flask) -> None:
    """Have attempts at finals known, and give templates their words."""
    register_other_quiz(FOLDER, FINALS)
    add_template_functions(app, wording)
