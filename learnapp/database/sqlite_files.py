"""SQLite's files: its database with log and shared memory, its owner's alone, and whether they are still there.

A file that was deleted or replaced can be written for hours by those who have it open, and all of it is gone
when they end. Whoever has a file open keeps its number from being given to another one, so numbers tell.
"""

import os
import sqlite3
from pathlib import Path
from typing import TypeAlias
from weakref import WeakSet

from sqlalchemy import URL, make_url

from learnapp.database.outages import FilesChanged

# The numbers (device, inode) of the database, its log and its shared memory; None for one that was not there.
Numbers: TypeAlias = tuple[tuple[int, int] | None, ...]
SUFFIXES = ("", "-wal", "-shm")
OWNER_ONLY = 0o600


def is_missing(address: URL | str) -> bool:
    """Tell whether an address is that of a SQLite file that is not there, or is empty."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite" or not url.database:
        return False
    file = Path(url.database)
    return not file.exists() or file.stat().st_size == 0


class FilesChangedError(FilesChanged, sqlite3.OperationalError):
    """SQLite's files were deleted, moved or replaced under the connections that have them open."""

    sqlite_errorcode = sqlite3.SQLITE_CANTOPEN


class OpenFiles:
    """The files of one database, as the connections of this process have them open."""

    def __init__(self, database: str) -> None:
        self._paths = [Path(database + suffix) for suffix in SUFFIXES]
        self._was_there = False
        self._opened: WeakSet[FilesOfConnection] = WeakSet()

    def before_opening(self) -> None:
        """Make files the owner's alone, before SQLite makes them.

        Raises FilesChangedError while others are open than are there, and rather than make a second database.
        """
        if self._was_there and _number(self._paths[0]) is None:
            raise FilesChangedError("the database was deleted")
        for files in list(self._opened):
            files.require_unchanged()
        try:
            os.close(os.open(self._paths[0], os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        except OSError:
            pass  # it is there; or it cannot be made, as SQLite will say
        for path in self._paths:
            _make_private(path)

    def after_opening(self) -> "FilesOfConnection":
        """Remember what a connection has opened."""
        files = FilesOfConnection(self._paths)
        self._was_there = True
        self._opened.add(files)
        return files

    def after_closing(self, files: "FilesOfConnection") -> None:
        """Forget a connection: the last one to close takes the log away with it."""
        self._opened.discard(files)


class FilesOfConnection:
    """The files that one connection has open."""

    def __init__(self, paths: list[Path]) -> None:
        self._paths = paths
        self.numbers: Numbers = tuple(map(_number, paths))

    @property
    def is_log_lost(self) -> bool:
        """Tell whether only the log was taken away, so that what it holds can still be folded into the database."""
        main, log, shared = map(_number, self._paths)
        return (main, shared) == (self.numbers[0], self.numbers[2]) and log != self.numbers[1]

    def require_unchanged(self) -> None:
        """Raise FilesChangedError unless each file is the one that was opened."""
        for path, number in zip(self._paths, self.numbers, strict=True):
            if number is not None and _number(path) != number:
                raise FilesChangedError(f"the file {path.name} was deleted or replaced")


def _number(path: Path) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _make_private(path: Path) -> None:
    """Take a file from the eyes of others, where it is ours; one of somebody else's is theirs to keep."""
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(OWNER_ONLY)
    except OSError:
        pass
