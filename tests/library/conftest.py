"""Fixtures for library tests: the island course, served, and readers of every age."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Catalog
from tests.accounts.conftest import fresh
from tests.actors.people import People
from tests.courses.island import WRECK, Island
from tests.courses.serving import serve_catalog

__all__ = ["fresh"]


Reader = Callable[[int | None], FlaskClient]


@pytest.fixture
def island(tmp_path: Path) -> Island:
    """Give a copy of the island course, to be edited."""
    return opened_island(tmp_path)


def opened_island(folder: Path) -> Island:
    """Return the island course; its lesson on the wreck opens at 12 and shows its gated cards at 16."""
    island = Island.copy_to(folder)
    island.edit(WRECK, "age: {core: null, full: 16, teacher_release: true}", "age: {core: 12, full: 16}")
    return island


@pytest.fixture(scope="session")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Give what the island has before it is edited, read once."""
    return opened_island(tmp_path_factory.mktemp("island")).catalog()


@pytest.fixture
def served(app: Flask, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> Catalog:
    """Let the app serve the island."""
    serve_catalog(app, monkeypatch, catalog)
    return catalog


@pytest.fixture
def reader(app: Flask, served: Catalog) -> Reader:
    """Give browsers of readers: of an age group, or of somebody who has told none."""
    people = People(app)

    def made(band: int | None) -> FlaskClient:
        return people.signed_in(f"Ben {band}", band=band)

    return made
