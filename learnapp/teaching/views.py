"""Teaching pages: what a class gets, for everybody to read; every lesson and quiz with its key, and sheets to print."""

from datetime import timedelta
from functools import partial
from typing import Any

from flask import Blueprint, Flask, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from learnapp.accounts.passwords.first import LASTS as FIRST_PASSWORD_LASTS
from learnapp.authoring.access import asked_access, asks_short, lesson_address, lesson_or_404
from learnapp.config.settings import current_settings
from learnapp.content.ages import FULL_ACCESS, YOUNGEST, AgeAccess
from learnapp.content.catalog import Catalog, Lesson
from learnapp.groups.assignments.models import LESSON, MODULE
from learnapp.groups.assignments.values import AssignmentSummary, target_lessons
from learnapp.groups.ending import WARNING
from learnapp.groups.membership.invitations import LASTS
from learnapp.groups.roster.lists.store import STAGED_LASTS, UNDO_LASTS
from learnapp.learning.lessons.pages import preview_text, version_of
from learnapp.learning.progress.overview import derive_progress
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import QuizVersion
from learnapp.reports.story.looks import KEPT_DAYS
from learnapp.teaching.sheets import build_key, build_sheet
from learnapp.web.catalog import current_catalog
from learnapp.web.login import LEADING_ROLES
from learnapp.web.policy import policy

bp = Blueprint("teaching", __name__, url_prefix="/teaching")
teaching_url = partial(lesson_address, bp.name)
ONE_LESSON = "/modules/<module>/<slug>"


@bp.get("")
@policy("everyone")
def for_teachers() -> ResponseReturnValue:
    """Say what a class gets, what is stored about students and for how long, and what a teacher sees."""
    settings = current_settings()
    return render_template(
        "teaching/for_teachers.html",
        settings=settings,
        leads=current_user.role in LEADING_ROLES,
        look_days=KEPT_DAYS,
        invitation_days=LASTS.days,
        warning_days=WARNING.days,
        list_hours=STAGED_LASTS // timedelta(hours=1),
        undo_days=UNDO_LASTS.days,
        secret_hours=FIRST_PASSWORD_LASTS // timedelta(hours=1),
    )


@bp.get("/lessons")
@policy("leader")
def lessons() -> ResponseReturnValue:
    """List every lesson with its text, its quiz on paper and its key, as an age group gets them in `?as=14`."""
    catalog = current_catalog()
    return render_template("teaching/lessons.html", catalog=catalog, access=asked_access(catalog))


@bp.get(ONE_LESSON)
@policy("leader")
def lesson(module: str, slug: str) -> ResponseReturnValue:
    """Show a lesson with all its cards open.

    `?version=short`: its short version; `?as=14`: what that age group gets of it. The other pages take the same.
    """
    catalog = current_catalog()
    lesson, access = lesson_or_404(catalog, module, slug)
    if access is not None and not access.can_open(lesson):
        return closed_page(catalog, lesson, access, "lesson")
    version = version_of(lesson, "short" if asks_short(lesson) else "all", access or FULL_ACCESS)
    text = preview_text(catalog, lesson, version)
    return render_template("teaching/lesson.html", **shared(lesson, access), text=text, version=version)


@bp.get(f"{ONE_LESSON}/quiz")
@policy("leader")
def quiz(module: str, slug: str) -> ResponseReturnValue:
    """Show a quiz as a sheet to print and hand out: no key and no reason is on it."""
    catalog = current_catalog()
    lesson, access = lesson_or_404(catalog, module, slug)
    if access is not None and not access.can_open(lesson):
        return closed_page(catalog, lesson, access, "quiz")
    quiz, items = asked_items(lesson, access)
    sheet = build_sheet(lesson, quiz, items)
    return render_template("teaching/quiz.html", **shared(lesson, access), quiz=quiz, sheet=sheet)


@bp.get(f"{ONE_LESSON}/key")
@policy("leader")
def key(module: str, slug: str) -> ResponseReturnValue:
    """Show the key to that sheet: every answer with its reason and the paragraph that it rests on."""
    catalog = current_catalog()
    lesson, access = lesson_or_404(catalog, module, slug)
    if access is not None and not access.can_open(lesson):
        return closed_page(catalog, lesson, access, "key")
    quiz, items = asked_items(lesson, access)
    return render_template(
        "teaching/key.html", **shared(lesson, access), catalog=catalog, quiz=quiz, key=build_key(quiz, items)
    )


def asked_items(lesson: Lesson, access: AgeAccess | None) -> tuple[QuizVersion, tuple[Item, ...]]:
    """Return the quiz that the address asks for, and its items that the age group is asked."""
    quiz = lesson.quiz_for("short" if asks_short(lesson) else None)
    return quiz, access.items(quiz) if access else quiz.items


def shared(lesson: Lesson, access: AgeAccess | None) -> dict[str, Any]:
    """Return what every page of a lesson is made of."""
    return {"lesson": lesson, "access": access, "short": asks_short(lesson)}


def closed_page(catalog: Catalog, lesson: Lesson, access: AgeAccess, page: str) -> str:
    """Return what an age group sees in place of a lesson for older readers."""
    course = derive_progress(catalog.course_of(lesson), {}, staff=True, access=access)
    return render_template("teaching/closed.html", course=course, progress=course.of(lesson), access=access, page=page)


def paper_url(assignment: AssignmentSummary, band: int | None) -> str | None:
    """Return where teachers find what an assignment asks, with its keys; None for what has none, as a review."""
    lessons = target_lessons(current_catalog(), assignment)
    if not lessons:
        return None
    if assignment.target_kind == LESSON:
        return teaching_url(lessons[0], band=band)
    anchor = f"m-{lessons[0].module}" if assignment.target_kind == MODULE else None
    query: dict[str, Any] = {"as": band}
    return url_for("teaching.lessons", _anchor=anchor, **query)


def is_for_all_ages(lesson: Lesson) -> bool:
    """Tell whether nothing of a lesson is kept for older readers."""
    return lesson.age.full <= YOUNGEST


def init_app(app: Flask) -> None:
    """Give templates the addresses of these pages, and whether they may be handed to anybody."""
    app.jinja_env.globals.update(teaching_url=teaching_url, paper_url=paper_url, is_for_all_ages=is_for_all_ages)
