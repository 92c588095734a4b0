"""Library cache: glossary, outline, search index and rendered parts of the served catalog, by age group."""

import sqlite3
from collections.abc import Callable, Hashable
from contextlib import closing
from functools import cached_property
from threading import RLock
from typing import Any, TypeVar, cast

from flask import Flask, current_app
from flask_babel import get_locale

from learnapp.config import ConfigurationError
from learnapp.content.ages import YOUNGEST, CatalogAges, catalog_ages
from learnapp.content.catalog import Catalog
from learnapp.learning.access import current_band
from learnapp.library.glossary import Glossary, glossary
from learnapp.library.search import SearchIndex
from learnapp.library.search_text import passages
from learnapp.library.sources import SectionNode, outline
from learnapp.web.catalog import current_catalog

Value = TypeVar("Value")


class LibraryCache:
    """What is derived from one catalog. Each value is made when it is first wanted, and once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._lock = RLock()
        self._values: dict[Hashable, Any] = {}

    @cached_property
    def ages(self) -> CatalogAges:
        return catalog_ages(self.catalog)

    def hidden_facts(self, age: int) -> int:
        """Return how many facts are for older readers than this age."""
        return sum(from_age > age for from_age in self.ages.facts.values())

    def glossary(self, age: int) -> Glossary:
        """Return the terms for readers of this age."""
        return self._once(("glossary", age), lambda: glossary(self.catalog, self.ages, age))

    def outline(self, age: int) -> tuple[SectionNode, ...]:
        """Return the tree of the source's sections for readers of this age."""
        return self._once(("outline", age), lambda: outline(self.catalog, self.ages, age))

    def search_index(self, age: int) -> SearchIndex:
        """Return the index of what readers of this age may see, and of nothing else."""
        return self._once(("search", age), lambda: SearchIndex(passages(self.catalog, self.ages), age))

    def rendered(self, name: str, age: int, render: Callable[[], str]) -> str:
        """Return a rendered part of a page, which is the same for all readers of one age and language."""
        return self._once((name, age, str(get_locale())), render)

    def _once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        if key not in self._values:
            with self._lock:
                if key not in self._values:
                    self._values[key] = make()
        return cast("Value", self._values[key])


def current_library() -> LibraryCache:
    """Return the cache of the catalog that this app serves now."""
    catalog = current_catalog()
    cache: LibraryCache | None = current_app.extensions["library"]
    if cache is None or cache.catalog is not catalog:
        cache = current_app.extensions["library"] = LibraryCache(catalog)
    return cache


def reader_age() -> int:
    """Return the youngest age of the reader's age group; without one, that of the youngest."""
    return current_band() or YOUNGEST


def init_app(app: Flask) -> None:
    """Give the app its library; it is filled at the first use. Raises ConfigurationError without FTS5."""
    with closing(sqlite3.connect(":memory:")) as database:
        try:
            database.execute("CREATE VIRTUAL TABLE probe USING fts5(text)")
        except sqlite3.DatabaseError:
            raise ConfigurationError("Search needs SQLite with FTS5, which this Python's lacks.") from None
    app.extensions["library"] = None
