"""Lesson pages, rendered once for each version of a lesson: all that is the same for every reader.

What depends on how far the reader is (ticks, route, place) is kept too, for all who are equally far.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from flask import current_app, render_template, session
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from learnapp.content import ages
from learnapp.content.ages import AgeAccess
from learnapp.content.blocks import Ask, Block, BodySection, Card, FigureSlot, Paragraphs, VoiceNote
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.progress.queries import CourseProgress, LessonProgress, ModuleProgress
from learnapp.learning.progress.reading_time import Place, places, quiz_minutes, reading_minutes
from learnapp.web.page import frame

Page = TypeVar("Page")

KEPT_AT_MOST = 1000
# Marks in a kept part of a page. No text can hold them: what authors and readers write is cleaned or escaped.
BODY, SECRET = Markup("<!--body-->"), Markup("<!--secret-->")
SPECIMEN_WORDS = 40
KINDS = {Paragraphs: "paragraphs", Ask: "ask", FigureSlot: "figure", Card: "card"}


@dataclass(frozen=True, slots=True)
class Version:
    """One way to read a lesson: `route` is all, closed or short; `withheld` leaves gated cards out.

    `asks`: they are left out only because the reader has told no age band, and is asked for it.
    """

    route: str
    withheld: bool
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One headed part of the page with its blocks by kind; `last` is the anchor of its last paragraph."""

    id: str
    title: str
    blocks: tuple[tuple[str, Block], ...]
    last: str | None


@dataclass(frozen=True, slots=True)
class LessonPage:
    """A rendered lesson; `places` are the anchors a reader may come back to.

    `questions` and `minutes` are those of its quiz, `short_minutes` the reading time of the short version;
    `cards` tells whether the whole text has a closed card that is sent.
    """

    head: Markup
    contents: Markup
    body: Markup
    places: Mapping[str, Place]
    questions: int
    minutes: int
    short_minutes: int
    cards: bool


@dataclass(frozen=True, slots=True)
class Specimen:
    """A few words from a lesson with the voice beside them, to show how a page here looks."""

    text: str
    note: VoiceNote


def version_of(lesson: Lesson, route: str | None, access: AgeAccess) -> Version:
    """Return the version that a reader gets: cards closed unless they chose otherwise, gated ones by age."""
    fits = {"all", "short"} if lesson.short else {"all"}
    withheld = bool(lesson.gated) and access.to(lesson) != "whole"
    return Version(route if route in fits else "closed", withheld, withheld and access.band is None)


def too_young(lesson: Lesson, band: int | None) -> bool:
    """Tell whether a lesson is kept back from an age band; None is that of nobody yet."""
    return not AgeAccess(band).can_open(lesson)


def age_access_of(catalog: Catalog, band: int | None) -> AgeAccess:
    """Return how far an age band goes in all that there is to learn."""
    return _kept(("reach", catalog.digest, band), lambda: ages.band_access(catalog.lessons.values(), band))


def ticks(module: ModuleProgress, here: Lesson | None) -> list[str]:
    """Return the state of each lesson that is asked of the reader: here, done, or nothing yet."""
    asked = (one for one in module.lessons if one.counts or one.lesson is here)
    return ["here" if one.lesson is here else "done" if one.complete else "" for one in asked]


def lesson_of(catalog: Catalog, key: str) -> Lesson | None:
    """Return the lesson behind a stored key, None where it has left the course."""
    module, _slash, name = key.partition("/")
    return catalog.lesson(module, name)


def lesson_page(catalog: Catalog, lesson: Lesson, version: Version) -> LessonPage:
    """Return the lesson's page in this version and the reader's language, rendering it at first use."""
    key = (catalog.digest, lesson.key, version, str(get_locale()))
    return _kept(key, lambda: _render(catalog, lesson, version))


def show_lesson(catalog: Catalog, course: CourseProgress, progress: LessonProgress) -> str:
    """Return a lesson's page as its reader sees it, rendered once for all who stand alike and look alike.

    What is kept has marks for the body, which versions share, and for the token, which is everybody's own.
    """
    lesson, state, site = progress.lesson, progress.state, frame()
    version = version_of(lesson, state.route, progress.access)
    states = ticks(course.module(lesson.module), lesson)
    before, after = course.before(lesson), course.after(lesson)
    beside = [one.key if one else None for one in (before, after)]

    def make() -> tuple[str, str]:
        page = lesson_page(catalog, lesson, version)
        about = {"progress": progress, "version": version, "states": states, "page": page}
        about |= {"before": before, "after": after}
        return render_template("lessons/lesson.html", **about, body=BODY, secret=SECRET), str(page.body)

    # Said once and to nobody else: a message, and in debug the problems of the content.
    if "_flashes" in session or site.problems:
        around, body = make()
    else:
        stands = (state.place, state.route, progress.read, progress.complete, progress.percent)
        reader = (*stands, *states, *beside)
        around, body = _kept((catalog.digest, lesson.key, version, reader, site), make)
    return around.replace(SECRET, generate_csrf()).replace(BODY, body)


def specimens(catalog: Catalog) -> list[Specimen]:
    """Return the shortest testimony and UN finding (else page claim) of the lessons that are not strong."""
    return _kept(("specimens", catalog.digest), lambda: _specimens(catalog))


def _kept(key: object, make: Callable[[], Page]) -> Page:
    """Return what was made under this key before, or make it now."""
    kept: dict[object, object] = current_app.extensions.setdefault("lesson_pages", {})
    if key not in kept:
        if len(kept) >= KEPT_AT_MOST:
            kept.clear()
        kept[key] = make()
    return cast("Page", kept[key])


def _render(catalog: Catalog, lesson: Lesson, version: Version) -> LessonPage:
    """Render every part by the macros of _lesson.html, which see no reader."""
    macros: Any = current_app.jinja_env.get_template("lessons/_lesson.html").module
    form = lesson.short_quiz if version.route == "short" and lesson.short_quiz else lesson.quiz
    asked = AgeAccess(None, frozenset(lesson.gated if version.withheld else ()))
    questions = asked.question_count(form)
    sections = (BodySection("text", "", (), lesson.short),) if version.route == "short" else lesson.body
    parts = [_part(section) for section in sections]
    return LessonPage(
        head=macros.head(
            lesson,
            catalog.course_of(lesson),
            catalog.modules[lesson.module],
            reading_minutes(lesson, version.route),
            len(parts),
            questions,
        ),
        contents=macros.contents(parts, lesson),
        body=macros.body(lesson, parts, version, current_app.config["SETTINGS"].help),
        places=places(lesson, version.route),
        questions=questions,
        minutes=quiz_minutes(form, asked),
        short_minutes=reading_minutes(lesson, "short"),
        cards=any(
            isinstance(block, Card) and not (block.gated and version.withheld)
            for section in lesson.body
            for block in section.blocks
        ),
    )


def _part(section: BodySection) -> Part:
    blocks = tuple((KINDS[type(block)], block) for block in section.blocks)
    return Part(section.id, section.title, blocks, _last_place(section.blocks))


def _last_place(blocks: Iterable[Block]) -> str | None:
    anchors = [block.items[-1].anchor for block in blocks if isinstance(block, Paragraphs)]
    return anchors[-1] if anchors else None


def _specimens(catalog: Catalog) -> list[Specimen]:
    shortest: dict[str, Specimen] = {}
    for lesson in catalog.lessons.values():
        blocks = (
            [block for section in lesson.body for block in section.blocks]
            if lesson.sensitivity != "strong"
            else []
        )
        for block in blocks:
            if isinstance(block, Paragraphs) and len(block.notes) == 1 and len(block.items) == 1:
                found = Specimen(_first_words(block.items[0].html), block.notes[0])
                known = shortest.get(found.note.voice)
                if known is None or len(found.text) < len(known.text):
                    shortest[found.note.voice] = found
    voices = ["said", "un" if "un" in shortest else "page"]
    return [shortest[voice] for voice in voices if voice in shortest]


def _first_words(html: str) -> str:
    """Return whole sentences from the start, as many as a small specimen holds."""
    kept: list[str] = []
    text = Markup(html).striptags()  # noqa: S704 - cleaned at load
    for sentence in re.split(r"(?<=[.?!]) ", text):
        if kept and len(" ".join([*kept, sentence]).split()) > SPECIMEN_WORDS:
            break
        kept.append(sentence)
    return " ".join(kept)
