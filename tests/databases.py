"""Databases made for tests, on SQLite and on PostgreSQL; they are gone afterwards."""

import os
import re
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click
import pytest
import sqlalchemy as sa
from flask import has_request_context
from sqlalchemy import Engine, event

from learnapp.database.db import Base
from tests.shares import share

BOTH = ("sqlite", "postgresql")
# What a test has whose subject some other test tries on BOTH: its run on PostgreSQL is left to CI.
KINDS = share(BOTH, "sqlite".__eq__)
# FOR UPDATE, too, but no column of such a name.
CHANGES = re.compile(r"""(?<![."])\b(INSERT|UPDATE|DELETE)\b|\bFOR (NO KEY |KEY )?SHARE\b""")
IN_BACKGROUND = "background"  # the threads of accounts/passwords/background.py
POSTGRES = os.environ.get("LEARNAPP_TEST_POSTGRES", "")


refused: list[str] = []  # statements; what fails in the background is heard of nowhere else


@contextmanager
def new_database(kind: str, folder: Path, *, like: str | None = None) -> Iterator[str]:
    """Yield the address of a new database of this kind: an empty one, or a copy of the one at `like`.

    Nobody may be connected to the one that is copied. Skips the test where there is no such server.
    """
    name = f"learnapp_{uuid.uuid4().hex[:12]}"
    model = sa.make_url(like).database if like else None
    if kind == "sqlite":
        file = folder / f"{name}.sqlite3"
        if model:
            with closing(sqlite3.connect(model)) as source, closing(sqlite3.connect(file)) as copy:
                source.backup(copy)
        yield f"sqlite:///{file}"
        return
    if not POSTGRES:
        pytest.skip("LEARNAPP_TEST_POSTGRES is not set: no PostgreSQL to test against")
    url = sa.make_url(POSTGRES)
    server = sa.create_engine(url.set(database=url.database or "postgres"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {name}" + (f" TEMPLATE {model}" if model else "")))
    yield url.set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


def empty_tables(engine: Engine) -> None:
    """Delete every row, at one go: this is done after each test."""
    statements = "; ".join(f"DELETE FROM {table.name}" for table in reversed(Base.metadata.sorted_tables))
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        if engine.dialect.name == "sqlite":
            cursor.executescript(f"BEGIN; {statements}")
        else:
            cursor.execute(statements)
        connection.commit()


def never_wait_for_the_disk(engine: Engine) -> None:
    """Let commits return before they are on the disk: no machine dies here, and it takes most of the time."""
    off = {"sqlite": "PRAGMA synchronous = OFF", "postgresql": "SET synchronous_commit TO off"}

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: object) -> None:
        connection.execute(off[engine.dialect.name]).close()
        connection.commit()


def is_work_of_the_app() -> bool:
    """Tell whether this runs for a request, in a command or in the background, and not because a test prepares it.

    Migrations are alone with their database, and begin in their own way.
    """
    command = click.get_current_context(silent=True)
    in_command = command is not None and not re.search(r"\bdb\b", command.command_path)
    return has_request_context() or in_command or threading.current_thread().name.startswith(IN_BACKGROUND)


def refuse_writes_without_begin(engine: Engine) -> None:
    """Fail every statement of the app's own work that changes or locks rows outside of a transaction that writes.

    PostgreSQL would carry each out by itself, SQLite could find that another one was faster.
    """

    @event.listens_for(engine, "before_cursor_execute")
    def executing(connection: sa.Connection, _cursor: object, statement: str, *_rest: object) -> None:
        if is_work_of_the_app() and CHANGES.search(statement.upper()):
            raw: Any = connection.connection.dbapi_connection
            if not (raw.holds_lock if engine.dialect.name == "sqlite" else raw.is_writing):
                refused.append(statement)
                raise AssertionError(f"begin_write comes first: {statement}")
