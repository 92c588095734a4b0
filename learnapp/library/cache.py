"""What the library has made of the catalog: ages, search index, parts of pages kept for all of one age."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar, cast

from flask import Flask, current_app
from flask_babel import get_locale

from learnapp.content.ages import YOUNGEST
from learnapp.content.audience import Audience, audience
from learnapp.content.catalog import Catalog
from learnapp.learning.access import current_band
from learnapp.library.search import Index, build_index
from learnapp.library.search_text import passages
from learnapp.library.sources import Glossary, Node, glossary, outline
from learnapp.web.catalog import current_catalog

Made = TypeVar("Made")


@dataclass
class Stock:
    """One catalog's library. Each thing is made when it is first asked for, and once."""

    catalog: Catalog
    lock: Lock = field(default_factory=Lock)
    kept: dict[Hashable, Any] = field(default_factory=dict)

    @cached_property
    def ages(self) -> Audience:
        return audience(self.catalog)

    @property
    def index(self) -> Index:
        with self.lock:
            return self._index

    @cached_property
    def _index(self) -> Index:
        return build_index(passages(self.catalog, self.ages))

    def glossary(self, age: int) -> Glossary:
        """Return the terms for readers of this age."""
        return self.keep(("glossary", age), lambda: glossary(self.catalog, self.ages, age))

    def outline(self, age: int) -> tuple[Node, ...]:
        """Return the tree of the source's sections for readers of this age."""
        return self.keep(("outline", age), lambda: outline(self.catalog, self.ages, age))

    def page(self, name: str, age: int, render: Callable[[], Made]) -> Made:
        """Return a rendered part of a page, which is the same for all readers of one age and language."""
        return self.keep((name, age, str(get_locale())), render)

    def keep(self, key: Hashable, make: Callable[[], Made]) -> Made:
        if key not in self.kept:
            self.kept[key] = make()
        return cast("Made", self.kept[key])


class StockRoom:
    """Holds the stock of the catalog that is served now."""

    def __init__(self) -> None:
        self.stock: Stock | None = None

    def of(self, catalog: Catalog) -> Stock:
        stock = self.stock
        if stock is None or stock.catalog is not catalog:
            stock = self.stock = Stock(catalog)
        return stock


def current_stock() -> Stock:
    """Return the library of the catalog that this app serves."""
    room: StockRoom = current_app.extensions["library"]
    return room.of(current_catalog())


def reader_age() -> int:
    """Return the youngest age of the reader's band; who has told none gets what the youngest get."""
    band = current_band()
    return YOUNGEST if band is None else band


def init_app(app: Flask) -> None:
    """Give the app its library; it is filled at the first use."""
    app.extensions["library"] = StockRoom()
