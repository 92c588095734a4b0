"""Pages of lessons: courses, modules, lessons, the start of a quiz, the learner's own page."""

import secrets

from flask import Blueprint, Flask, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from learnapp.accounts.access import get_or_create_user
from learnapp.accounts.guests.service import guest_is_taken
from learnapp.accounts.own_data.forms import bands as age_groups
from learnapp.accounts.service import save_settings
from learnapp.database.db import db
from learnapp.learning import errors
from learnapp.learning.access import current_age_access, current_band, lesson_or_404, require_open_lesson
from learnapp.learning.attempts import store
from learnapp.learning.attempts.feedback import points_text
from learnapp.learning.attempts.results_views import (
    settled_course_or_404,
    settled_lesson_or_404,
    settled_module_or_404,
    settled_progress,
    terms_to_begin,
)
from learnapp.learning.attempts.start import start_attempt
from learnapp.learning.attempts.values import ResultsPage
from learnapp.learning.lessons import (
    age_wording,
    course_wording,
    forms,
    lesson_wording,
    pages,
    reading_wording,
    status_wording,
)
from learnapp.learning.lessons.merge_guest import merge_learning
from learnapp.learning.lessons.pretest import choose_items
from learnapp.learning.notices import notices
from learnapp.learning.other_quizzes import labels_of
from learnapp.learning.progress import service as progress_service
from learnapp.learning.progress.lesson_progress import require_open, require_open_quiz
from learnapp.learning.review.pages import current_queue
from learnapp.quiz.item import read_digits
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.errors import register_error_page
from learnapp.web.http.requests import wants_json
from learnapp.web.page import add_template_functions
from learnapp.web.policy import policy

bp = Blueprint("lessons", __name__)


@bp.get("/")
@policy("everyone")
def home() -> ResponseReturnValue:
    """Show what this place is, and each course from where the reader stands."""
    catalog = current_catalog()
    courses = [settled_progress(course) for course in catalog.courses.values()]
    return render_template("lessons/home.html", courses=courses)


@bp.get("/courses/<course>")
@policy("everyone")
def course(course: str) -> ResponseReturnValue:
    """Show one course, module by module."""
    return render_template("lessons/course.html", progress=settled_course_or_404(course))


@bp.get("/modules/<module>")
@policy("everyone")
def module(module: str) -> ResponseReturnValue:
    """Show one module, lesson by lesson, with what is closed and why."""
    progress, own = settled_module_or_404(module)
    begun = any(progress.begun for progress in own.lessons)
    pretest_count = 0 if begun else len(choose_items(current_catalog(), own.module, current_age_access()))
    return render_template("lessons/module.html", course=progress, progress=own, pretest_count=pretest_count)


@bp.get("/modules/<module>/<lesson>")
@policy("everyone")
def lesson(module: str, lesson: str) -> ResponseReturnValue:
    """Show a lesson to read, or why it is closed."""
    course, progress = settled_lesson_or_404(module, lesson)
    if not progress.open:
        return render_template("lessons/_closed.html", course=course, progress=progress)
    return pages.lesson_page(current_catalog(), pages.lesson_view(course, progress))


@bp.post("/modules/<module>/<lesson>/place")
@policy("learning")
def place(module: str, lesson: str) -> ResponseReturnValue:
    """Keep the paragraph that was reached; of a visitor only where they press the button, not as they scroll."""
    progress = require_open_lesson(module, lesson)
    anchor = forms.read_anchor(progress.lesson, request.form)
    if wants_json() and current_user.id is None:
        return jsonify(place=None)
    progress_service.save_place(db.session, get_or_create_user().id, progress, anchor, clock.now())
    db.session.commit()
    if wants_json():
        return jsonify(place=anchor)
    return redirect(url_for("lessons.lesson", module=module, lesson=lesson, _anchor="place"), 303)


@bp.post("/modules/<module>/<lesson>/route")
@policy("learning")
def route(module: str, lesson: str) -> ResponseReturnValue:
    """Keep how the learner wants to read this lesson and, where they say so, which age band fits them."""
    progress = require_open_lesson(module, lesson)
    chosen, band = forms.read_route(request.form), forms.read_band(request.form)
    user = get_or_create_user()
    if band is not None:
        save_settings(db.session, user.id, {"band": band})
    progress_service.choose_route(db.session, user.id, progress, chosen)
    db.session.commit()
    # The same address whichever was chosen: it stands in the browser's history.
    return redirect(url_for("lessons.lesson", module=module, lesson=lesson, _anchor="keep"), 303)


@bp.post("/modules/<module>/<lesson>/read")
@policy("learning")
def read(module: str, lesson: str) -> ResponseReturnValue:
    """Note that the lesson was read; the quiz can wait."""
    course, progress = lesson_or_404(module, lesson)
    require_open(progress)
    user = get_or_create_user()
    state = progress_service.mark_read(db.session, user.id, progress, g.arrived_at)
    db.session.commit()
    unread = _("Marked as read. The quiz is there when you want it.")
    flash(_("The lesson is done.") if state.completed_at else unread)
    own = course.module(module).lessons
    whole = state.completed_at and all(one.complete for one in own if one.required and one is not progress)
    return redirect(url_for("endings.module_end" if whole else "lessons.module", module=module), 303)


@bp.route("/modules/<module>/<lesson>/quiz", methods=["GET", "POST"])
@policy("learning", repeated=["opened"])
def quiz(module: str, lesson: str) -> ResponseReturnValue:
    """Say what the quiz is like and what came of earlier goes; POST begins it or goes on with it."""
    course, progress = settled_lesson_or_404(module, lesson)
    terms = terms_to_begin(progress.lesson.key, sealed=progress.sealed)
    if request.method != "POST":
        if not progress.quiz_open:
            return render_template("lessons/_closed.html", course=course, progress=progress)
        user_id, key = current_user.id, progress.lesson.key
        page = read_digits(request.args.get("page")) or 1
        results = store.results_of_lesson(db.session, user_id, key, page) if user_id is not None else ResultsPage()
        about = {"course": course, "progress": progress, "results": results, "terms": terms}
        return render_template("lessons/quiz.html", **about, now=g.arrived_at)
    kind = forms.read_kind(request.form)
    require_open(progress)  # reading counts even where the quiz opens later
    user, now = get_or_create_user(), g.arrived_at
    if request.form.get("from") == "lesson":
        progress_service.mark_read(db.session, user.id, progress, now)
        db.session.commit()  # that it was read stays where no more quizzes may be begun today
    require_open_quiz(progress)
    if terms is not None and request.form.get("from") != "quiz" and not (progress.attempt or progress.sealed):
        return redirect(url_for("lessons.quiz", module=module, lesson=lesson), 303)  # which says when results are shown
    if terms is not None and not terms.takes(now):
        raise errors.ResultsWait(terms)
    seed = secrets.randbits(62)
    opened = forms.read_opened(progress.lesson, request.form)
    attempt_id = start_attempt(
        db.session, user.id, progress, kind, seed, now, deferred=terms is not None, opened=opened
    )
    db.session.commit()
    return redirect(url_for("attempts.attempt", attempt_id=attempt_id), 303)


@bp.get("/me")
@policy("learning")
def me() -> ResponseReturnValue:
    """Show the learner where to go on, what is done and what they flagged."""
    catalog, user_id = current_catalog(), current_user.id
    courses = [settled_progress(course) for course in catalog.courses.values()]
    numbers = store.flagged_questions(db.session, user_id) if user_id is not None else {}
    flagged = [(title_of(lesson), attempt_id, numbers[lesson, attempt_id]) for lesson, attempt_id in numbers]
    return render_template("lessons/me.html", courses=courses, flagged=flagged, queue=current_queue())


def title_of(name: str) -> str | None:
    """Return the title of a lesson, or of another quiz with its kind, None for a lesson that has left the course."""
    if (labels := labels_of(name)) is not None:
        return labels.full_title
    found = current_catalog().lesson_by_key(name)
    return found.title if found else None


@bp.before_request
def redirect_renamed() -> ResponseReturnValue | None:
    """Lead an address with a former name of a module or lesson to the current one, for good."""
    names = request.view_args or {}
    if "module" not in names or names.keys() - {"module", "lesson"} or request.endpoint is None:
        return None
    catalog, module = current_catalog(), names["module"]
    if "lesson" not in names:
        current = {"module": catalog.renamed_modules.get(module)}
    else:
        key = catalog.renamed_lessons.get(f"{module}/{names['lesson']}")
        current = {"module": key.module, "lesson": key.lesson} if key else {}
    if not current.get("module"):
        return None
    address = url_for(request.endpoint, **{**names, **current})
    query = f"?{request.query_string.decode()}" if request.query_string else ""
    return redirect(address + query, 301 if request.method in ("GET", "HEAD") else 308)


def init_app(app: Flask) -> None:
    """Give templates the words of lessons, errors their pages, and an account what its guest has learned."""
    guest_is_taken.connect(merge_learning)
    words = (status_wording, lesson_wording, age_wording, reading_wording, course_wording)
    add_template_functions(app, *words)
    app.jinja_env.globals.update(module_steps=pages.module_steps, age_groups=age_groups)
    app.jinja_env.globals.update(current_band=current_band, notices=notices)
    app.jinja_env.filters.update(points=points_text, terms_to_press=reading_wording.terms_to_press)
    app.jinja_env.filters["marks_term"] = reading_wording.marks_term
    register_error_page(errors.NoShortVersion, 404)
    text = _l("Finish the lesson before it first, then it opens. You can read this lesson all the same.")
    register_error_page(errors.QuizClosed, 403, _l("This quiz is still closed"), text)
    text = _l("It is for another age group than yours, or opens when you have chosen an age group.")
    register_error_page(errors.LessonNotForAge, 403, _l("This lesson is not open to you"), text)
