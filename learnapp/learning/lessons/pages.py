"""Lesson pages: which version a reader gets, pages rendered once for all who get the same, samples for the home page.

A page that is kept is rendered from a frozen `LessonView` alone, by `render_isolated`: no reader is in reach
while it is made. The form token is everybody's own and takes the place of a mark when the page is sent.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast

from flask import current_app, render_template, session
from markupsafe import Markup

from learnapp.config.settings import current_settings
from learnapp.content.ages import AgeAccess
from learnapp.content.blocks import BodySection, Card, Paragraphs, VoiceNote
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.notices import notices
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress, ModuleProgress
from learnapp.learning.progress.reading_time import ReadingPlace, places, quiz_minutes, reading_minutes
from learnapp.web.browser.form_tokens import TOKEN_MARK, form_token
from learnapp.web.page import Layout, page_layout, render_isolated

T = TypeVar("T")

MOST_PAGES = 1000
SAMPLE_WORDS = 40
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

    `place`, `chosen_route`, `read`, `complete` and `percent` are the reader's progress, `steps` the states of
    the module's lessons, `before` and `after` the keys of the neighboring lessons.
    """

    lesson: str
    version: LessonVersion
    layout: Layout
    place: str | None
    chosen_route: str | None
    read: bool
    complete: bool
    percent: int | None
    steps: tuple[str, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class LessonText:
    """The rendered text of one version of a lesson; `places` are the anchors a reader may come back to.

    `questions` and `minutes` are those of its quiz, `short_minutes` the reading time of the short version;
    `cards` tells whether the whole text has a closed card that is sent.
    """

    head: Markup
    contents: Markup
    body: Markup
    places: Mapping[str, ReadingPlace]
    questions: int
    minutes: int
    short_minutes: int
    cards: bool


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
        steps=module_steps(course.module(lesson.module), lesson),
        before=before.key if before else None,
        after=after.key if after else None,
    )


def lesson_text(catalog: Catalog, lesson: Lesson, version: LessonVersion) -> LessonText:
    """Return the lesson's text in this version and the reader's language, rendered at first use."""
    layout = page_layout()
    key = (catalog.digest, lesson.key, version, layout.lang, layout.root)
    return _cached(key, lambda: render_isolated(layout, lambda: _render_text(catalog, lesson, version)))


def lesson_page(catalog: Catalog, view: LessonView) -> str:
    """Return the lesson's page, rendered once for all readers with the same view."""
    # A message is said once and to nobody else; in debug the page shows the problems of the content.
    if "_flashes" in session or view.layout.problems:
        page_without_body = _render_page(catalog, view)
    else:
        key = (catalog.digest, view)
        page_without_body = _cached(key, lambda: render_isolated(view.layout, lambda: _render_page(catalog, view)))
    lesson = catalog.lessons[view.lesson]
    text, own = lesson_text(catalog, lesson, view.version), notices("lesson", lesson=lesson)
    page = page_without_body.replace(TOKEN_MARK, form_token())
    return page.replace(NOTICES_MARK, own).replace(BODY_MARK, text.body)


def _cached(key: Hashable, make: Callable[[], T]) -> T:
    """Return what was rendered under this key before, or render it now."""
    cache: dict[Hashable, object] = current_app.extensions.setdefault("lesson_pages", {})
    found = cache.get(key)
    if found is None:
        if len(cache) >= MOST_PAGES:
            cache.clear()
        found = cache[key] = make()
    return cast("T", found)


def _render_page(catalog: Catalog, view: LessonView) -> str:
    lesson = catalog.lessons[view.lesson]
    return render_template(
        "lessons/lesson.html",
        lesson=lesson,
        view=view,
        text=lesson_text(catalog, lesson, view.version),
        before=catalog.lesson_by_key(view.before or ""),
        after=catalog.lesson_by_key(view.after or ""),
        body=BODY_MARK,
        notices_mark=NOTICES_MARK,
    )


def _render_text(catalog: Catalog, lesson: Lesson, version: LessonVersion) -> LessonText:
    """Render every part by the macros of _lesson.html."""
    macros: Any = current_app.jinja_env.get_template("lessons/_lesson.html").module
    quiz = lesson.quiz_for(version.route)
    # Readers of any age share this text: what its version leaves out decides how many questions are asked.
    counting_access = AgeAccess(None, frozenset(lesson.gated if version.without_gated else ()))
    questions = counting_access.question_count(quiz)
    sections = (BodySection("text", "", lesson.short),) if version.route == "short" else lesson.body
    module = catalog.modules[lesson.module]
    minutes, end = reading_minutes(lesson, version.route), lesson.end_for(version.route)
    return LessonText(
        head=macros.head(lesson, module, minutes, len(sections), questions),
        contents=macros.contents(sections, end),
        body=macros.body(lesson, sections, version, end, current_settings().help),
        places=places(lesson, version.route),
        questions=questions,
        minutes=quiz_minutes(quiz, counting_access),
        short_minutes=reading_minutes(lesson, "short"),
        cards=any(isinstance(block, Card) and not (block.gated and version.without_gated) for block in lesson.blocks),
    )


@lru_cache(maxsize=1)
def voice_samples(catalog: Catalog) -> list[tuple[str, VoiceNote]]:
    """Return the shortest testimony and UN finding (else page claim) of the lessons that are not strong."""
    lessons = [lesson for lesson in catalog.lessons.values() if lesson.sensitivity != "strong"]
    samples = [
        (_first_words(block.items[0].html), block.notes[0])
        for block in (block for lesson in lessons for block in lesson.blocks)
        if isinstance(block, Paragraphs) and len(block.notes) == 1 and len(block.items) == 1
    ]
    samples.sort(key=lambda sample: len(sample[0]))
    said, un, page = (
        [sample for sample in samples if sample[1].voice == voice][:1] for voice in ("said", "un", "page")
    )
    return said + (un or page)


def _first_words(html: str) -> str:
    """Return whole sentences from the start, one at least, as many as a small sample holds."""
    sample: list[str] = []
    text = Markup(html).striptags()  # noqa: S704 - cleaned at load
    for sentence in re.split(r"(?<=[.?!]) ", text):
        if sample and len(" ".join([*sample, sentence]).split()) > SAMPLE_WORDS:
            break
        sample.append(sentence)
    return " ".join(sample)
