"""Page of readiness: whether the current user is ready for a program on a day, for themselves alone."""

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from learnapp.learning.review.pages import current_queue
from learnapp.training.overview.views import status_or_404
from learnapp.training.readiness import wording
from learnapp.training.readiness.facts import readiness_facts
from learnapp.training.readiness.forms import ReadinessForm
from learnapp.training.readiness.rules import PARTS, readiness
from learnapp.web.i18n import today
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("readiness", __name__)


@bp.get("/training/<program>/day")
@policy("member")
def day(program: str) -> ResponseReturnValue:
    """Show how the current user stands for a day that they name, and what is missing; nothing of it is stored."""
    status = status_or_404(program)
    if status.program.slug != program:
        return redirect(url_for("readiness.day", program=status.program.slug, on=request.args.get("on")), 301)
    form = ReadinessForm(formdata=request.args or None)
    form.today = today()
    found = None
    if request.args and form.validate():
        found = readiness(readiness_facts(status, current_queue(), form.on.data))
    page = render_template("readiness/day.html", status=status, form=form, found=found, parts=PARTS)
    return page, 422 if form.errors else 200


def init_app(app: Flask) -> None:
    """Give templates the words of readiness."""
    add_template_functions(app, wording)
