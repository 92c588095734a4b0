"""Pages of own words: a guess and a judgment are kept, written anew or taken back on the page of their lesson.

A window may be older than what was chosen or kept since: it gets the version that it sent words of.
"""

from dataclasses import replace
from typing import Any

from flask import Blueprint, Flask, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.accounts.access import get_or_create_user
from learnapp.database.db import db
from learnapp.learning.access import lesson_or_404
from learnapp.learning.attempts.answers_wording import lesson_title
from learnapp.learning.lessons import pages
from learnapp.learning.lessons.own_words import forms, service
from learnapp.learning.lessons.views import redirect_renamed
from learnapp.learning.models import GUESS, SHORT_JUDGMENT
from learnapp.learning.progress.lesson_progress import LessonProgress, require_open
from learnapp.learning.progress.overview import CourseProgress
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import register_error_page
from learnapp.web.policy import policy

bp = Blueprint("own_words", __name__)
bp.before_request(redirect_renamed)


@bp.route("/modules/<module>/<lesson>/guess", methods=["GET", "POST"])
@policy("learning")
def guess(module: str, lesson: str) -> ResponseReturnValue:
    """Keep a guess, or take it back; nobody else is shown it."""
    return _change(module, lesson, GUESS)


@bp.route("/modules/<module>/<lesson>/judgment", methods=["GET", "POST"])
@policy("learning")
def judgment(module: str, lesson: str) -> ResponseReturnValue:
    """Keep a judgment, or take it back; nobody else is shown it."""
    return _change(module, lesson, forms.read_kind(request.form))


@bp.post("/account/data/words")
@policy("guest", "member")
def remove() -> ResponseReturnValue:
    """Take back words in any lesson, also in one that is closed to the reader now or gone."""
    fields, user_id = request.form, current_user.id
    for stored in service.all_words(db.session, user_id):
        if (stored.lesson, stored.kind) == (fields.get("lesson"), fields.get("kind")):
            try:
                service.remove_words(db.session, user_id, stored.lesson, stored.kind, forms.read_seen(fields))
            except service.StaleWords:
                return _data_redirect(stale=True)
            db.session.commit()
    return _data_redirect()


def _change(module: str, lesson: str, kind: str) -> ResponseReturnValue:
    """Do what the form asks; whoever comes by a link, or reloads, is led to the lesson."""
    course, progress = lesson_or_404(module, lesson)
    if request.method != "POST":
        return _lesson_redirect(progress, kind)
    if forms.read_action(request.form) == forms.REMOVE:
        return _remove(course, progress, kind)
    return _keep(course, progress, kind)


def _keep(course: CourseProgress, progress: LessonProgress, kind: str) -> ResponseReturnValue:
    """Keep words; those that cannot be kept stay on the page with what is wrong with them."""
    require_open(progress)
    found, fields = progress.lesson, request.form
    if not forms.is_asked(found, kind):
        words = forms.typed_words(kind, fields)
        flash(_("The lesson does not ask this any more, so nothing was kept. What you wrote: %(words)s", words=words))
        return pages.lesson_page(current_catalog(), pages.lesson_view(course, progress)), 422
    typed = forms.read_words(found, kind, fields)
    if typed.problem:
        return _page(course, progress, typed), 422
    user_id, seen = get_or_create_user().id, forms.read_seen(fields)
    try:
        service.keep_words(db.session, user_id, found, typed, seen, clock.now())
    except service.StaleWords as stale:
        db.session.rollback()
        return _page(course, progress, forms.stale_words(typed, stale.newer)), 409
    db.session.commit()
    if not _shows(progress, kind):
        flash(_("Your words are kept, with the other version of this lesson. Choose that one to see them."), "good")
    return _lesson_redirect(progress, kind)


def _remove(course: CourseProgress, progress: LessonProgress, kind: str) -> ResponseReturnValue:
    """Take words back, whatever the lesson asks now and of whom."""
    user_id, found = current_user.id, progress.lesson
    has_box = progress.open and forms.is_asked(found, kind)
    if user_id is not None:
        try:
            service.remove_words(db.session, user_id, found.key, kind, forms.read_seen(request.form))
        except service.StaleWords as stale:
            if not has_box:
                return _data_redirect(stale=True)
            db.session.rollback()
            typed = forms.TypedWords(kind, forms.typed_words(kind, request.form))
            return _page(course, progress, forms.stale_words(typed, stale.newer)), 409
        db.session.commit()
        if not has_box:
            return _data_redirect()
    if not _shows(progress, kind):
        flash(_("These words are removed."), "good")
    return _lesson_redirect(progress, kind)


def _shows(progress: LessonProgress, kind: str) -> bool:
    """Tell whether the version that the reader chose has the box of this kind."""
    route = pages.version_of(progress.lesson, progress.state.route, progress.access).route
    return (route == "short") == (kind == SHORT_JUDGMENT)


def _page(course: CourseProgress, progress: LessonProgress, typed: forms.TypedWords) -> str:
    """Return the lesson's page in the version that has the box, whichever was chosen meanwhile in another window."""
    view = pages.lesson_view(course, progress)
    if not _shows(progress, typed.kind):
        route = "short" if typed.kind == SHORT_JUDGMENT else "closed"
        view = replace(view, version=replace(view.version, route=route))
    return pages.lesson_page(current_catalog(), view, typed)


def _lesson_redirect(progress: LessonProgress, kind: str) -> ResponseReturnValue:
    """Lead to the box, or to the top of the page if it has no such box."""
    anchor = ("guess" if kind == GUESS else "judge") if progress.open and _shows(progress, kind) else None
    found = progress.lesson
    return redirect(url_for("lessons.lesson", module=found.module, lesson=found.slug, _anchor=anchor), 303)


def _data_redirect(*, stale: bool = False) -> ResponseReturnValue:
    """Lead to all that is kept about the reader, and say what became of the words."""
    if stale:
        db.session.rollback()
        flash(_("These words were changed meanwhile, so they are still kept. Below are the newer ones."))
    else:
        flash(_("These words are removed."), "good")
    return redirect(url_for("own_data.data", _anchor="own-words"), 303)


def stored_words() -> list[dict[str, Any]]:
    """Return what the current user wrote in lessons, each with its lesson's title and what a form says of it."""
    return [
        {**one._asdict(), "title": lesson_title(one.lesson), "seen": service.words_digest(one.words)}
        for one in service.all_words(db.session, current_user.id)
    ]


def init_app(app: Flask) -> None:
    """Give the page of the reader's own data what they wrote in lessons."""
    app.jinja_env.globals.update(stored_words=stored_words)
    text = _l("You kept other words meanwhile, in another window or on another device. Those are still kept.")
    register_error_page(service.StaleWords, 409, _l("Something newer was kept"), text)
