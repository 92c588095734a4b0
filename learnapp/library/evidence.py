"""Evidence pages: what other sources say, how that stands to the page and to each other, by the reader's age. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from learnapp.content.ages import CatalogAges
from learnapp.content.catalog import Catalog
from learnapp.content.evidence import RELATIONS, Evidence, reverse_relation
from learnapp.content.facts import Fact, found_by
from learnapp.content.vocabulary import EvidenceVoice
from learnapp.library.sources import CountsByAge, LessonPlace, count_hidden, lesson_places

# The order in which voices stand on the page of all evidence.
VOICES: tuple[EvidenceVoice, ...] = ("un", "law", "state", "study", "ngo", "press", "said")
LinkKind = Literal[
    "corroborates", "corrects", "dates", "limits", "corroborated", "corrected", "dated", "limited"
]  # fmt: skip
REVERSED: dict[str, LinkKind] = {
    "corroborates": "corroborated",
    "corrects": "corrected",
    "dates": "dated",
    "limits": "limited",
}


@dataclass(frozen=True, slots=True)
class FactLinks:
    """How one fact or piece of evidence stands to others that the reader may see, by the kind of the link."""

    kind: LinkKind
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class EvidenceEntry:
    """A piece of evidence, the places that teach it, and how it stands to facts and other evidence."""

    fact: Evidence
    places: tuple[LessonPlace, ...]
    links: tuple[FactLinks, ...]

    @property
    def hard(self) -> bool:
        return self.fact.sensitivity == "strong"


class EvidenceIndex:
    """The evidence of a catalog as readers of one age see it."""

    def __init__(self, catalog: Catalog, ages: CatalogAges, age: int) -> None:
        self.catalog, self.ages, self.age = catalog, ages, age
        self.evidence = {name: fact for name, fact in catalog.facts.items() if isinstance(fact, Evidence)}
        entries = tuple(self.evidence.values())
        self._reverse = {relation: reverse_relation(entries, relation) for relation in RELATIONS}
        self._reverse["corroborates"] = found_by(catalog.facts)

    @property
    def hidden(self) -> CountsByAge:
        """Count the evidence for older readers."""
        return count_hidden((self.ages.facts[name] for name in self.evidence), self.age)

    def opens(self, name: str) -> int:
        """Return the youngest age that is shown this evidence; raises KeyError where there is none."""
        return self.ages.facts[self.evidence[name].id]

    def entry(self, name: str) -> EvidenceEntry:
        """Return one piece of evidence; raises KeyError where there is none."""
        return EvidenceEntry(self.evidence[name], lesson_places(self.catalog, name, self.age), self.links(name))

    def by_voice(self) -> tuple[tuple[EvidenceVoice, tuple[EvidenceEntry, ...]], ...]:
        """Return all that the reader may see, by who says it."""
        shown = [name for name in self.evidence if self.opens(name) <= self.age]
        groups = ((voice, [name for name in shown if self.evidence[name].voice == voice]) for voice in VOICES)
        return tuple((voice, tuple(map(self.entry, names))) for voice, names in groups if names)

    def on_section(self, slug: str) -> tuple[EvidenceEntry, ...]:
        """Return what the reader may see on one section of the page."""
        names = [name for name, fact in self.evidence.items() if slug in fact.topics]
        return tuple(self.entry(name) for name in names if self.opens(name) <= self.age)

    def links(self, name: str) -> tuple[FactLinks, ...]:
        """Return how a fact or a piece of evidence stands to others, in both directions."""
        return tuple(FactLinks(kind, facts) for kind, facts in self._links(name) if facts)

    def _links(self, name: str) -> Iterator[tuple[LinkKind, tuple[Fact, ...]]]:
        fact = self.catalog.facts[name]
        for relation in RELATIONS:
            yield relation, self._shown(getattr(fact, relation) if isinstance(fact, Evidence) else ())
            reverse = self._reverse[relation].get(name, ())
            yield REVERSED[relation], self._shown(tuple(entry.id for entry in reverse))

    def _shown(self, names: tuple[str, ...]) -> tuple[Fact, ...]:
        known = (name for name in dict.fromkeys(names) if name in self.catalog.facts)
        return tuple(self.catalog.facts[name] for name in known if self.ages.facts[name] <= self.age)
