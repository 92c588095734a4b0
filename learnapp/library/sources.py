"""Sources: the outline of the source page with its facts, as readers of some age may see them. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from learnapp.content.ages import CatalogAges
from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.facts import Fact, Section
from learnapp.content.vocabulary import Voice

CountsByAge = tuple[tuple[int, int], ...]
"""Pairs of (age, number), the youngest first."""


@dataclass(frozen=True, slots=True)
class LessonPlace:
    """A place in a lesson: its anchor, and the number of the paragraph where that is known."""

    lesson: Lesson
    anchor: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact or piece of evidence and the places that teach it; a `hard` one is shown closed at first."""

    fact: Fact
    places: tuple[LessonPlace, ...]

    @property
    def hard(self) -> bool:
        return self.fact.sensitivity == "strong"


@dataclass(frozen=True, slots=True)
class SectionNode:
    """A section of the source with the lessons built from it, its facts, and the sections below it.

    `lessons` come with the age from which they open, or None where the reader may open them.
    """

    section: Section
    lessons: tuple[tuple[Lesson, int | None], ...]
    facts: tuple[FactEntry, ...]
    hidden_facts: CountsByAge
    children: tuple["SectionNode", ...]

    @property
    def total(self) -> int:
        """Return how many facts the section has, the hidden ones included."""
        return len(self.facts) + sum(count for _age, count in self.hidden_facts)


def outline(catalog: Catalog, ages: CatalogAges, age: int) -> tuple[SectionNode, ...]:
    """Return the source's headings as a tree, in the order of the page."""
    rest = list(catalog.sections.values())

    def take_nodes(depth: int) -> Iterator[SectionNode]:
        """Take the sections of this depth off the list, each with those below it."""
        while rest and rest[0].depth >= depth:
            section = rest.pop(0)
            facts = [fact.id for fact in catalog.facts.values() if fact.section == section.slug]
            lessons = [lesson for lesson in catalog.lessons.values() if section.slug in lesson.sections]
            yield SectionNode(
                section=section,
                lessons=tuple((lesson, lesson.age.opens if lesson.age.opens > age else None) for lesson in lessons),
                facts=tuple(fact_entry(catalog, fact, age) for fact in facts if ages.facts[fact] <= age),
                hidden_facts=count_hidden((ages.facts[fact] for fact in facts), age),
                children=tuple(take_nodes(section.depth + 1)),
            )

    return tuple(take_nodes(1))


def path_to(nodes: Iterable[SectionNode], slug: str) -> tuple[SectionNode, ...]:
    """Return the way down to a section, itself last; nothing for an unknown section."""
    for node in nodes:
        if node.section.slug == slug:
            return (node,)
        if path := path_to(node.children, slug):
            return (node, *path)
    return ()


def count_voices(catalog: Catalog) -> tuple[tuple[Voice, int], ...]:
    """Return how many facts each voice has, the most frequent first."""
    return tuple(Counter(fact.voice for fact in catalog.facts.values()).most_common())


def differences(catalog: Catalog) -> tuple[tuple[tuple[Section, ...], str], ...]:
    """Return what the copies of the source differ in; sections with the same note stand together."""
    sections: dict[str, list[Section]] = {}
    for difference in catalog.differences:
        sections.setdefault(difference.note, []).append(catalog.sections[difference.section])
    return tuple((tuple(same), note) for note, same in sections.items())


def fact_entry(catalog: Catalog, fact: str, age: int) -> FactEntry:
    """Return a fact or piece of evidence with its first place in each lesson that a reader of this age may open."""
    return FactEntry(catalog.facts[fact], lesson_places(catalog, fact, age))


def lesson_places(catalog: Catalog, fact: str, age: int) -> tuple[LessonPlace, ...]:
    """Return the first place of a fact in each lesson that a reader of this age may open."""
    places: dict[str, LessonPlace] = {}
    for lesson, place in catalog.places_of(fact):
        if lesson.age.opens <= age:
            places.setdefault(lesson.key, LessonPlace(lesson, place.anchor, place.number))
    return tuple(places.values())


def count_hidden(ages: Iterable[int], age: int) -> CountsByAge:
    """Count what is for older readers than this age."""
    return tuple(sorted(Counter(from_age for from_age in ages if from_age > age).items()))
