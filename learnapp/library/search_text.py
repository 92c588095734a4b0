"""Passages: the texts that search looks through, each with the youngest age that may see it. Pure."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from learnapp.content.ages import CatalogAges, card_age
from learnapp.content.blocks import groups_in
from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.evidence import Evidence

Kind = Literal["lesson", "term", "fact"]
KINDS: tuple[Kind, ...] = ("lesson", "term", "fact")
BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li|br)\b[^>]*>")
FIRST_LETTER = re.compile(r"^((?:<[^>]*>|&#?\w+;|[^\w<&])*)(\w)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that can be found; `key` names the lesson, term or fact that it belongs to.

    `age` is the youngest age that gets it. What is `closed` can be found but is never quoted: its page shows it
    closed at first, or somebody may have chosen not to read it. `anchor` and `number` are those of a lesson's
    paragraph.
    """

    kind: Kind
    key: str
    title: str
    text: str
    age: int
    closed: bool = False
    anchor: str | None = None
    number: int | None = None


def passages(catalog: Catalog, ages: CatalogAges) -> Iterator[Passage]:
    """Yield everything that can be found, lessons in the order of their courses first."""
    for key in dict.fromkeys(lesson.key for course in catalog.courses.values() for lesson in course.lessons):
        yield from _lesson_passages(catalog.lessons[key], catalog)
    for slug, term in catalog.glossary.items():
        meaning = plain_text(as_sentence(term.meaning_html))
        yield Passage("term", slug, _nfc(term.term), meaning, ages.terms[slug])
    for name, fact in catalog.facts.items():
        text = " ".join(filter(None, (fact.text, f"{fact.attribution}.", fact.note)))
        title = fact.source.author if isinstance(fact, Evidence) else catalog.sections[fact.section].title
        yield Passage("fact", name, _nfc(title), _nfc(text), ages.facts[name], fact.sensitivity == "strong")


def fold(text: str) -> str:
    """Return a text in small letters without accents: "Kim’s café" is "kim's cafe"."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return _nfc("".join(letter for letter in letters if not unicodedata.combining(letter)).casefold())


def as_sentence(meaning: str) -> str:
    """Return the HTML of a meaning ("a rank ...") as it can stand alone ("A rank ...")."""
    return FIRST_LETTER.sub(lambda start: f"{start[1]}{start[2].upper()}", meaning, count=1)


def plain_text(markup: str) -> str:
    """Return the words of clean HTML, as NFC."""
    plain = Markup(BLOCK_TAG.sub(" ", markup)).striptags()  # noqa: S704 - its tags are taken away
    return _nfc(" ".join(plain.split()))


def _lesson_passages(lesson: Lesson, catalog: Catalog) -> Iterator[Passage]:
    """Yield a lesson's texts; what rests on something strong is not quoted to those who leave it out."""
    age, key, strong = lesson.age.opens, lesson.key, lesson.sensitivity == "strong"
    yield Passage("lesson", key, _nfc(lesson.title), _nfc(lesson.lead), age)
    for group, card in groups_in(lesson.blocks):
        from_age = card_age(lesson, card)
        for item in group.items:
            text, anchor = plain_text(item.html), card.anchor if card else item.anchor
            facts = (catalog.facts.get(fact) for fact in item.facts)
            closed = card is not None or any(fact and fact.sensitivity == "strong" for fact in facts)
            yield Passage("lesson", key, "", text, from_age, closed, anchor, item.number)
    for point in lesson.end.key_points:
        yield Passage("lesson", key, "", _nfc(point), age, strong, anchor="points")


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
