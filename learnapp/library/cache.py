"""Library cache: glossary, outline, search index and rendered parts of the served catalog, by age group."""

import sqlite3
from contextlib import closing
from functools import cached_property

from flask import Flask, current_app, get_template_attribute
from flask_babel import get_locale

from learnapp.config.settings import ConfigurationError
from learnapp.content.ages import ADULT, age_of, catalog_ages
from learnapp.content.catalog import Catalog
from learnapp.learning.access import current_band
from learnapp.library.evidence import EvidenceIndex
from learnapp.library.glossary import Glossary, glossary
from learnapp.library.people import PersonEntry, people
from learnapp.library.search import SearchIndex
from learnapp.library.search_text import passages
from learnapp.library.sources import SectionNode, outline
from learnapp.web.catalog import current_catalog


class LibraryCache:
    """What readers of one age may look up in one catalog; each value is made when it is first wanted."""

    # No lock is needed: threads that want a value at once may each make it; all are equal, and the last one stays.

    def __init__(self, catalog: Catalog, age: int) -> None:
        self.catalog, self.age, self.ages = catalog, age, catalog_ages(catalog)
        self._rendered: dict[tuple[str, str], str] = {}

    @cached_property
    def hidden_facts(self) -> int:
        """Return how many facts of the page are for older readers."""
        ages = (self.ages.facts[name] for name, fact in self.catalog.facts.items() if fact.section)
        return sum(from_age > self.age for from_age in ages)

    @cached_property
    def evidence(self) -> EvidenceIndex:
        return EvidenceIndex(self.catalog, self.ages, self.age)

    @cached_property
    def glossary(self) -> Glossary:
        return glossary(self.catalog, self.ages, self.age)

    @cached_property
    def outline(self) -> tuple[SectionNode, ...]:
        """Return the tree of the source's sections."""
        return outline(self.catalog, self.ages, self.age)

    @cached_property
    def people(self) -> tuple[PersonEntry, ...]:
        """Return the people of whom something is open to these readers."""
        return people(self.catalog, self.ages, self.age)

    @cached_property
    def hidden_people(self) -> int:
        """Return how many people only older readers meet."""
        return len(people(self.catalog, self.ages, ADULT)) - len(self.people)

    @cached_property
    def search_index(self) -> SearchIndex:
        """Return the index of what these readers may see, and of nothing else."""
        return SearchIndex(passages(self.catalog, self.ages), self.age)

    def render_part(self, name: str, macro: str, *values: object, file: str = "_cached") -> str:
        """Return a part of a page as a macro of a file renders it for all readers of one age and language."""
        key = (name, str(get_locale()))
        if key not in self._rendered:
            self._rendered[key] = get_template_attribute(f"library/{file}.html", macro)(*values)
        return self._rendered[key]


def current_library() -> LibraryCache:
    """Return what the current reader may look up; without an age group, what the youngest may."""
    catalog, age = current_catalog(), age_of(current_band())
    caches: dict[int, LibraryCache] = current_app.extensions["library"]
    if age not in caches or caches[age].catalog is not catalog:
        caches[age] = LibraryCache(catalog, age)
    return caches[age]


def init_app(app: Flask) -> None:
    """Give the app its library; it is filled at the first use. Raises ConfigurationError without FTS5."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.DatabaseError:
            raise ConfigurationError("Search needs SQLite with FTS5, which this Python’s lacks.") from None
    app.extensions["library"] = {}
