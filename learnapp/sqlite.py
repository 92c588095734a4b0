"""SQLite: durable, in WAL mode, and with its writers in a queue.

SQLite lets one writer in at a time and makes the others sleep and ask again, in no order: with sixteen of
them some waited longer than five seconds and failed while others passed them. So the writers of this process
wait in line, and only the first of them asks SQLite; it asks often, so that processes take turns.
"""

import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from contextlib import closing
from time import monotonic, sleep
from typing import Any, cast

from sqlalchemy import Connection, Engine, event, exc

BUSY_SECONDS = 5.0
POLL_SECONDS = 0.001
SCRUB_SECONDS = 1.0
wait_observers: list[Callable[[float], None]] = []  # each is told for how many seconds a writer has waited


class FifoLock:
    """A lock that is passed on in the order of asking."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._turns: deque[threading.Lock] = deque()  # the first is the turn of who holds the lock

    def acquire(self, seconds: float) -> bool:
        """Wait for the lock, at most so long; return whether it was acquired."""
        turn = threading.Lock()
        with self._guard:
            self._turns.append(turn)
            if self._turns[0] is turn:
                return True
            turn.acquire()
        if turn.acquire(timeout=max(seconds, 0)):
            return True
        with self._guard:
            if self._turns[0] is turn:
                return True  # the turn came just after the wait had ended
            self._turns.remove(turn)
            return False

    def release(self) -> None:
        """Pass the lock on to the thread that has waited longest."""
        with self._guard:
            self._turns.popleft()
            if self._turns:
                self._turns[0].release()


class QueuedConnection(sqlite3.Connection):
    """A connection that waits in line before it writes and leaves when its transaction has ended."""

    writers: FifoLock
    holds_lock = False

    def begin(self, patience: float) -> None:
        """Begin to write: wait in line, then for other processes; both together at most `patience` seconds.

        Raises sqlite3.OperationalError (SQLITE_BUSY) when the time is up. SQLite itself would sleep up to 0.1 s
        between two tries, while a process with many writers passes the lock on among them.
        """
        until = monotonic() + patience
        if not self.writers.acquire(patience):
            busy = sqlite3.OperationalError("database is locked")
            busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise busy
        self.holds_lock = True
        try:
            self._set_busy_timeout(0)
            while True:
                try:
                    self.execute("BEGIN IMMEDIATE").close()
                    for observe in wait_observers:
                        observe(monotonic() - until + patience)
                    return
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() >= until:
                        raise
                sleep(POLL_SECONDS)
        except BaseException:
            self._release()
            raise
        finally:
            self._set_busy_timeout(BUSY_SECONDS)

    def commit(self) -> None:
        """Commit, then let the next one in; a failed commit keeps the lock for the rollback."""
        super().commit()
        self._release()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._release()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._release()

    def _set_busy_timeout(self, seconds: float) -> None:
        self.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}").close()

    def _release(self) -> None:
        if self.holds_lock:
            self.holds_lock = False
            self.writers.release()


def engine_options() -> dict[str, Any]:
    """Return the options of an engine on SQLite."""
    return {
        "connect_args": {"timeout": BUSY_SECONDS, "check_same_thread": False, "factory": QueuedConnection},
        "pool_size": 40,
        "max_overflow": 24,
        "pool_timeout": BUSY_SECONDS,
    }


def prepare(engine: Engine, synchronous: str = "FULL") -> None:
    """Give each connection our pragmas; with the option `learnapp_write` it begins by taking the write lock."""
    writers = FifoLock()

    @event.listens_for(engine, "connect")
    def connected(connection: QueuedConnection, _record: object) -> None:
        connection.isolation_level = None
        connection.writers = writers
        for pragma in ("journal_mode = WAL", f"synchronous = {synchronous}", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("learnapp_write"):
            begin_write(connection, options.get("learnapp_patience", BUSY_SECONDS))
        else:
            _raw(connection).execute("BEGIN").close()


def begin_write(connection: Connection, patience: float) -> None:
    """End what the connection has read and take the write lock; raises OperationalError when patience (s) is over."""
    raw = _raw(connection)
    try:
        raw.rollback()
        raw.begin(patience)
    except sqlite3.Error as error:
        raise exc.OperationalError("BEGIN IMMEDIATE", None, error) from error


def scrub(engine: Engine) -> bool:
    """Fold SQLite's log into its file, so that deleted rows are gone from both; tell whether that was possible.

    A busy reader prevents it and is waited for at most a second; `flask tick` tries again.
    """
    if engine.dialect.name != "sqlite":
        return True
    with closing(sqlite3.connect(str(engine.url.database), timeout=SCRUB_SECONDS)) as connection:
        busy, *_pages = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def _raw(connection: Connection) -> QueuedConnection:
    """Return the driver's connection: what begins a transaction need not pass through SQLAlchemy."""
    return cast(QueuedConnection, connection.connection.dbapi_connection)
