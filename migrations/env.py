"""Alembic's environment: our tables, the app's engine, batches where SQLite cannot alter a table.

Of two programs that migrate at once, one waits. A step down needs a word: it deletes what older versions have
no place for.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import click
from alembic import context
from flask import current_app
from sqlalchemy import Connection, inspect, text

from learnapp.accounts.models import User
from learnapp.database.db import Base, db

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOCK = 5_103_117_021  # any number that no other program locks in the same database
ALLOW_DATA_LOSS = "LEARNAPP_ALLOW_DATA_LOSS"


@contextmanager
def foreign_keys_off(connection: Connection) -> Iterator[None]:
    """Let SQLite replace tables that others refer to; what they refer to is checked at the end.

    A batch copies a table and drops the old one. With foreign keys on, that would delete what refers to it. The
    switch does nothing inside a transaction, so it is set on the bare connection before one begins.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    bare = connection.connection.dbapi_connection
    assert bare is not None
    bare.execute("PRAGMA foreign_keys = OFF")
    try:
        yield
        lost = bare.execute("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"rows that refer to nothing: {lost[:5]}")
    finally:
        bare.execute("PRAGMA foreign_keys = ON")


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Wait until no other program migrates this database; on SQLite by a file beside it, where there is such a lock."""
    if connection.dialect.name != "postgresql":
        with open(f"{db.engine.url.database}-migrating", "w", opener=partial(os.open, mode=0o600)) as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)  # ends with the file, and with this program
            yield
        return
    from learnapp.database.postgresql import lift_limits

    lift_limits(connection)
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": LOCK})
        connection.commit()


def count_people(connection: Connection) -> int:
    """Return how many people and guests have something stored here."""
    people = 0
    if inspect(connection).has_table(User.__tablename__):
        people = connection.scalar(text(f"SELECT count(*) FROM {User.__tablename__}")) or 0
    connection.rollback()
    return people


def refuse_to_lose_data(people: int, *, step: Any, **_more: Any) -> None:
    """Take back a step down, which deletes tables or columns, unless nobody is there or the operator says so."""
    if people and not step.is_upgrade and os.environ.get(ALLOW_DATA_LOSS) != "yes":
        raise click.ClickException(
            f"Nothing was changed. This step deletes what is stored of {people} people and guests and has no place "
            f"in the older schema. Make a backup, then say {ALLOW_DATA_LOSS}=yes."
        )


def run() -> None:
    """Run each migration in a transaction of its own, on the database of the app."""
    engine = db.engine.execution_options(learnapp_write=True)
    with engine.connect() as connection, alone(connection), foreign_keys_off(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            compare_server_default=True,
            transaction_per_migration=True,
            user_module_prefix="learnapp.database.db.",
            on_version_apply=partial(refuse_to_lose_data, count_people(connection)),
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


if context.is_offline_mode():
    raise SystemExit("Migrations need the database; there is no --sql here.")
with current_app.app_context():
    run()
