"""SQLite as we use it: durable, in WAL mode, and with its writers in a queue.

SQLite lets one writer in at a time and makes the others sleep and ask again, in no order: with sixteen of
them some waited longer than five seconds and failed while others passed them. So the writers of this process
wait in line, and only the first of them asks SQLite.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import deque
from time import monotonic
from typing import Any

from sqlalchemy import Connection, Engine, event, exc

BUSY_SECONDS = 5.0
SHORTEST_WAIT = 0.1
SCRUB_PATIENCE_MS = 1000


class Line:
    """A lock that is passed on in the order of asking."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._taken = False

    def enter(self, seconds: float) -> bool:
        """Wait for one's turn, at most so long; return whether it came."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return True
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        if gate.acquire(timeout=max(seconds, 0)):
            return True
        with self._guard:
            if gate in self._waiting:
                self._waiting.remove(gate)
                return False
        return True  # the turn came just after the wait had ended

    def leave(self) -> None:
        """Pass the turn on to whoever has waited longest."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._taken = False


class QueuedConnection(sqlite3.Connection):
    """A connection that waits in line before it writes and leaves when its transaction has ended."""

    line: Line | None = None
    inside = False

    def begin(self, patience: float) -> None:
        """Begin to write: wait in line, then for other processes; both together at most `patience` seconds.

        Raises sqlite3.OperationalError (SQLITE_BUSY) when the time is up.
        """
        until = monotonic() + patience
        if self.line is not None and not self.line.enter(patience):
            busy = sqlite3.OperationalError("database is locked")
            busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise busy
        self.inside = True
        try:
            left = max(until - monotonic(), min(SHORTEST_WAIT, patience))
            hurry = left < BUSY_SECONDS - SHORTEST_WAIT
            if hurry:
                self._wait(left)
            try:
                self.execute("BEGIN IMMEDIATE").close()
            finally:
                if hurry:
                    self._wait(BUSY_SECONDS)
        except BaseException:
            self._leave()
            raise

    def commit(self) -> None:
        """Commit, then let the next one in; a failed commit keeps the turn for the rollback."""
        super().commit()
        self._leave()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._leave()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._leave()

    def _wait(self, seconds: float) -> None:
        self.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}").close()

    def _leave(self) -> None:
        if self.inside and self.line is not None:
            self.inside = False
            self.line.leave()


def engine_options() -> dict[str, Any]:
    """Return the options of an engine on SQLite."""
    return {
        "connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False, "factory": QueuedConnection},
        "pool_size": 40,
        "max_overflow": 24,
        "pool_timeout": BUSY_SECONDS,
    }


def prepare(engine: Engine, synchronous: str = "FULL") -> None:
    """Give each connection our pragmas and let us, not the driver, say when a transaction begins.

    A connection with the execution option `learnapp_write` begins by taking the write lock;
    `learnapp_patience` (seconds) says how long it waits for that.
    """
    line = Line()

    @event.listens_for(engine, "connect")
    def connected(connection: QueuedConnection, _record: object) -> None:
        connection.isolation_level = None
        connection.line = line
        for pragma in (
            f"busy_timeout = {int(BUSY_SECONDS * 1000)}",
            "journal_mode = WAL",
            f"synchronous = {synchronous}",
            "foreign_keys = ON",
            "secure_delete = ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("learnapp_write"):
            begin_write(connection, options.get("learnapp_patience", BUSY_SECONDS))
        else:
            _raw(connection).execute("BEGIN").close()


def begin_write(connection: Connection, patience: float) -> None:
    """End what the connection has read, if anything, and take the write lock.

    Raises sqlalchemy.exc.OperationalError when it is not to be had within `patience` seconds.
    """
    raw = _raw(connection)
    try:
        raw.rollback()
        raw.begin(patience)
    except sqlite3.Error as error:
        raise exc.OperationalError("BEGIN IMMEDIATE", None, error) from error


def scrub(engine: Engine) -> bool:
    """Write SQLite's log into the database file and empty it; tell whether that was possible.

    With `secure_delete`, what was deleted is gone from both then. A reader who is busy all the while
    prevents it and is waited for no longer than a second; `flask tick` does it again. PostgreSQL sees to it
    by vacuuming.
    """
    if engine.dialect.name != "sqlite":
        return True
    raw = engine.raw_connection()
    raw.detach()  # closed below, not given back: its patience is not that of the others
    cursor = raw.cursor()
    try:
        cursor.execute(f"PRAGMA busy_timeout = {SCRUB_PATIENCE_MS}")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
        return row is not None and row[0] == 0
    finally:
        cursor.close()
        raw.close()


def _raw(connection: Connection) -> QueuedConnection:
    """Return the driver's connection: what begins a transaction need not pass through SQLAlchemy."""
    raw = connection.connection.dbapi_connection
    if not isinstance(raw, QueuedConnection):
        raise TypeError("the engine was made without our engine_options")
    return raw
