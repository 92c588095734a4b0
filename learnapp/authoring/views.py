"""Authors' pages: the content files as they are now, which may be newer than what the app serves."""

from functools import partial

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from learnapp.authoring import working_copy
from learnapp.authoring.access import asks_short, lesson_address, lesson_or_404
from learnapp.authoring.coverage_grid import coverage_grids, uncovered_sections
from learnapp.authoring.working_copy import WorkingCopy, current_working_copy
from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.catalog import Lesson
from learnapp.learning.lessons.pages import preview_text, version_of
from learnapp.learning.progress.overview import derive_progress
from learnapp.web.policy import policy

bp = Blueprint("authoring", __name__, url_prefix="/author")
preview_url = partial(lesson_address, bp.name)


@bp.get("")
@policy("author", "admin")
def dashboard() -> ResponseReturnValue:
    """Show the catalog at a glance, with a preview of each lesson and quiz."""
    return render_template("authoring/dashboard.html", working=current_working_copy())


@bp.get("/problems")
@policy("author", "admin")
def problems() -> ResponseReturnValue:
    """Show every error and warning with its file, line and column."""
    return render_template("authoring/problems.html", working=current_working_copy())


@bp.get("/coverage")
@policy("author", "admin")
def coverage() -> ResponseReturnValue:
    """Show what each lesson teaches and asks of each section, and what is missing."""
    working = current_working_copy()
    return render_template(
        "authoring/coverage.html",
        working=working,
        grids=coverage_grids(working.content.draft, working.coverage),
        uncovered=uncovered_sections(working.coverage),
    )


@bp.get("/bank")
@policy("author", "admin")
def bank() -> ResponseReturnValue:
    """Show the measures of the item bank and of every lesson."""
    return render_template("authoring/bank.html", working=current_working_copy())


@bp.get("/stale")
@policy("author", "admin")
def stale() -> ResponseReturnValue:
    """Show which lessons and items rest on something that has changed since their review."""
    return render_template("authoring/stale.html", working=current_working_copy())


@bp.get("/preview/<module>/<slug>")
@policy("author", "admin")
def lesson(module: str, slug: str) -> ResponseReturnValue:
    """Show a lesson from the working files with all its cards open.

    `?version=short`: its short version; `?as=14`: what that age group gets of it.
    """
    working = current_working_copy()
    lesson, access = lesson_or_404(working.catalog, module, slug)
    short = asks_short(lesson)
    if access is not None and not access.can_open(lesson):
        return closed_page(working, lesson, access, "lesson")
    version = version_of(lesson, "short" if short else "all", access or FULL_ACCESS)
    return render_template(
        "authoring/lesson.html",
        working=working,
        lesson=lesson,
        text=preview_text(working.catalog, lesson, version),
        version=version,
        short=short,
        access=access,
    )


@bp.get("/preview/<module>/<slug>/quiz")
@policy("author", "admin")
def quiz(module: str, slug: str) -> ResponseReturnValue:
    """Show a quiz from the working files: each item with its keys, its feedback and its facts.

    `?as=14`: only what that age group is asked.
    """
    working = current_working_copy()
    lesson, access = lesson_or_404(working.catalog, module, slug)
    if access is not None and not access.can_open(lesson):
        return closed_page(working, lesson, access, "quiz")
    return render_template("authoring/quiz.html", working=working, lesson=lesson, access=access)


def closed_page(working: WorkingCopy, lesson: Lesson, access: AgeAccess, page: str) -> str:
    """Return what an age group sees in place of a lesson for older readers, or of its quiz."""
    course = derive_progress(working.catalog.course_of(lesson), {}, staff=True, access=access)
    return render_template(
        "authoring/closed.html", working=working, course=course, progress=course.of(lesson), access=access, page=page
    )


def init_app(app: Flask) -> None:
    """Give the app its working copy, and templates the addresses of previews."""
    working_copy.init_app(app)
    app.jinja_env.globals["preview_url"] = preview_url
