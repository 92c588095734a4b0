"""The look ahead at a module: one page of questions, and which lessons may be new."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from learnapp.learning.access import current_age_access
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.attempts.question import build_question
from learnapp.learning.attempts.values import PresentedItem
from learnapp.learning.lessons.pretest import MOST, advise, pretest_items
from learnapp.learning.lessons.views import redirect_renamed
from learnapp.quiz.item import ItemResponse
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from learnapp.web.policy import policy

bp = Blueprint("pretest", __name__)
bp.before_request(redirect_renamed)
PREFIXES = {number: f"q{number}-" for number in range(1, MOST + 1)}  # of fields' names: several questions on one page


@bp.route("/modules/<module>/pretest", methods=["GET", "POST"])
@policy("everyone", repeated=[f"{prefix}choices" for prefix in PREFIXES.values()])
def pretest(module: str) -> ResponseReturnValue:
    """Ask a few questions before a module; POST says what may be new, and keeps nothing."""
    catalog = current_catalog()
    found = catalog.modules.get(module)
    items = pretest_items(catalog, found, current_age_access()) if found is not None else ()
    if found is None or not items:
        raise NotFound
    # The questions of a page are named, so that an answer is never read as one to another question.
    asked = ".".join(item.quiz.revision[:12] for item in items)
    changed = request.method == "POST" and request.form.get("asked") != asked
    advice = None
    if request.method == "POST" and not changed:
        advice = advise(found, items, {item.number: answer_to(item, request.form) for item in items})
    return render_template(
        "pretest/pretest.html",
        module=found,
        course=catalog.course_of(found.lessons[0]),
        questions=[] if advice else [build_question(item, prefix=PREFIXES[item.number]) for item in items],
        asked=asked,
        advice=advice,
        changed=changed,
    )


def answer_to(presented_item: PresentedItem, fields: Fields) -> ItemResponse | None:
    """Return what was answered to one question of the page."""
    prefix, sent = PREFIXES[presented_item.number], fields.items(multi=True)
    own = Fields([(name.removeprefix(prefix), value) for name, value in sent if name.startswith(prefix)])
    response: ItemResponse | None = presented_item.item.parse_form(own, presented_item.presentation)
    return response
