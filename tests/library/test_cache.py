"""The library holds the same gates as the lessons, makes each value once, and needs FTS5."""

import re
import sqlite3

import pytest
from flask import Flask

from learnapp.config.settings import ConfigurationError
from learnapp.content.ages import YOUNGEST, band_access, catalog_ages
from learnapp.content.catalog import Catalog
from learnapp.content.facts import PageFact
from learnapp.library.cache import LibraryCache, current_library, init_app
from tests.courses.island import GLOSSARY, LAMP, Island
from tests.courses.real import real_catalog
from tests.courses.serving import serve_catalog

BANDS = (None, 12, 14, 16, 18)
FACT = re.compile(r"'([a-z0-9-]+\.[0-9]{2})'")


@pytest.mark.parametrize("band", BANDS)
def test_the_library_shows_no_fact_that_lessons_withhold(island: Island, band: int | None) -> None:
    for catalog in (island.catalog(), real_catalog()):
        age = YOUNGEST if band is None else band
        reached = band_access(catalog.lessons.values(), band)
        ages = catalog_ages(catalog).facts
        shown = {name for name, fact in catalog.facts.items() if fact.section and ages[name] <= age}

        opened = {
            fact
            for lesson in catalog.lessons.values()
            if reached.can_open(lesson)
            for fact in (*lesson.facts, *FACT.findall(repr(lesson.body)))
        }
        assert shown.isdisjoint(reached.withheld_facts)
        elsewhere = {name for name, fact in catalog.facts.items() if isinstance(fact, PageFact) and fact.elsewhere}
        assert shown <= opened | elsewhere


def test_each_value_is_made_once_for_an_age(catalog: Catalog) -> None:
    library = LibraryCache(catalog, 12)

    assert library.glossary is library.glossary
    assert library.outline is library.outline
    assert library.search_index is library.search_index


def test_each_age_has_values_of_its_own(island: Island) -> None:
    island.write(GLOSSARY, island.text(GLOSSARY).replace("facts: [keepers.01]", "facts: [keepers.01, wreck.03]"))
    catalog = island.catalog()

    younger, older = LibraryCache(catalog, 12), LibraryCache(catalog, 16)

    assert younger.glossary is not older.glossary
    assert younger.glossary != older.glossary
    assert younger.search_index is not older.search_index
    assert younger.search_index.search("wreck").totals != older.search_index.search("wreck").totals


def test_the_app_has_one_library_for_the_catalog_that_it_serves(
    app: Flask, served: Catalog, island: Island, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.test_request_context():
        library = current_library()
        assert library.catalog is served
        assert current_library() is library
        island.edit(LAMP, "title: The lamp", "title: The light")
        serve_catalog(app, monkeypatch, island.catalog())
        assert current_library() is not library


def test_the_app_does_not_start_without_full_text_search(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> int:
        return sqlite3.SQLITE_DENY

    def connect(name: str) -> sqlite3.Connection:
        connection = real(name)
        connection.set_authorizer(refuse)
        return connection

    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", connect)

    with pytest.raises(ConfigurationError, match="SQLite with FTS5"):
        init_app(app)
