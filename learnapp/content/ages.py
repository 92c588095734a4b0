"""Ages: from which age lessons, cards, facts and terms are shown; a band is named by the youngest age in it. Pure.

A reader without a band gets what the youngest get, and is asked for a band where that is not enough for a lesson.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from learnapp.content.blocks import Card, groups_in, places_in
from learnapp.content.catalog import Catalog, Lesson
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
        return tuple(item for item in quiz.items if self.withheld_facts.isdisjoint(item.facts))

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
    facts = frozenset(fact for lesson in lessons if lesson.age.full > age for fact in lesson.gated)
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
    open as the youngest of its lessons, and a strong one that no lesson teaches waits for adults. A term is
    as open as the youngest place that explains it; without one it waits for all facts that it rests on.
    """
    facts, explained = _fact_ages(catalog), dict[str, int]()
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


def _fact_ages(catalog: Catalog) -> dict[str, int]:
    opened: dict[str, int] = {}
    gates: dict[str, int] = {}
    for lesson in catalog.lessons.values():
        cited = (fact for place in places_in(lesson.blocks) for fact in place.facts)
        for fact in (*lesson.facts, *cited):
            opened[fact] = min(opened.get(fact, ADULT), lesson.age.opens)
        for fact in lesson.gated:
            gates[fact] = max(gates.get(fact, 0), lesson.age.full)
    untaught = {name: ADULT if fact.sensitivity == "strong" else 0 for name, fact in catalog.facts.items()}
    return {name: max(opened.get(name, age), gates.get(name, 0)) for name, age in untaught.items()}
