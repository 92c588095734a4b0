"""A database of its own for every fault, on SQLite and on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.databases import KINDS, new_database
from tests.faults.serving import environment, migrate


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder."""
    for item in items:
        if item.nodeid.startswith("tests/faults/"):
            item.add_marker(pytest.mark.faults)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Return the address of a migrated database of a kind, to be copied; migrating takes a second."""
    with ExitStack() as kept:

        @cache
        def make(kind: str) -> str:
            folder = tmp_path_factory.mktemp("migrated")
            url = kept.enter_context(new_database(kind, folder))
            migrate(environment(url, folder), folder)
            return url

        yield make


@pytest.fixture
def sqlite_url(migrated: Callable[[str], str], tmp_path: Path) -> Iterator[str]:
    """Yield the address of a new SQLite file with our tables."""
    with new_database("sqlite", tmp_path, like=migrated("sqlite")) as url:
        yield url


@pytest.fixture
def postgresql_url(migrated: Callable[[str], str], tmp_path: Path) -> Iterator[str]:
    """Yield the address of a new PostgreSQL database with our tables."""
    with new_database("postgresql", tmp_path, like=migrated("postgresql")) as url:
        yield url


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest) -> str:
    """Return the address of a new database of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    """Give the tests' own way into the database, beside the server's."""
    made = sa.create_engine(url, poolclass=sa.NullPool)
    yield made
    made.dispose()
