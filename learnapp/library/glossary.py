"""Glossary: its terms as readers of some age may see them. Pure, frozen values for pages."""

from dataclasses import dataclass
from itertools import groupby

from learnapp.content.ages import CatalogAges, card_age
from learnapp.content.blocks import groups_in
from learnapp.content.catalog import Catalog
from learnapp.library.search_text import as_sentence, fold
from learnapp.library.sources import CountsByAge, FactEntry, LessonPlace, count_hidden, fact_entry


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A glossary term: its meaning (HTML), where it is explained first, the facts that it rests on."""

    slug: str
    term: str
    meaning: str
    first_use: LessonPlace | None
    facts: tuple[FactEntry, ...]
    hidden_facts: CountsByAge


@dataclass(frozen=True, slots=True)
class Glossary:
    """The terms by their first letter, and how many are hidden from this age."""

    letters: tuple[tuple[str, tuple[GlossaryEntry, ...]], ...]
    hidden_terms: CountsByAge


def glossary(catalog: Catalog, ages: CatalogAges, age: int) -> Glossary:
    """Return the terms that a reader of this age may see, from A to Z."""
    shown = [term for slug, term in catalog.glossary.items() if ages.terms[slug] <= age]
    entries = [
        GlossaryEntry(
            slug=term.slug,
            term=term.term,
            meaning=as_sentence(term.meaning_html),
            first_use=_first_use(catalog, term.slug, age),
            facts=tuple(fact_entry(catalog, fact, age) for fact in term.facts if ages.facts[fact] <= age),
            hidden_facts=count_hidden((ages.facts[fact] for fact in term.facts), age),
        )
        for term in sorted(shown, key=lambda term: fold(term.term))
    ]
    letters = groupby(entries, key=lambda entry: fold(entry.term)[:1].upper())
    return Glossary(tuple((letter, tuple(group)) for letter, group in letters), count_hidden(ages.terms.values(), age))


def _first_use(catalog: Catalog, slug: str, age: int) -> LessonPlace | None:
    """Find the first paragraph that explains a term and that this reader gets; a closed card stays closed."""
    for lesson in (lesson for course in catalog.courses.values() for lesson in course.lessons):
        if lesson.age.opens > age:
            continue
        for group, card in groups_in(lesson.blocks):
            sent = card_age(lesson, card) <= age
            if sent and any(term.slug == slug for term in group.glosses):
                return LessonPlace(lesson, card.anchor if card else f"term-{slug}")
    return None
