"""The look ahead at a module: one page of questions, and which lessons may be new."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from learnapp.learning.access import current_age_access
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.attempts.question import build_question
from learnapp.learning.attempts.values import Slot
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
    slots = looking.look_ahead(catalog, found, current_age_access()) if found is not None else ()
    if found is None or not slots:
        raise NotFound
    advice, changed = None, False
    if request.method == "POST":
        changed = request.form.get("asked") != asked(slots)
        responses = {slot.number: answer_to(slot, request.form) for slot in slots}
        advice = None if changed else looking.advise(found, slots, responses)
    return render_template(
        "pretest/pretest.html",
        module=found,
        course=catalog.course_of(found.lessons[0]),
        questions=[build_question(slot, prefix=prefix(slot)) for slot in slots] if advice is None else [],
        asked=asked(slots),
        advice=advice,
        changed=changed,
    )


def asked(slots: tuple[Slot, ...]) -> str:
    """Name the questions of a page, so that an answer is never read as one to another question."""
    return ".".join(slot.head.revision[:12] for slot in slots)


def prefix(slot: Slot) -> str:
    """Return what the names of a question's fields begin with, since several stand on one page."""
    return f"q{slot.number}-"


def answer_to(slot: Slot, fields: Fields) -> ItemResponse | None:
    """Return what was answered to one question of the page."""
    start = prefix(slot)
    own: Fields = Fields()
    for name, values in fields.lists():
        if name.startswith(start):
            own.setlist(name.removeprefix(start), values)
    response: ItemResponse | None = slot.item.parse_form(own, slot.presentation)
    return response
