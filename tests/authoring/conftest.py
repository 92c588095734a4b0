"""Fixtures for authoring tests: the island's files as working files, and Ada, who writes."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.authoring.working_copy import WorkingCopyReader
from learnapp.web import catalog
from tests.accounts.conftest import fresh
from tests.actors.people import People
from tests.courses.island import Island
from tests.courses.serving import serve_catalog

__all__ = ["fresh"]


@pytest.fixture
def island(tmp_path: Path) -> Island:
    """Give a copy of the island course."""
    return Island.copy_to(tmp_path)


@pytest.fixture
def working(app: Flask, island: Island, monkeypatch: pytest.MonkeyPatch) -> Island:
    """Let authors work on the island, which the app serves too; every look is a new one."""
    serve_catalog(app, monkeypatch, island.catalog())
    monkeypatch.setitem(app.extensions, "working_copy", WorkingCopyReader(island.root))
    monkeypatch.setattr(catalog, "LOOK_AGAIN_SECONDS", -1.0)
    return island


@pytest.fixture
def ada(app: Flask, working: Island) -> FlaskClient:
    """Give the browser of an author."""
    return People(app).signed_in("Ada", role="author")
