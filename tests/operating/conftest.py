"""Installations to back up and to restore to: a migrated database with people in it, a secret, an instance folder."""

import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import NullPool

from learnapp.config.secret_file import write_secret
from learnapp.operating.backup import store_of
from learnapp.operating.stores import Store
from learnapp.web.monitoring.health import newest_revision
from tests.databases import BOTH, KINDS, new_database

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
TABLES = (
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name VARCHAR(40))",
    "CREATE TABLE answers (id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL REFERENCES users (id), text VARCHAR(40))",
    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)",
)


@dataclass(frozen=True)
class Installation:
    """An instance folder and its database."""

    url: sa.URL
    folder: Path

    @property
    def store(self) -> Store:
        return store_of(self.url)

    def run(self, *statements: str) -> None:
        engine = sa.create_engine(self.url, poolclass=NullPool)
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def names(self) -> list[str]:
        """Return the names of everybody here."""
        engine = sa.create_engine(self.url, poolclass=NullPool)
        with engine.connect() as connection:
            return list(connection.exec_driver_sql("SELECT name FROM users ORDER BY id").scalars())

    def begin(self, *names: str, schema: str | None = None) -> None:
        """Make the tables, with these people in them."""
        self.run(*TABLES, f"INSERT INTO alembic_version VALUES ('{schema or newest_revision()}')")
        for number, name in enumerate(names):
            self.run(f"INSERT INTO users VALUES ({number}, '{name}')")
            self.run(f"INSERT INTO answers VALUES ({number}, {number}, 'of {name}')")


Install = Callable[..., Installation]


# Where the kind of database makes the difference: on PostgreSQL always, or in CI.
BOTH_ALWAYS, BOTH_KINDS = (pytest.mark.parametrize("kind", kinds) for kinds in (BOTH, KINDS))


@pytest.fixture
def kind() -> str:
    """Return the kind of the databases of this test."""
    return "sqlite"


@pytest.fixture
def install(kind: str, tmp_path: Path) -> Iterator[Install]:
    """Make installations: `install("Ben")` has one person, `install()` an empty database without tables."""
    with ExitStack() as kept:
        made: list[Installation] = []

        def make(*names: str, schema: str | None = None) -> Installation:
            folder = tmp_path / f"instance-{len(made)}"
            folder.mkdir(mode=0o700)
            write_secret(folder)
            url = sa.make_url(kept.enter_context(new_database(kind, folder)))
            made.append(Installation(url, folder))
            if names or schema:
                made[-1].begin(*names, schema=schema)
            return made[-1]

        yield make


@pytest.fixture
def little_room() -> Callable[[int], AbstractContextManager[None]]:
    """Let no file grow beyond so many bytes, as if the disk were full: `with little_room(4096): ...`."""

    @contextmanager
    def limited(size: int) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        usual = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
            signal.signal(signal.SIGXFSZ, usual)

    return limited
