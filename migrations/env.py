"""Alembic's environment: our tables, the app's engine, batches where SQLite cannot alter a table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection

from learnapp.db import Base, db


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


def run() -> None:
    """Run each migration in a transaction of its own, on the database of the app."""
    with db.engine.connect().execution_options(learnapp_write=True) as connection, foreign_keys_off(connection):
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            compare_type=True,
            compare_server_default=True,
            transaction_per_migration=True,
            user_module_prefix="learnapp.db.",
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


if context.is_offline_mode():
    raise SystemExit("Migrations need the database; there is no --sql here.")
with current_app.app_context():
    run()
