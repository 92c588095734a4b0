"""From which age on something may be shown outside its lesson: in lists, in the glossary, in search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from learnapp.content.blocks import Block, Card, Paragraphs, places_in
from learnapp.content.catalog import Catalog, Lesson

ANYBODY = 0
STRONG = 18  # a strong fact that no lesson teaches yet


@dataclass(frozen=True, slots=True)
class Audience:
    """The youngest age for each fact and each glossary term."""

    facts: Mapping[str, int]
    terms: Mapping[str, int]


def opens_at(lesson: Lesson) -> int:
    """Return the age from which a lesson can be opened, with or without its gated cards."""
    return lesson.age.full if lesson.age.core is None else lesson.age.core


def card_age(lesson: Lesson, card: Card) -> int:
    """Return the age from which a card of a lesson is sent."""
    return max(lesson.age.full, opens_at(lesson)) if card.gated else opens_at(lesson)


def audience(catalog: Catalog) -> Audience:
    """Return the ages of all facts and terms.

    A fact that a lesson gates waits for that lesson's full age, wherever else it stands; any other is as
    open as the youngest of its lessons. A term is as open as the youngest place where it is explained; one
    that no lesson explains waits for all facts that its meaning rests on.
    """
    facts = _fact_ages(catalog)
    terms = dict.fromkeys(catalog.glossary, STRONG + 1)
    for lesson in catalog.lessons.values():
        for slug, age in _explained(lesson):
            terms[slug] = min(terms.get(slug, age), age)
    for slug, term in catalog.glossary.items():
        if terms[slug] > STRONG:
            terms[slug] = max((facts[fact] for fact in term.facts), default=ANYBODY)
    return Audience(facts, terms)


def _fact_ages(catalog: Catalog) -> dict[str, int]:
    opened: dict[str, int] = {}
    gated: dict[str, int] = {}
    for lesson in catalog.lessons.values():
        for fact in _told(lesson):
            opened[fact] = min(opened.get(fact, STRONG), opens_at(lesson))
        for fact in lesson.gated:
            gated[fact] = max(gated.get(fact, ANYBODY), lesson.age.full)
    return {
        name: max(
            opened.get(name, STRONG if fact.sensitivity == "strong" else ANYBODY), gated.get(name, ANYBODY)
        )
        for name, fact in catalog.facts.items()
    }


def _told(lesson: Lesson) -> Iterator[str]:
    yield from lesson.facts
    for section in lesson.body:
        for _anchor, _number, facts in places_in(section.blocks):
            yield from facts


def _explained(lesson: Lesson) -> Iterator[tuple[str, int]]:
    """Yield each term that a lesson explains with the age from which it does."""
    blocks = [block for section in lesson.body for block in section.blocks]
    for block, age in _groups(lesson, (*blocks, *lesson.short)):
        yield from ((gloss.slug, age) for gloss in block.glosses)


def _groups(lesson: Lesson, blocks: Iterable[Block]) -> Iterator[tuple[Paragraphs, int]]:
    for block in blocks:
        if isinstance(block, Paragraphs):
            yield block, opens_at(lesson)
        elif isinstance(block, Card):
            yield from ((group, card_age(lesson, block)) for group in block.blocks)
