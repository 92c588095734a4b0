"""Health: whether the schema is current, and whether something can really be written."""

from __future__ import annotations

import re
import shutil
from functools import lru_cache
from pathlib import Path
from time import monotonic
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from learnapp import db

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations" / "versions"
ENOUGH_BYTES = 16 * 1024 * 1024
PATIENCE = 1.0
FRESH_SECONDS = 1.0
_recent: WeakKeyDictionary[Engine, tuple[float, str | None]] = WeakKeyDictionary()
REVISION = re.compile(r"^(revision|down_revision)\b[^=]*=\s*(.+)$", re.MULTILINE)


@lru_cache(maxsize=4)
def heads(folder: Path = MIGRATIONS) -> frozenset[str]:
    """Return the newest migrations' ids, read from their files without importing them."""
    own: set[str] = set()
    followed: set[str] = set()
    for file in folder.glob("*.py"):
        for kind, value in REVISION.findall(file.read_text(encoding="utf-8")):
            (own if kind == "revision" else followed).update(re.findall(r"[\"']([^\"']+)[\"']", value))
    return frozenset(own - followed)


def schema_problem(engine: Engine) -> str | None:
    """Say why the schema is not the one that this code needs, or nothing."""
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return "the database has no schema yet"
        revisions = frozenset(connection.scalars(sa.text("SELECT version_num FROM alembic_version")))
    return None if revisions == heads() else "the schema is not migrated"


def write_problem(engine: Engine) -> str | None:
    """Commit a write that changes nothing; say why that failed, or nothing. A short lock is no problem."""
    try:
        with db.brief_write(engine, PATIENCE) as connection:
            if engine.dialect.name == "sqlite":
                version = connection.exec_driver_sql("PRAGMA user_version").scalar()
                connection.exec_driver_sql(f"PRAGMA user_version = {version}")
            elif (
                connection.execute(sa.text("SELECT pg_is_in_recovery()")).scalar()
                or connection.execute(sa.text("SHOW transaction_read_only")).scalar() == "on"
            ):
                return "read-only"
            else:
                connection.execute(sa.text("SELECT pg_logical_emit_message(true, 'readyz', '')"))
    except SQLAlchemyError as error:
        reason = db.unavailable(error) or "failing"
        return None if reason == "locked" else reason
    return None


def space_problem(folder: Path) -> str | None:
    """Say that the disk below a folder is nearly full, or nothing."""
    return "full" if shutil.disk_usage(folder).free < ENOUGH_BYTES else None


def recent_problem(engine: Engine) -> str | None:
    """Return what `problem` found within the last second: asking often must not mean writing often."""
    recent: tuple[float, str | None] | None = _recent.get(engine)
    if recent is None or monotonic() - recent[0] > FRESH_SECONDS:
        recent = _recent[engine] = (monotonic(), problem(engine))
    return recent[1]


def problem(engine: Engine) -> str | None:
    """Say why this installation cannot serve now, or nothing."""
    try:
        if reason := schema_problem(engine):
            return reason
    except SQLAlchemyError as error:
        return db.unavailable(error) or "failing"
    if (
        engine.dialect.name == "sqlite"
        and engine.url.database
        and (reason := _file_problem(engine.url.database))
    ):
        return reason
    return write_problem(engine)


def _file_problem(database: str) -> str | None:
    return space_problem(Path(database).parent)
