"""Texts: all words that a reader meets, each with its position."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from learnapp.content.load.drafts import (
    AskDraft,
    CardDraft,
    CourseDraft,
    ItemDraft,
    LessonDraft,
    ParagraphDraft,
)
from learnapp.content.load.yaml import Document, Where
from learnapp.content.problems import GLOSSARY, Position

# Keys whose values name things and are not read by anyone.
NAMES = {"id", "type", "facts", "see", "next", "rating", "kind", "icon", "cells", "slug", "lessons"}
NAMES |= {"sections", "gated", "skip", "sensitivity", "behaviour", "fact", "from", "to"}


# The key of a reply that is not the best one: it may be worded as badly as people word it.
POOR = "poor reply"


class Words(NamedTuple):
    """A text, where it starts, and the key under which it stands ("" in a lesson's body)."""

    place: Position
    text: str
    key: str


def all_words(draft: CourseDraft) -> Iterator[Words]:
    """Yield everything readers may see, the ledger left out: it keeps the sources' own words."""
    for module in draft.modules:
        yield from document_words(module.document)
        for lesson in module.lessons:
            yield from lesson_words(lesson)
    if glossary := draft.ledger.documents.get(GLOSSARY):
        yield from document_words(glossary)


def lesson_words(lesson: LessonDraft) -> Iterator[Words]:
    """Yield a lesson's front matter, body line by line, and quiz."""
    yield from document_words(lesson.document)
    yield from body_words(lesson)
    if lesson.quiz:
        yield from document_words(lesson.quiz.document)


def body_words(lesson: LessonDraft) -> Iterator[Words]:
    """Yield the body as typed, line by line, with headings, card titles and what stands in own= and note=."""
    for section in lesson.body.sections:
        yield Words(section.place, section.title, "")
        for block in section.blocks:
            if isinstance(block, CardDraft):
                yield Words(block.place, block.title, "")
                for paragraph in block.paragraphs:
                    yield from _paragraph(paragraph)
            elif isinstance(block, ParagraphDraft):
                yield from _paragraph(block)
            elif isinstance(block, AskDraft):
                yield from _lines(block.place, block.lines)
    for paragraph in lesson.body.short.paragraphs if lesson.body.short else ():
        yield from _paragraph(paragraph)
    if lesson.body.pause:
        yield from _lines(lesson.body.pause.place, lesson.body.pause.lines)


def document_words(document: Document, where: Where = ()) -> Iterator[Words]:
    """Yield every text below this part of a document that is not a name."""
    data: Any = document.data
    for step in where:
        data = data[step]
    key = next((step for step in reversed(where) if isinstance(step, str)), "")
    if isinstance(data, str):
        if key not in NAMES:
            yield Words(document.place(*where), data, key)
    elif isinstance(data, dict):
        poor = data.get("rating") in ("weak", "worse")  # in a faulty file it may be a list
        for name in data:
            if name not in NAMES:
                for words in document_words(document, (*where, name)):
                    yield words._replace(key=POOR) if poor and name == "text" else words
    elif isinstance(data, list):
        for number in range(len(data)):
            yield from document_words(document, (*where, number))


def item_words(item: ItemDraft) -> Iterator[Words]:
    """Yield every text of an item."""
    yield from document_words(item.document, item.where)


def _paragraph(paragraph: ParagraphDraft) -> Iterator[Words]:
    for words in (paragraph.own, paragraph.note):
        if words:
            yield Words(paragraph.attributes_at, words, "")
    yield from _lines(paragraph.place, paragraph.lines)


def _lines(place: Position, lines: tuple[str, ...]) -> Iterator[Words]:
    for number, line in enumerate(lines):
        yield Words(Position(place.path, place.line + number), line, "")
