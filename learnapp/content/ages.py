"""Ages: from which age lessons, cards, facts and terms are shown; a band is named by the youngest age in it. Pure.

A reader without a band gets what the youngest get, and is asked for a band where that is not enough for a lesson.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from learnapp.content.blocks import Card, groups_in, places_in
from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.evidence import Evidence
from learnapp.content.facts import Fact
from learnapp.content.vocabulary import Ages
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import QuizVersion

Access = Literal["whole", "core", "ask", "withheld"]

YOUNGEST, ADULT = 12, 18


def age_of(band: int | None) -> int:
    """Return the youngest age of a band; of no band, the youngest of all."""
    return YOUNGEST if band is None else band


def card_age(lesson: Lesson, card: Card | None) -> int:
    """Return the age from which a card of a lesson is sent, or what stands outside of cards."""
    return lesson.age.full if card and card.gated else lesson.age.opens


@dataclass(frozen=True, slots=True)
class AgeAccess:
    """What an age band may be shown of the course: not these facts, nor lessons of these keys, former ones too."""

    band: int | None
    withheld_facts: frozenset[str] = frozenset()
    withheld_lessons: frozenset[str] = frozenset()

    def to(self, lesson: Lesson) -> Access:
        """Return how much of this lesson is open.

        whole; core: all but its gated cards; ask: nothing before the reader has told a band; withheld: nothing.
        That a leader may release a core opens nothing by itself.
        """
        if self.can_show(lesson, gated=True):
            return "whole"
        if self.can_open(lesson):
            return "core"
        return "ask" if self.band is None else "withheld"

    def can_open(self, lesson: Lesson) -> bool:
        """Tell whether the lesson may be read, with or without its gated cards."""
        return self.can_show(lesson, gated=False)

    def can_show(self, lesson: Lesson, gated: bool) -> bool:
        """Tell whether a part of this lesson is sent: a gated card, or what stands outside of one."""
        return age_of(self.band) >= (lesson.age.full if gated else lesson.age.opens)

    def items(self, quiz: QuizVersion) -> tuple[Item, ...]:
        """Return the items of a quiz that may be asked and shown."""
        withheld = self.withheld_facts
        return tuple(
            item
            for item in quiz.items
            if withheld.isdisjoint(item.facts)
            and (item.stimulus is None or withheld.isdisjoint(item.stimulus.evidence))
        )

    def shown_items(self, lesson: str, quiz: QuizVersion) -> frozenset[str]:
        """Return the ids of the items that may be asked and shown in an attempt at this lesson, a key."""
        return frozenset(() if lesson in self.withheld_lessons else (item.id for item in self.items(quiz)))

    def can_show_items(self, lesson: str, quiz: QuizVersion, item_ids: Iterable[str]) -> bool:
        """Tell whether all of these items of an attempt at this lesson may be asked and shown."""
        return self.shown_items(lesson, quiz).issuperset(item_ids)

    def question_count(self, quiz: QuizVersion) -> int:
        """Return how many items one attempt at the quiz asks."""
        return min(len(self.items(quiz)), quiz.count or len(quiz.items))


FULL_ACCESS = AgeAccess(ADULT)


def band_access(lessons: Collection[Lesson], band: int | None) -> AgeAccess:
    """Return what a band may be shown of these lessons, which are all that there are."""
    age = age_of(band)
    # What its questions show of strong evidence waits as its gated cards do.
    facts = frozenset(
        fact for lesson in lessons if lesson.age.full > age for fact in (*lesson.gated, *lesson.strong_evidence)
    )
    keys = frozenset(key for lesson in lessons if lesson.age.opens > age for key in (lesson.key, *lesson.was))
    return AgeAccess(band, facts, keys)


@dataclass(frozen=True, slots=True)
class CatalogAges:
    """The youngest age that is shown each fact and each glossary term outside of a lesson."""

    facts: Mapping[str, int]
    terms: Mapping[str, int]


def catalog_ages(catalog: Catalog) -> CatalogAges:
    """Return the ages of all facts and terms.

    A fact that a lesson gates waits for that lesson's full age, wherever else it stands; any other is as
    open as the youngest of its lessons. One that no lesson teaches waits for adults if it is strong, for the youngest
    lesson on its section or one of its topics if it is mild. A term is
    as open as the youngest place that explains it; without one it waits for all facts that it rests on.
    """
    facts = fact_ages(catalog.facts, map(_fact_use, catalog.lessons.values()))
    explained: dict[str, int] = {}
    for lesson in catalog.lessons.values():
        for group, card in groups_in((*lesson.blocks, *lesson.short)):
            age = card_age(lesson, card)
            for term in group.glosses:
                explained[term.slug] = min(explained.get(term.slug, age), age)
    terms = {
        slug: explained.get(slug, max((facts[fact] for fact in term.facts), default=0))
        for slug, term in catalog.glossary.items()
    }
    return CatalogAges(facts, terms)


class FactUse(NamedTuple):
    """A lesson as far as it decides who is shown facts: its ages and sections, what it teaches, and what it gates."""

    age: Ages
    sections: tuple[str, ...]
    facts: tuple[str, ...]
    gated: tuple[str, ...]


def fact_ages(facts: Mapping[str, Fact], lessons: Iterable[FactUse]) -> dict[str, int]:
    """Return the youngest age that is shown each fact, evidence like facts of the page, as `catalog_ages` says."""
    opened: dict[str, int] = {}
    gates: dict[str, int] = {}
    sections: dict[str, int] = {}
    for lesson in lessons:
        for fact in lesson.facts:
            opened[fact] = min(opened.get(fact, ADULT), lesson.age.opens)
        for section in lesson.sections:
            sections[section] = min(sections.get(section, ADULT), lesson.age.opens)
        for fact in lesson.gated:
            gates[fact] = max(gates.get(fact, 0), lesson.age.full)
    untaught = {name: _untaught_age(fact, sections) for name, fact in facts.items()}
    return {name: max(opened.get(name, age), gates.get(name, 0)) for name, age in untaught.items()}


def _untaught_age(fact: Fact, sections: Mapping[str, int]) -> int:
    """Return from which age a fact is shown that no lesson teaches; `sections` are opened by lessons at these ages."""
    if fact.sensitivity == "strong":
        return ADULT
    topics = fact.topics if isinstance(fact, Evidence) else (fact.section,)
    if fact.sensitivity == "none":
        return 0
    return min((sections.get(topic, 0) for topic in topics), default=0)


def _fact_use(lesson: Lesson) -> FactUse:
    cited = (fact for place in places_in(lesson.blocks) for fact in place.facts)
    return FactUse(lesson.age, lesson.sections, (*lesson.facts, *cited), lesson.gated)
