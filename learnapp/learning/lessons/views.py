"""Courses, modules, lessons, the start of a quiz, the learner's own page. Attempts: views_attempts."""

from __future__ import annotations

import secrets

from flask import Flask, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.accounts.identity import acting_user
from learnapp.accounts.service import save_settings
from learnapp.db import db
from learnapp.learning import errors
from learnapp.learning.access import bp, lesson_or_404, open_lesson_or_404, own_progress, own_reach
from learnapp.learning.attempts import answer, forms, merge_guest, store
from learnapp.learning.attempts import views as attempts_views
from learnapp.learning.attempts.flags import flagged_questions
from learnapp.learning.lessons import pages, pretest_views, wording
from learnapp.learning.lessons.pretest import look_ahead
from learnapp.learning.progress import service as progress_service
from learnapp.learning.review import views as review_views
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import NotFound, answers_with, wants_json
from learnapp.web.policy import policy

# Named so that they are imported: routes and the adoption of guests register themselves.
__all__ = ["attempts_views", "bp", "init_app", "merge_guest", "pretest_views", "review_views"]


@bp.get("/")
@policy("everyone")
def home() -> ResponseReturnValue:
    """Show what this place is, and each course from where the reader stands."""
    catalog = current_catalog()
    courses = [own_progress(course) for course in catalog.courses.values()]
    return render_template("learning/home.html", courses=courses, specimens=pages.specimens(catalog))


@bp.get("/courses/<course>")
@policy("everyone")
def course(course: str) -> ResponseReturnValue:
    """Show one course, module by module."""
    found = current_catalog().course(course)
    if found is None:
        raise NotFound
    return render_template("learning/course.html", progress=own_progress(found))


@bp.get("/modules/<module>")
@policy("everyone")
def module(module: str) -> ResponseReturnValue:
    """Show one module, lesson by lesson, with what is closed and why."""
    catalog = current_catalog()
    found = catalog.module(module)
    if found is None:
        raise NotFound
    progress = own_progress(catalog.course_of(found.lessons[0]))
    own = progress.module(module)
    untouched = not any(one.attempt or one.standing.begun for one in own.lessons)
    ahead = len(look_ahead(catalog, found, own_reach())) if untouched else 0
    return render_template("learning/module.html", course=progress, progress=own, ahead=ahead)


@bp.get("/modules/<module>/<lesson>")
@policy("everyone")
def lesson(module: str, lesson: str) -> ResponseReturnValue:
    """Show a lesson to read, or why it is closed."""
    course, progress = lesson_or_404(module, lesson)
    if not progress.open:
        return render_template("learning/_closed.html", course=course, progress=progress)
    return pages.show_lesson(current_catalog(), course, progress)


@bp.post("/modules/<module>/<lesson>/place")
@policy("learning")
def place(module: str, lesson: str) -> ResponseReturnValue:
    """Keep the paragraph that was reached."""
    _course, progress = open_lesson_or_404(module, lesson)
    anchor = forms.read_anchor(progress.lesson, forms.sent_fields(request))
    progress_service.save_place(db.session, acting_user().id, progress, anchor, clock.now())
    db.session.commit()
    if wants_json():
        return jsonify(place=anchor)
    return redirect(url_for("learning.lesson", module=module, lesson=lesson, _anchor="place"), 303)


@bp.post("/modules/<module>/<lesson>/route")
@policy("learning")
def route(module: str, lesson: str) -> ResponseReturnValue:
    """Keep how the learner wants to read this lesson and, where they say so, which age band fits them."""
    _course, progress = open_lesson_or_404(module, lesson)
    fields = forms.sent_fields(request)
    chosen, band = forms.read_route(fields), forms.read_band(fields)
    user = acting_user()
    if band is not None:
        save_settings(db.session, user.id, {"band": band})
    progress_service.choose_route(db.session, user.id, progress, chosen)
    db.session.commit()
    # The same address whichever was chosen: it stands in the browser's history.
    return redirect(url_for("learning.lesson", module=module, lesson=lesson, _anchor="keep"), 303)


@bp.post("/modules/<module>/<lesson>/read")
@policy("learning")
def read(module: str, lesson: str) -> ResponseReturnValue:
    """Note that the lesson was read; the quiz can wait."""
    _course, progress = open_lesson_or_404(module, lesson)
    user = acting_user()
    standing = progress_service.mark_read(db.session, user.id, progress, clock.now())
    if standing.completed_at and not progress.complete:
        review_views.begin_cards(user.id, progress.lesson.key)
    db.session.commit()
    flash(
        _("The lesson is done.")
        if standing.completed_at
        else _("Marked as read. The quiz is there when you want it.")
    )
    return redirect(url_for("learning.module", module=module), 303)


@bp.route("/modules/<module>/<lesson>/quiz", methods=["GET", "POST"])
@policy("learning")
def quiz(module: str, lesson: str) -> ResponseReturnValue:
    """Say what the quiz is like and what came of earlier goes; POST begins it or goes on with it."""
    course, progress = lesson_or_404(module, lesson)
    if request.method != "POST":
        if not progress.open:
            return render_template("learning/_closed.html", course=course, progress=progress)
        known = current_user.id
        attempts = (
            store.attempts_of_lesson(db.session, known, progress.lesson.key) if known is not None else ()
        )
        return render_template("learning/quiz.html", course=course, progress=progress, attempts=attempts)
    fields = forms.sent_fields(request)
    kind = forms.read_kind(fields)
    _course, progress = open_lesson_or_404(module, lesson)
    user, now = acting_user(), clock.now()
    if fields.get("from") == "lesson":
        standing = progress_service.mark_read(db.session, user.id, progress, now)
        if standing.completed_at and not progress.complete:
            review_views.begin_cards(user.id, progress.lesson.key)
    started = answer.start_attempt(db.session, user.id, progress, kind, secrets.randbits(62), now)
    db.session.commit()
    return redirect(url_for("learning.attempt", attempt_id=started.attempt_id), 303)


@bp.get("/me")
@policy("learning")
def me() -> ResponseReturnValue:
    """Show the learner where to go on, what is done and what they flagged."""
    catalog, known = current_catalog(), current_user.id
    courses = [own_progress(course) for course in catalog.courses.values()]
    flagged = flagged_questions(db.session, known) if known is not None else ()
    titles = [(one, found) for one in flagged if (found := pages.lesson_of(catalog, one.lesson)) is not None]
    return render_template("learning/me.html", courses=courses, flagged=titles, desk=review_views.desk())


def init_app(app: Flask) -> None:
    """Give templates what they need, and name the pages that this feature's errors become."""
    wording.init_app(app)
    answers_with(errors.AttemptNotFound, 404)
    answers_with(errors.CardNotFound, 404)
    answers_with(errors.NoShortVersion, 404)
    answers_with(
        errors.LessonClosed,
        403,
        _l("This lesson is still closed"),
        _l("Finish the lesson before it first, then it opens."),
    )
    answers_with(
        errors.LessonKeptBack,
        403,
        _l("This lesson is not open to you"),
        _l("It is for another age group than the one you chose, or waits until you choose one."),
    )
    answers_with(
        errors.AttemptKeptBack,
        403,
        _l("These questions are not for your age group"),
        _l("You began this quiz under another one. Begin it again, and it asks what fits you."),
    )
    answers_with(
        errors.NotFinished,
        409,
        _l("This quiz is not finished"),
        _l("Finish it first, then practice what you missed."),
    )
    answers_with(
        errors.NothingMissed,
        409,
        _l("There is nothing to practice"),
        _l("Every answer in this quiz was right."),
    )
