"""The library and the lessons hold the same gates, and what was made once is kept."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from learnapp.content.ages import YOUNGEST, reach
from learnapp.content.audience import audience
from learnapp.content.catalog import Catalog
from learnapp.library.cache import StockRoom, current_stock
from tests.courses.island import Island
from tests.library.conftest import course

BANDS = (None, 12, 14, 16, 18)
FACT = re.compile(r"'([a-z0-9-]+\.[0-9]{2})'")


@pytest.mark.parametrize("band", BANDS)
def test_the_library_shows_no_fact_that_lessons_withhold(island: Island, band: int | None) -> None:
    for catalog in (island.catalog(), course()):
        age = YOUNGEST if band is None else band
        reached = reach(catalog.lessons.values(), band)
        shown = {name for name, from_age in audience(catalog).facts.items() if from_age <= age}

        opened = {
            fact
            for lesson in catalog.lessons.values()
            if reached.opens(lesson)
            for fact in (*lesson.facts, *FACT.findall(repr(lesson.body)))
        }
        assert shown.isdisjoint(reached.withheld)
        assert shown <= opened


def test_one_catalog_has_one_stock(catalog: Catalog, island: Island) -> None:
    room = StockRoom()
    first = room.of(catalog)

    assert room.of(catalog) is first
    assert first.glossary(12) is first.glossary(12)
    assert first.glossary(12) is not first.glossary(16)
    assert first.index is first.index
    assert room.of(island.catalog()) is not first


def test_the_app_has_the_stock_of_what_it_serves(app: Flask, served: Catalog) -> None:
    with app.app_context():
        assert current_stock().catalog is served
