"""Lesson pages: which version a reader gets, pages rendered once for all who get the same.

A page that is kept is rendered from a frozen `LessonView` alone, by `render_isolated`: no reader is in reach
while it is made. The form token is everybody's own and takes the place of a mark when the page is sent.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from flask import current_app, render_template, session
from markupsafe import Markup

from learnapp.config.settings import current_settings
from learnapp.content.ages import AgeAccess
from learnapp.content.blocks import BodySection, Card, Judge
from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.closed_cards import quiz_access
from learnapp.learning.lessons.own_words.forms import TypedWords
from learnapp.learning.lessons.own_words.pages import GUESS_MARK, JUDGE_MARK, with_boxes, with_plain_boxes
from learnapp.learning.notices import notices
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress, ModuleProgress
from learnapp.learning.progress.reading_time import ReadingPlace, places, quiz_minutes, stated_minutes
from learnapp.web.browser.form_tokens import TOKEN_MARK, form_token
from learnapp.web.page import Layout, page_layout, render_isolated

T = TypeVar("T")

MOST_PAGES = 1000
# Marks in a page that is kept. No text can hold them: what authors and readers write is cleaned or escaped.
BODY_MARK, NOTICES_MARK = Markup("<!--body-->"), Markup("<!--notices-->")


@dataclass(frozen=True, slots=True)
class LessonVersion:
    """A way to read a lesson: its route, whether gated cards are left out, and if only for want of an age group."""

    route: str
    without_gated: bool
    asks_age: bool = False


@dataclass(frozen=True, slots=True)
class LessonView:
    """A lesson's page as one reader gets it: all that it depends on besides the catalog.

    `place`, `chosen_route`, `read`, `complete`, `percent` and `handed_in` are the reader's progress, `before` and
    `after` the keys of the neighboring lessons, `asking_age` those of them that ask for an age group first,
    `quiz_after` the key of the lesson after which the quiz opens, if it is closed.
    """

    lesson: str
    version: LessonVersion
    layout: Layout
    place: str | None
    chosen_route: str | None
    read: bool
    complete: bool
    percent: int | None
    before: str | None
    after: str | None
    handed_in: bool = False
    asking_age: tuple[str, ...] = ()
    quiz_after: str | None = None


@dataclass(frozen=True, slots=True)
class LessonText:
    """The rendered text of one version of a lesson; `places` are the anchors a reader may come back to.

    `questions` and `minutes` are those of its quiz, `short_minutes` those of the short version;
    `cards` tells whether the whole text has a closed card that is sent; `steps` are its parts, the first one "here".
    """

    head: Markup
    contents: Markup
    body: Markup
    places: Mapping[str, ReadingPlace]
    questions: int
    minutes: int
    short_minutes: int
    cards: bool
    steps: tuple[str, ...] = ()


def version_of(lesson: Lesson, route: str | None, access: AgeAccess) -> LessonVersion:
    """Return the version that a reader gets: cards closed unless they chose otherwise, gated ones by age."""
    if route is None or (route == "short" and not lesson.short):
        route = "closed"
    without_gated = bool(lesson.gated) and access.to(lesson) != "whole"
    return LessonVersion(route, without_gated, without_gated and access.band is None)


def module_steps(module: ModuleProgress, current: Lesson | None) -> tuple[str, ...]:
    """Return the state of each lesson that is asked of the reader: here (the current one), done, or nothing yet."""
    steps = [progress for progress in module.lessons if progress.required or progress.lesson is current]
    return tuple("here" if progress.lesson is current else "done" if progress.complete else "" for progress in steps)


def lesson_view(course: CourseProgress, progress: LessonProgress) -> LessonView:
    """Return the view of a lesson that the current user gets."""
    lesson, state = progress.lesson, progress.state
    before, after = course.before(lesson), course.after(lesson)
    return LessonView(
        lesson=lesson.key,
        version=version_of(lesson, state.route, progress.access),
        layout=page_layout(),
        place=state.place,
        chosen_route=state.route,
        read=progress.read,
        complete=progress.complete,
        percent=state.percent,
        before=before.key if before else None,
        after=after.key if after else None,
        handed_in=progress.result_waits,
        asking_age=tuple(other.key for other in (before, after) if other and course.of(other).asks_age),
        quiz_after=progress.closed_by.key if progress.closed_by else None,
    )


def lesson_text(catalog: Catalog, lesson: Lesson, version: LessonVersion) -> LessonText:
    """Return the lesson's text in this version and the reader's language, rendered at first use."""
    layout = page_layout()
    key = (catalog.digest, lesson.key, version, layout.lang, layout.root)
    return _cached(key, lambda: render_isolated(layout, lambda: _render_text(catalog, lesson, version)))


def preview_text(catalog: Catalog, lesson: Lesson, version: LessonVersion) -> LessonText:
    """Return the lesson's text for those who look at it and keep nothing in it."""
    text = lesson_text(catalog, lesson, version)
    return replace(text, body=with_plain_boxes(text.body, lesson, version.route))


def lesson_page(catalog: Catalog, view: LessonView, typed: TypedWords | None = None) -> str:
    """Return the lesson's page, rendered once for all readers with the same view, with words of the reader's own.

    `typed` are words that could not be kept.
    """
    # A message is said once and to nobody else, as is an error; in debug the page shows the problems of the content.
    if typed is not None or "_flashes" in session or view.layout.problems:
        page_without_body = _render_page(catalog, view, invalid=typed is not None)
    else:
        key = (catalog.digest, view)
        page_without_body = _cached(key, lambda: render_isolated(view.layout, lambda: _render_page(catalog, view)))
    lesson = catalog.lessons[view.lesson]
    text, own = lesson_text(catalog, lesson, view.version), notices("lesson", lesson=lesson)
    page = page_without_body.replace(TOKEN_MARK, form_token())
    body = with_boxes(text.body, lesson, view.version.route, typed)
    return page.replace(NOTICES_MARK, own).replace(BODY_MARK, body)


def _cached(key: Hashable, make: Callable[[], T]) -> T:
    """Return what was rendered under this key before, or render it now."""
    cache: dict[Hashable, object] = current_app.extensions.setdefault("lesson_pages", {})
    found = cache.get(key)
    if found is None:
        if len(cache) >= MOST_PAGES:
            cache.clear()
        found = cache[key] = make()
    return cast("T", found)


def _render_page(catalog: Catalog, view: LessonView, *, invalid: bool = False) -> str:
    lesson = catalog.lessons[view.lesson]
    return render_template(
        "lessons/lesson.html",
        lesson=lesson,
        view=view,
        text=lesson_text(catalog, lesson, view.version),
        before=catalog.lesson_by_key(view.before or ""),
        after=catalog.lesson_by_key(view.after or ""),
        first=catalog.lesson_by_key(view.quiz_after or ""),
        body=BODY_MARK,
        notices_mark=NOTICES_MARK,
        invalid=invalid,
    )


def _render_text(catalog: Catalog, lesson: Lesson, version: LessonVersion) -> LessonText:
    """Render every part by the macros of _lesson.html."""
    macros: Any = current_app.jinja_env.get_template("lessons/_lesson.html").module
    quiz = lesson.quiz_for(version.route)
    # Readers of any age share this text: what its version leaves out decides how many questions are asked.
    counting_access = AgeAccess(None, frozenset(lesson.gated if version.without_gated else ()))
    if quiz is lesson.quiz:
        counting_access = quiz_access(counting_access, lesson, version.route)
    questions = counting_access.question_count(quiz)
    sections = (BodySection("text", "", lesson.short),) if version.route == "short" else lesson.body
    module = catalog.modules[lesson.module]
    placed = any(isinstance(block, Judge) for section in sections for block in section.blocks)
    boxes = {"guess": GUESS_MARK, "judge": JUDGE_MARK, "placed": placed}
    minutes, end = stated_minutes(lesson, version.route), lesson.end_for(version.route)
    if version.without_gated:
        end = replace(end, rests=end.open_rests)
    return LessonText(
        head=macros.head(lesson, module, minutes, len(sections), questions),
        contents=macros.contents(sections, end),
        body=macros.body(lesson, sections, version, end, current_settings().help, boxes),
        places=places(lesson, version.route),
        questions=questions,
        minutes=quiz_minutes(quiz, counting_access),
        short_minutes=stated_minutes(lesson, "short"),
        cards=any(isinstance(block, Card) and not (block.gated and version.without_gated) for block in lesson.blocks),
        steps=("here", *[""] * (len(sections) - 1)),
    )
