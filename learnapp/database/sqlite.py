"""SQLite: durable, in WAL mode; its options, its pragmas, and its log, in which nothing deleted stays."""

import select
import sqlite3
import sys
from contextlib import closing
from time import monotonic, sleep
from typing import Any, cast

from sqlalchemy import Engine, event, exc
from sqlalchemy.dialects.sqlite import insert as insert  # what `db.insert` makes

from learnapp.database.sqlite_connection import BUSY_SECONDS, FifoLock, QueuedConnection, WriteTurn, begin_by_option
from learnapp.database.sqlite_connection import begin_write as begin_write  # what `db.begin_write` calls
from learnapp.database.sqlite_files import OpenFiles

SCRUB_SECONDS = 1.0
SCRUB_HOLDS_MS = 10
LOG_BYTES = 16 * 1024 * 1024


def engine_options() -> dict[str, Any]:
    """Return the options of an engine on SQLite."""
    return {
        "connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False, "factory": QueuedConnection},
        "pool_size": 40,
        "pool_use_lifo": True,
        "max_overflow": 24,
        "pool_timeout": BUSY_SECONDS,
    }


def prepare(engine: Engine, synchronous: str = "FULL", room: int = sys.maxsize) -> None:
    """Give each connection our pragmas; with the option `learnapp_write` it begins by taking the write lock.

    While that is stuck, `room` writers of this process wait for it. Without the option, what is read needs no
    transaction: each statement sees what is committed when it begins.
    """
    turn = WriteTurn() if hasattr(select, "poll") else None  # Windows has none, and forks no processes
    writers, files = FifoLock(room), OpenFiles(engine.url.database) if engine.url.database else None
    pragmas = ["journal_mode = WAL", f"synchronous = {synchronous}", "foreign_keys = ON", "secure_delete = ON"]
    pragmas += [f"journal_size_limit = {LOG_BYTES}", "schema_version"]  # the last one reads, so that all is open

    @event.listens_for(engine, "do_connect")
    def connecting(*_args: object) -> None:
        if files:
            files.before_opening()

    @event.listens_for(engine, "connect")
    def connected(connection: QueuedConnection, _record: object) -> None:
        connection.isolation_level = None
        connection.writers, connection.turn = writers, turn
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()
        connection.files = files.after_opening() if files else None

    event.listen(engine, "begin", begin_by_option)


def scrub(engine: Engine) -> bool:
    """Fold SQLite's log into its file, so that deleted rows are gone from both; tell whether that was possible.

    A busy reader prevents it and is waited for at most a second; `flask tick` tries again.
    """
    if engine.dialect.name != "sqlite":
        return True
    try:
        with closing(engine.raw_connection()) as pooled:
            return _empty_log(cast(QueuedConnection, pooled.dbapi_connection), SCRUB_SECONDS)
    except (sqlite3.Error, exc.SQLAlchemyError):
        return False


def _empty_log(connection: QueuedConnection, seconds: float) -> bool:
    """Fold the log into the database and cut it to nothing; return whether that was possible in so long.

    Readers are waited for without a lock: SQLite itself would keep writers out all the time.
    """
    until = monotonic() + seconds
    while True:
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
        if connection.writers.acquire(until - monotonic()):
            try:
                connection.execute(f"PRAGMA busy_timeout = {SCRUB_HOLDS_MS}").close()
                busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                connection.set_busy_timeout(BUSY_SECONDS)
                connection.writers.release()
            if not busy:
                return True
        if monotonic() >= until:
            return False
        sleep(SCRUB_HOLDS_MS / 1000)
