"""What search looks through: every lesson, paragraph by paragraph, every glossary term, every fact. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from learnapp.content.audience import Audience, card_age, opens_at
from learnapp.content.blocks import Card, Paragraphs
from learnapp.content.catalog import Catalog, Lesson
from learnapp.library.words import plain, sentence

Kind = Literal["lesson", "term", "fact"]
KINDS: tuple[Kind, ...] = ("lesson", "term", "fact")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that can be found; `key` names the lesson, term or fact that it belongs to.

    `age` is the youngest age that gets it. What is `closed` can be found but is never quoted: its page shows
    it closed at first. `anchor` and `number` are those of a lesson's paragraph.
    """

    kind: Kind
    key: str
    title: str
    text: str
    age: int
    closed: bool = False
    anchor: str | None = None
    number: int | None = None


def passages(catalog: Catalog, ages: Audience) -> tuple[Passage, ...]:
    """List everything that can be found, lessons in the order of their courses first."""
    found: list[Passage] = []
    lessons = [lesson for course in catalog.courses.values() for lesson in course.lessons]
    for lesson in dict.fromkeys(lesson.key for lesson in lessons):
        module, _slash, slug = lesson.partition("/")
        found += _lesson(catalog.lessons[module, slug])
    for slug, term in catalog.glossary.items():
        found.append(Passage("term", slug, _nfc(term.term), plain(sentence(term.meaning)), ages.terms[slug]))
    for name, fact in catalog.facts.items():
        text = " ".join(filter(None, (fact.text, f"{fact.attribution}.", fact.note)))
        title = catalog.sections[fact.section].title
        strong = fact.sensitivity == "strong"
        found.append(Passage("fact", name, _nfc(title), _nfc(text), ages.facts[name], strong))
    return tuple(found)


def _lesson(lesson: Lesson) -> Iterator[Passage]:
    age, key = opens_at(lesson), lesson.key
    yield Passage("lesson", key, _nfc(lesson.title), _nfc(lesson.lead), age)
    for block in (block for section in lesson.body for block in section.blocks):
        if isinstance(block, Paragraphs):
            for one in block.items:
                yield Passage("lesson", key, "", plain(one.html), age, False, one.anchor, one.number)
        elif isinstance(block, Card):
            older = card_age(lesson, block)
            for one in (one for group in block.blocks for one in group.items):
                yield Passage("lesson", key, "", plain(one.html), older, True, block.anchor, one.number)
    for point in lesson.key_points:
        yield Passage("lesson", key, "", _nfc(point), age, anchor="points")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
