"""SQLite: durable, in WAL mode, and with its writers in a queue.

SQLite lets one writer in at a time and makes the others sleep and ask again, in no order: with sixteen of
them some waited longer than five seconds and failed while others passed them. So the writers of this process
wait in line, and only the first of them asks SQLite, when the turn comes to its process. Where processes share no
turn, it asks often.
"""

import select
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from time import monotonic, sleep
from typing import Any, cast
from weakref import WeakSet

from sqlalchemy import Connection, Engine, event, exc

from learnapp.database import outages
from learnapp.database.sqlite_files import FilesOfConnection, OpenFiles
from learnapp.database.writers import FifoLock, WriteTurn

BUSY_SECONDS = 5.0
POLL_SECONDS = 0.001
SCRUB_SECONDS = 1.0
SCRUB_HOLDS_MS = 10
LOG_BYTES = 16 * 1024 * 1024
wait_observers: list[Callable[[float], None]] = []  # each is told for how many seconds a writer has waited


class QueuedConnection(sqlite3.Connection):
    """A connection that waits in line before it writes and leaves when its transaction has ended."""

    writers: FifoLock
    turn: WriteTurn | None
    files: FilesOfConnection | None = None
    all_files: OpenFiles | None = None
    holds_lock = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._cursors: WeakSet[sqlite3.Cursor] = WeakSet()

    def begin(self, patience: float) -> None:
        """Begin to write: wait in line, then for other processes; both together at most `patience` seconds.

        Raises sqlite3.OperationalError (SQLITE_BUSY) when the time is up, FilesChangedError when what is written
        would be gone. SQLite itself would sleep up to 0.1 s between two tries, while a process with many writers
        passes the lock on among them.
        """
        self._require_files()
        until = monotonic() + patience
        if not self.writers.acquire(patience):
            busy = sqlite3.OperationalError("database is locked")
            busy.sqlite_errorcode = sqlite3.SQLITE_BUSY
            raise busy
        self.holds_lock = True
        try:
            if self.turn:
                self.turn.take(until - monotonic())
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
            self._release(got_on=False)
            raise
        finally:
            self._set_busy_timeout(BUSY_SECONDS)

    def commit(self) -> None:
        """Commit, then let the next one in; a failed commit keeps the lock for the rollback."""
        if self.holds_lock and self.files:
            self.files.require_unchanged()
        super().commit()
        self._release()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._release()

    def cursor(self, factory: Any = sqlite3.Cursor) -> Any:
        made = super().cursor(factory)
        self._cursors.add(made)
        return made

    def close(self) -> None:
        """Close it with its cursors: one in an error's traceback would keep SQLite's files open until then."""
        try:
            for cursor in list(self._cursors):
                cursor.close()
            super().close()
        finally:
            self._release()
            if self.files and self.all_files:
                self.all_files.after_closing(self.files)

    def empty_log(self, seconds: float) -> bool:
        """Fold the log into the database and cut it to nothing; return whether that was possible in so long.

        Readers are waited for without a lock: SQLite itself would keep writers out all the time.
        """
        until = monotonic() + seconds
        while True:
            self.execute("PRAGMA wal_checkpoint(PASSIVE)").close()
            if self.writers.acquire(until - monotonic()):
                try:
                    self.execute(f"PRAGMA busy_timeout = {SCRUB_HOLDS_MS}").close()
                    busy, *_pages = self.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                finally:
                    self._set_busy_timeout(BUSY_SECONDS)
                    self.writers.release()
                if not busy:
                    return True
            if monotonic() >= until:
                return False
            sleep(SCRUB_HOLDS_MS / 1000)

    def _require_files(self) -> None:
        if self.files is None:
            return
        try:
            self.files.require_unchanged()
        except sqlite3.OperationalError:
            if self.files.is_log_lost:
                self.execute("PRAGMA wal_checkpoint(PASSIVE)").close()  # what was acknowledged is safe from here on
            raise

    def _set_busy_timeout(self, seconds: float) -> None:
        self.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}").close()

    def _release(self, *, got_on: bool = True) -> None:
        if self.holds_lock:
            self.holds_lock = False
            if self.turn:
                self.turn.put_back()
            self.writers.release(got_on=got_on)


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

    While that is stuck, `room` writers of this process wait for it.
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
        connection.writers, connection.turn, connection.all_files = writers, turn, files
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}").close()
        connection.files = files.after_opening() if files else None

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("learnapp_write"):
            begin_write(connection, options.get("learnapp_patience", BUSY_SECONDS))
        else:
            _run(connection, lambda raw: raw.execute("BEGIN").close())


def begin_write(connection: Connection, patience: float) -> None:
    """End what the connection has read and take the write lock; raises OperationalError when patience (s) is over."""

    def begin(raw: QueuedConnection) -> None:
        raw.rollback()
        raw.begin(patience)

    _run(connection, begin)


def scrub(engine: Engine) -> bool:
    """Fold SQLite's log into its file, so that deleted rows are gone from both; tell whether that was possible.

    A busy reader prevents it and is waited for at most a second; `flask tick` tries again.
    """
    if engine.dialect.name != "sqlite":
        return True
    try:
        with closing(engine.raw_connection()) as pooled:
            return cast(QueuedConnection, pooled.dbapi_connection).empty_log(SCRUB_SECONDS)
    except (sqlite3.Error, exc.SQLAlchemyError):
        return False


def _run(connection: Connection, begin: Callable[[QueuedConnection], None]) -> None:
    """Begin a transaction by the driver's connection: that need not pass through SQLAlchemy.

    Raises DBAPIError, and has all connections opened anew where they may keep the fault.
    """
    raw = cast(QueuedConnection, connection.connection.dbapi_connection)
    try:
        begin(raw)
    except sqlite3.Error as error:
        wrapped = exc.DBAPIError.instance("BEGIN", None, error, sqlite3.Error)
        if outages.is_lasting(wrapped):
            connection.invalidate(wrapped)
            outages.renew_connections(connection.engine)
        raise wrapped from error
