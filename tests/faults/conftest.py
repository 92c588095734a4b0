"""A database of its own for every fault, on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.conftest import POSTGRES


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, and keep those of one file on one worker: each has servers to run."""
    for item in items:
        if "faults" in item.path.parts:
            item.add_marker(pytest.mark.faults)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the address of a new SQLite file."""
    return f"sqlite:///{tmp_path / 'fault.sqlite3'}"


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """Make a PostgreSQL database and yield its address."""
    if not POSTGRES:
        if os.environ.get("CI") == "true":
            pytest.fail("LEARNAPP_TEST_POSTGRES is not set, and in CI nothing may be skipped")
        pytest.skip("LEARNAPP_TEST_POSTGRES is not set: no PostgreSQL to test against")
    name = f"learnapp_fault_{uuid.uuid4().hex[:12]}"
    url = sa.make_url(POSTGRES)
    server = sa.create_engine(url.set(database=url.database or "postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}"))
    yield url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """Return the address of a new database of each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    """Give the tests' own way into the database, beside the server's."""
    made = sa.create_engine(url, poolclass=sa.NullPool)
    yield made
    made.dispose()
