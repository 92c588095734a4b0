"""Catalogs served: let an app of a test serve a made-up course in place of the files' one."""

from typing import Any

import pytest
from flask import Flask

from learnapp.config.settings import ROOT
from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.facts import Source
from learnapp.web.catalog import CatalogHolder
from tests.courses.tea import catalog_of, lesson


class FixedCatalog(CatalogHolder):
    """Hold one catalog for good."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__(ROOT, reload=False)
        self.catalog = catalog

    @property
    def source(self) -> Source:
        return self.catalog.source

    def get(self) -> Catalog:
        return self.catalog


def serve_catalog(app: Flask, monkeypatch: pytest.MonkeyPatch, catalog: Catalog) -> Catalog:
    """Let the app serve a catalog."""
    monkeypatch.setitem(app.extensions, "catalog", FixedCatalog(catalog))
    return catalog


def serve(app: Flask, monkeypatch: pytest.MonkeyPatch, *lessons: Lesson, **about: Any) -> Catalog:
    """Let the app serve these lessons about tea, or one of nine items."""
    return serve_catalog(app, monkeypatch, catalog_of(*(lessons or (lesson(),)), **about))
