"""The look ahead at a module: one page of questions, and which lessons may be new."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from learnapp.learning.access import current_age_access
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.attempts.question import build_question
from learnapp.learning.attempts.values import AttemptItem
from learnapp.learning.lessons import pretest as looking
from learnapp.quiz.item import ItemResponse
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from learnapp.web.forms import repeated_fields
from learnapp.web.policy import policy

bp = Blueprint("pretest", __name__)


@bp.route("/modules/<module>/pretest", methods=["GET", "POST"])
@policy("everyone")
@repeated_fields(*(f"q{number}-choices" for number in range(1, looking.MOST + 1)))
def pretest(module: str) -> ResponseReturnValue:
    """Ask a few questions before a module; POST says what may be new, and keeps nothing."""
    catalog = current_catalog()
    found = catalog.module(module)
    attempt_items = looking.look_ahead(catalog, found, current_age_access()) if found is not None else ()
    if found is None or not attempt_items:
        raise NotFound
    advice, changed = None, False
    if request.method == "POST":
        changed = request.form.get("asked") != asked(attempt_items)
        responses = {
            attempt_item.number: answer_to(attempt_item, request.form) for attempt_item in attempt_items
        }
        advice = None if changed else looking.advise(found, attempt_items, responses)
    return render_template(
        "pretest/pretest.html",
        module=found,
        course=catalog.course_of(found.lessons[0]),
        questions=[
            build_question(attempt_item, prefix=prefix(attempt_item)) for attempt_item in attempt_items
        ]
        if advice is None
        else [],
        asked=asked(attempt_items),
        advice=advice,
        changed=changed,
    )


def asked(attempt_items: tuple[AttemptItem, ...]) -> str:
    """Name the questions of a page, so that an answer is never read as one to another question."""
    return ".".join(attempt_item.summary.revision[:12] for attempt_item in attempt_items)


def prefix(attempt_item: AttemptItem) -> str:
    """Return what the names of a question's fields begin with, since several stand on one page."""
    return f"q{attempt_item.number}-"


def answer_to(attempt_item: AttemptItem, fields: Fields) -> ItemResponse | None:
    """Return what was answered to one question of the page."""
    start = prefix(attempt_item)
    own: Fields = Fields()
    for name, values in fields.lists():
        if name.startswith(start):
            own.setlist(name.removeprefix(start), values)
    response: ItemResponse | None = attempt_item.item.parse_form(own, attempt_item.presentation)
    return response
