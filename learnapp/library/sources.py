"""Glossary and sources as a reader of some age may see them. Pure, frozen values for pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from learnapp.content.audience import Audience, card_age, opens_at
from learnapp.content.blocks import Card, Paragraphs, places_in
from learnapp.content.catalog import Catalog, Fact, Lesson, Section
from learnapp.content.vocabulary import Voice
from learnapp.library.words import fold, sentence

LeftOut = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a lesson: its anchor, and the number of the paragraph where that is known."""

    lesson: Lesson
    anchor: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A fact and the places that teach it; `hard`: it is shown closed at first."""

    fact: Fact
    places: tuple[Place, ...]

    @property
    def hard(self) -> bool:
        return self.fact.sensitivity == "strong"


@dataclass(frozen=True, slots=True)
class Entry:
    """A glossary term: its meaning (HTML), where it is explained first, the facts that it rests on."""

    slug: str
    term: str
    meaning: str
    first: Place | None
    facts: tuple[Told, ...]
    left_out: LeftOut


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms by their first letter, and how many are left out, as pairs of (age, number)."""

    letters: tuple[tuple[str, tuple[Entry, ...]], ...]
    left_out: LeftOut

    @property
    def terms(self) -> int:
        return sum(len(entries) for _letter, entries in self.letters)


@dataclass(frozen=True, slots=True)
class Node:
    """A section of the source with the lessons built from it, its facts, and the sections below it.

    `lessons` come with the age from which they open, or None where the reader may open them.
    """

    section: Section
    lessons: tuple[tuple[Lesson, int | None], ...]
    facts: tuple[Told, ...]
    left_out: LeftOut
    below: tuple[Node, ...]

    @property
    def total(self) -> int:
        """Return how many facts the section has, those left out included."""
        return len(self.facts) + sum(count for _age, count in self.left_out)


def glossary(catalog: Catalog, ages: Audience, age: int) -> Glossary:
    """Return the terms that a reader of this age may see, from A to Z."""
    shown = [term for slug, term in catalog.glossary.items() if ages.terms[slug] <= age]
    entries = [
        Entry(
            slug=term.slug,
            term=term.term,
            meaning=sentence(term.meaning),
            first=_first_use(catalog, term.slug, age),
            facts=tuple(_told(catalog, fact, age) for fact in term.facts if ages.facts[fact] <= age),
            left_out=_left_out((ages.facts[fact] for fact in term.facts), age),
        )
        for term in sorted(shown, key=lambda term: fold(term.term))
    ]
    letters = groupby(entries, key=lambda entry: fold(entry.term)[:1].upper())
    return Glossary(
        tuple((letter, tuple(found)) for letter, found in letters), _left_out(ages.terms.values(), age)
    )


def outline(catalog: Catalog, ages: Audience, age: int) -> tuple[Node, ...]:
    """Return the source's headings as a tree, in the order of the page."""
    sections = list(catalog.sections.values())
    found, _rest = _branch(catalog, ages, age, sections, 1)
    return found


def path_to(nodes: Iterable[Node], slug: str) -> tuple[Node, ...]:
    """Return the way down to a section, itself last; nothing for a section that is not there."""
    for node in nodes:
        if node.section.slug == slug:
            return (node,)
        if way := path_to(node.below, slug):
            return (node, *way)
    return ()


def voices(catalog: Catalog) -> tuple[tuple[Voice, int], ...]:
    """Return how many facts each voice has, the most frequent first."""
    return tuple(Counter(fact.voice for fact in catalog.facts.values()).most_common())


def differences(catalog: Catalog) -> tuple[tuple[tuple[Section, ...], str], ...]:
    """Return what the copies of the source differ in; sections of which the same is said stand together."""
    found: dict[str, list[Section]] = {}
    for one in catalog.source.differences:
        found.setdefault(one.note, []).append(catalog.sections[one.section])
    return tuple((tuple(sections), note) for note, sections in found.items())


def walk(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield every section of the tree in the order of the page."""
    for node in nodes:
        yield node
        yield from walk(node.below)


def _branch(
    catalog: Catalog, ages: Audience, age: int, rest: list[Section], depth: int
) -> tuple[tuple[Node, ...], list[Section]]:
    """Take the sections of this depth off the list, each with those below it."""
    nodes: list[Node] = []
    while rest and rest[0].depth >= depth:
        section, rest = rest[0], rest[1:]
        below, rest = _branch(catalog, ages, age, rest, section.depth + 1)
        nodes.append(_node(catalog, ages, age, section, below))
    return tuple(nodes), rest


def _node(catalog: Catalog, ages: Audience, age: int, section: Section, below: tuple[Node, ...]) -> Node:
    facts = [fact for fact in catalog.facts.values() if fact.section == section.slug]
    lessons = [lesson for lesson in catalog.lessons.values() if section.slug in lesson.sections]
    return Node(
        section=section,
        lessons=tuple((one, opens_at(one) if opens_at(one) > age else None) for one in lessons),
        facts=tuple(_told(catalog, fact.id, age) for fact in facts if ages.facts[fact.id] <= age),
        left_out=_left_out((ages.facts[fact.id] for fact in facts), age),
        below=below,
    )


def _left_out(ages: Iterable[int], age: int) -> LeftOut:
    """Count what waits for an older reader: (age, number), the youngest first."""
    return tuple(sorted(Counter(one for one in ages if one > age).items()))


def _told(catalog: Catalog, fact: str, age: int) -> Told:
    places = []
    for lesson in catalog.taught_in(fact):
        if opens_at(lesson) <= age:
            places += [
                Place(lesson, anchor, number)
                for section in lesson.body
                for anchor, number, facts in places_in(section.blocks)
                if fact in facts
            ][:1]
    return Told(catalog.facts[fact], tuple(places))


def _first_use(catalog: Catalog, slug: str, age: int) -> Place | None:
    """Find the first paragraph that explains a term and that this reader gets; a closed card stays closed."""
    for course in catalog.courses.values():
        for lesson in course.lessons:
            if opens_at(lesson) > age:
                continue
            for section in lesson.body:
                for block in section.blocks:
                    if isinstance(block, Paragraphs) and _explains(block, slug):
                        return Place(lesson, f"term-{slug}")
                    sent = isinstance(block, Card) and card_age(lesson, block) <= age
                    if isinstance(block, Card) and sent and any(_explains(one, slug) for one in block.blocks):
                        return Place(lesson, block.anchor)
    return None


def _explains(block: Paragraphs, slug: str) -> bool:
    return any(gloss.slug == slug for gloss in block.glosses)
