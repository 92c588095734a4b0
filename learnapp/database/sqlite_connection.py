"""Connections to SQLite: they wait for their turn to write, and write only into the files that they have opened.

SQLite lets one writer in at a time and makes the others sleep and ask again, in no order: with sixteen of
them some waited longer than five seconds and failed while others passed them. So the writers of this process
wait in line, and only the first of them asks SQLite, when the turn comes to its process. Where processes share no
turn, it asks often.
"""

import os
import sqlite3
import sys
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from typing import TypeAlias, cast

from sqlalchemy import Connection, exc

from learnapp.database import outages
from learnapp.database.writers import STANDSTILL_SECONDS, is_readable
from learnapp.threads import blocking

BUSY_SECONDS = 5.0
POLL_SECONDS = 0.001
# Device and inode of the database, its log and its shared memory; None for one that was not there.
Numbers: TypeAlias = tuple[tuple[int, int] | None, ...]
wait_observers: list[Callable[[float], None]] = []  # each is told for how many seconds a writer has waited


class FilesChangedError(outages.FilesChanged, sqlite3.OperationalError):
    """SQLite's files were deleted, moved or replaced under the connections that have them open."""

    sqlite_errorcode = sqlite3.SQLITE_CANTOPEN


def number_of(path: Path) -> tuple[int, int] | None:
    """Return device and inode of a file, None of one that is not there."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


class FifoLock:
    """A lock that is passed on in the order of asking.

    While it is not passed on, no more than `room` wait: who comes later is sent away, so that threads are left.
    """

    def __init__(self, room: int = sys.maxsize) -> None:
        self.room = room
        self._guard = threading.Lock()
        self._turns: deque[threading.Lock] = deque()  # the first is the turn of who holds the lock
        self._passed_on_at = monotonic()
        self._is_stuck = False

    def acquire(self, seconds: float) -> bool:
        """Wait for the lock, at most so long; return whether it was acquired."""
        turn, until = threading.Lock(), monotonic() + seconds
        with self._guard:
            self._turns.append(turn)
            if self._turns[0] is turn:
                self._passed_on_at = monotonic()
                return True
            turn.acquire()
            has_room = len(self._turns) <= self.room
        with blocking():
            while (left := self._end(until, has_room) - monotonic()) > 0:
                if turn.acquire(timeout=left):
                    return True
        with self._guard:
            if self._turns[0] is turn:
                return True  # the turn came just after the wait had ended
            self._turns.remove(turn)
            return False

    def release(self, *, got_on: bool = True) -> None:
        """Pass the lock on to the thread that has waited longest; tell whether its holder could do what it wanted."""
        with self._guard:
            self._turns.popleft()
            self._passed_on_at, self._is_stuck = monotonic(), not got_on
            if self._turns:
                self._turns[0].release()

    def _end(self, until: float, has_room: bool) -> float:
        if has_room:
            return until
        return 0 if self._is_stuck else min(until, self._passed_on_at + STANDSTILL_SECONDS)


class WriteTurn:
    """A byte in a pipe that all forked processes share: whoever takes it writes, and puts it back.

    It only wakes the next writer at once, in place of asking every millisecond; who may write the database decides.
    So one that was lost with its process costs a short wait, and a second one does no harm.
    """

    def __init__(self, lost_after_seconds: float = 0.1) -> None:
        self._lost_after = lost_after_seconds
        self._take, self._put = os.pipe()
        os.set_blocking(self._take, False)
        os.write(self._put, b"1")

    def __del__(self) -> None:
        os.close(self._take)
        os.close(self._put)

    def take(self, seconds: float) -> None:
        """Wait for the turn, for so long at most, and no longer than until it must be taken for lost."""
        until = monotonic() + min(seconds, self._lost_after)
        while True:
            try:
                os.read(self._take, 64)
                return
            except BlockingIOError:
                left = until - monotonic()
            if left <= 0:
                return
            with blocking():
                is_readable(self._take, left)

    def put_back(self) -> None:
        """Let the next one write, in whatever process; two that are put back are taken as one."""
        os.write(self._put, b"1")


class FilesOfConnection:
    """The files that one connection has open."""

    def __init__(self, paths: list[Path], forget: "Callable[[FilesOfConnection], None]") -> None:
        self._paths, self._forget = paths, forget
        self.numbers: Numbers = tuple(map(number_of, paths))

    @property
    def is_log_lost(self) -> bool:
        """Tell whether only the log was taken away, so that what it holds can still be folded into the database."""
        main, log, shared = map(number_of, self._paths)
        return (main, shared) == (self.numbers[0], self.numbers[2]) and log != self.numbers[1]

    def require_unchanged(self) -> None:
        """Raise FilesChangedError unless each file is the one that was opened."""
        for path, number in zip(self._paths, self.numbers, strict=True):
            if number is not None and number_of(path) != number:
                raise FilesChangedError(f"the file {path.name} was deleted or replaced")

    def close(self) -> None:
        """Forget them with their connection: the last one to close takes the log away with it."""
        self._forget(self)


class QueuedConnection(sqlite3.Connection):
    """A connection that waits in line before it writes and leaves when its transaction has ended."""

    writers: FifoLock
    turn: WriteTurn | None
    files: FilesOfConnection | None = None
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
            if self.turn:
                self.turn.take(until - monotonic())
            self.set_busy_timeout(0)
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
            self.set_busy_timeout(BUSY_SECONDS)

    def commit(self) -> None:
        """Commit, then let the next one in; a failed commit keeps the lock for the rollback.

        Raises FilesChangedError, and takes back what was written, when it would be gone with its files.
        """
        if self.holds_lock and self.files:
            try:
                self.files.require_unchanged()
            except sqlite3.OperationalError:
                super().rollback()
                if self.files.is_log_lost:
                    self.execute("PRAGMA wal_checkpoint(PASSIVE)").close()  # what was acknowledged is safe from here on
                raise
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
            if self.files:
                self.files.close()

    def set_busy_timeout(self, seconds: float) -> None:
        """Let SQLite itself wait so long for a lock."""
        self.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}").close()

    def _release(self, *, got_on: bool = True) -> None:
        if self.holds_lock:
            self.holds_lock = False
            if self.turn:
                self.turn.put_back()
            self.writers.release(got_on=got_on)


def begin_by_option(connection: Connection) -> None:
    """Begin to write where the option `learnapp_write` says so; what is read needs no transaction."""
    options = connection.get_execution_options()
    if options.get("learnapp_write"):
        begin_write(connection, options.get("learnapp_patience", BUSY_SECONDS))


def begin_write(connection: Connection, patience: float) -> None:
    """Begin a transaction with the write lock, by the driver's connection: that need not pass through SQLAlchemy.

    Raises OperationalError when patience (s) is over, and has all connections opened anew where they may keep a fault.
    """
    raw = cast(QueuedConnection, connection.connection.dbapi_connection)
    try:
        raw.begin(patience)
    except sqlite3.Error as error:
        wrapped = exc.DBAPIError.instance("BEGIN", None, error, sqlite3.Error)
        if outages.is_lasting(wrapped):
            connection.invalidate(wrapped)
            outages.renew_connections(connection.engine)
        raise wrapped from error
