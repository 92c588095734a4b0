"""The look ahead at a module: one page of questions, and which lessons may be new."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from learnapp.learning.access import current_age_access
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.attempts.question import build_question
from learnapp.learning.attempts.values import PresentedItem
from learnapp.learning.lessons import pretest as pretest_rules
from learnapp.learning.lessons.views import redirect_renamed
from learnapp.quiz.item import ItemResponse
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from learnapp.web.policy import policy

bp = Blueprint("pretest", __name__)
bp.before_request(redirect_renamed)


@bp.route("/modules/<module>/pretest", methods=["GET", "POST"])
@policy("everyone", repeated=[f"q{number}-choices" for number in range(1, pretest_rules.MOST + 1)])
def pretest(module: str) -> ResponseReturnValue:
    """Ask a few questions before a module; POST says what may be new, and keeps nothing."""
    catalog = current_catalog()
    found = catalog.modules.get(module)
    presented_items = pretest_rules.pretest_items(catalog, found, current_age_access()) if found is not None else ()
    if found is None or not presented_items:
        raise NotFound
    advice, changed = None, False
    if request.method == "POST":
        changed = request.form.get("asked") != fingerprint(presented_items)
        responses = {
            presented_item.number: answer_to(presented_item, request.form) for presented_item in presented_items
        }
        advice = None if changed else pretest_rules.advise(found, presented_items, responses)
    return render_template(
        "pretest/pretest.html",
        module=found,
        course=catalog.course_of(found.lessons[0]),
        questions=[build_question(presented_item, prefix=prefix(presented_item)) for presented_item in presented_items]
        if advice is None
        else [],
        asked=fingerprint(presented_items),
        advice=advice,
        changed=changed,
    )


def fingerprint(presented_items: tuple[PresentedItem, ...]) -> str:
    """Name the questions of a page, so that an answer is never read as one to another question."""
    return ".".join(presented_item.quiz.revision[:12] for presented_item in presented_items)


def prefix(presented_item: PresentedItem) -> str:
    """Return what the names of a question's fields begin with, since several stand on one page."""
    return f"q{presented_item.number}-"


def answer_to(presented_item: PresentedItem, fields: Fields) -> ItemResponse | None:
    """Return what was answered to one question of the page."""
    start = prefix(presented_item)
    own: Fields = Fields()
    for name, values in fields.lists():
        if name.startswith(start):
            own.setlist(name.removeprefix(start), values)
    response: ItemResponse | None = presented_item.item.parse_form(own, presented_item.presentation)
    return response
