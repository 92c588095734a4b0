"""Stores: what backups and restores ask of a database; SQLite and PostgreSQL answer each in its own way."""

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, inspect, text

from learnapp.web.monitoring.health import stored_revisions


class Store(Protocol):
    """A database of one kind."""

    kind: str
    file_name: str

    def copy(self, target: Path) -> tuple[str, Mapping[str, int]]:
        """Write a consistent copy while others write; return the schema's revision and the rows of each table."""

    def check(self, copy: Path, rows: Mapping[str, int]) -> None:
        """Raise DamagedArchive unless the copy is whole and has these rows."""

    def is_empty(self) -> bool:
        """Tell whether nothing would be lost if it were replaced."""

    def replace(self, copy: Path, rows: Mapping[str, int], aside: str | None) -> str:
        """Put the copy in place of the database, all or nothing; return where the former is, if it is kept."""


def count_rows(connection: Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    quote = connection.dialect.identifier_preparer.quote
    names = sorted(inspect(connection).get_table_names())
    return {name: int(connection.scalar(text(f"SELECT count(*) FROM {quote(name)}")) or 0) for name in names}  # noqa: S608


def revision(connection: Connection) -> str | None:
    """Return the revision of the schema, None while there is none."""
    return next(iter(stored_revisions(connection) or ()), None)


def libpq_address(url: URL) -> str:
    """Return a PostgreSQL address as its own programs read it; the password goes another way."""
    return url._replace(drivername="postgresql", password=None).render_as_string(hide_password=False)
