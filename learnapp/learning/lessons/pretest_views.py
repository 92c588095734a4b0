"""The look ahead at a module: one page of questions, and which lessons may be new."""

from collections.abc import Iterable, Mapping, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from learnapp.accounts.access import get_or_create_user
from learnapp.config.derived_keys import derived_key, keyed_digest, keyed_digests
from learnapp.content.catalog import Catalog, Module
from learnapp.database.db import db
from learnapp.learning.access import current_age_access
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.attempts.question import build_question
from learnapp.learning.attempts.values import PresentedItem
from learnapp.learning.lessons.pretest import MOST, advise, is_known, pretest_items
from learnapp.learning.lessons.pretest_answers import keep_answers, known_answers
from learnapp.learning.lessons.views import redirect_renamed
from learnapp.quiz.item import ItemResponse
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound
from learnapp.web.policy import policy

bp = Blueprint("pretest", __name__)
bp.before_request(redirect_renamed)
PREFIXES = {number: f"q{number}-" for number in range(1, MOST + 1)}  # of fields' names: several questions on one page
SHUFFLE = "order of looks ahead"


@bp.route("/modules/<module>/pretest", methods=["GET", "POST"])
@policy("learning", repeated=[f"{prefix}choices" for prefix in PREFIXES.values()])
def pretest(module: str) -> ResponseReturnValue:
    """Ask a few questions before a module; POST keeps which were known, each once. Then it says what may be new."""
    catalog = current_catalog()
    found = catalog.modules.get(module)
    items = pretest_items(catalog, found, current_age_access(), derived_key(SHUFFLE)) if found is not None else ()
    if found is None or not items:
        raise NotFound
    known, sealed = own_answers(catalog, items)
    if sealed:
        flash(_("While results of a quiz in this module wait, its look ahead is closed: it would give answers away."))
        return redirect(url_for("lessons.module", module=module), 303)
    left = [item for item in items if item.number not in known]
    if request.method != "POST":
        asked = left if not known or "left" in request.args else []
        return pretest_page(found, items, known, asked)
    # The questions of a page are named, so that an answer is never read as one to another question.
    if request.form.get("asked") != shown_versions(items):
        return pretest_page(found, items, known, left, changed=True)
    sent = ((item, answer_to(item, request.form)) for item in left)
    answers = {question_names(item)[0]: is_known(item, given) for item, given in sent if given}
    if answers:
        keep_answers(db.session, get_or_create_user().id, answers, clock.now())
        db.session.commit()
    elif not known:
        return pretest_page(found, items, known, [])
    return redirect(url_for("pretest.pretest", module=module), 303)


def own_answers(catalog: Catalog, items: Iterable[PresentedItem]) -> tuple[dict[int, bool], bool]:
    """Return which of these questions the current user knew, by number, without those not answered yet.

    With it comes whether results of one of their lessons wait.
    """
    if current_user.id is None:
        return {}, False
    known, sealed = known_answers(db.session, current_user.id)
    names = {catalog.renamed_lessons.get(name, name) for name in sealed}
    of_items = {item.number: known[name] for item in items for name in reversed(question_names(item)) if name in known}
    return of_items, any(item.lesson in names for item in items)


def pretest_page(
    module: Module,
    items: Sequence[PresentedItem],
    known: Mapping[int, bool],
    asked: Sequence[PresentedItem],
    *,
    changed: bool = False,
) -> str:
    """Return the page with the questions that are asked, or without any what may be new."""
    return render_template(
        "pretest/pretest.html",
        module=module,
        course=current_catalog().course_of(module.lessons[0]),
        questions=[build_question(item, prefix=PREFIXES[item.number]) for item in asked],
        asked=shown_versions(items),
        advice=() if asked else advise(module, items, known),
        left=len(items) - len(known),
        changed=changed,
    )


def shown_versions(items: Iterable[PresentedItem]) -> str:
    """Return letters that stand for the questions as they are now, to be sent back with their answers."""
    return keyed_digest("questions of a look ahead", " ".join(question_names(item)[0] for item in items))


def question_names(item: PresentedItem) -> list[str]:
    """Return letters that stand for a question as it is now, then those that former secrets made of it."""
    return keyed_digests("question of a look ahead", f"{item.quiz.revision}/{item.item.id}")


def answer_to(presented_item: PresentedItem, fields: Fields) -> ItemResponse | None:
    """Return what was answered to one question of the page."""
    prefix, sent = PREFIXES[presented_item.number], fields.items(multi=True)
    own = Fields([(name.removeprefix(prefix), value) for name, value in sent if name.startswith(prefix)])
    response: ItemResponse | None = presented_item.item.parse_form(own, presented_item.presentation)
    return response
