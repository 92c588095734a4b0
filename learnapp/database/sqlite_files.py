"""SQLite's files: its database with log and shared memory, its owner's alone, and whether they are still there.

A file that was deleted or replaced can be written for hours by those who have it open, and all of it is gone
when they end. Whoever has a file open keeps its number from being given to another one, so numbers tell.
"""

import os
from pathlib import Path
from threading import Lock
from weakref import WeakSet

from sqlalchemy import URL, make_url

from learnapp.database.sqlite_connection import FilesChangedError, FilesOfConnection, number_of

SUFFIXES = ("", "-wal", "-shm")
OWNER_ONLY = 0o600


def is_missing(address: URL | str) -> bool:
    """Tell whether an address is that of a SQLite file that is not there, or is empty."""
    url = make_url(address)
    if url.get_backend_name() != "sqlite" or not url.database:
        return False
    file = Path(url.database)
    return not file.exists() or file.stat().st_size == 0


class OpenFiles:
    """The files of one database, as the connections of this process have them open."""

    def __init__(self, database: str) -> None:
        self._paths = [Path(database + suffix) for suffix in SUFFIXES]
        self._was_there = False
        self._guard = Lock()
        self._opened: WeakSet[FilesOfConnection] = WeakSet()

    def before_opening(self) -> None:
        """Make files the owner's alone, before SQLite makes them.

        Raises FilesChangedError while others are open than are there, and rather than make a second database.
        """
        if self._was_there and number_of(self._paths[0]) is None:
            raise FilesChangedError("the database was deleted")
        with self._guard:
            opened = list(self._opened)
        for files in opened:
            files.require_unchanged()
        try:
            os.close(os.open(self._paths[0], os.O_CREAT | os.O_EXCL, OWNER_ONLY))
        except OSError:
            pass  # it is there; or it cannot be made, as SQLite will say
        for path in self._paths:
            _make_private(path)

    def after_opening(self) -> FilesOfConnection:
        """Remember what a connection has opened."""
        files = FilesOfConnection(self._paths, self._forget)
        with self._guard:
            self._was_there = True
            self._opened.add(files)
        return files

    def _forget(self, files: FilesOfConnection) -> None:
        with self._guard:
            self._opened.discard(files)


def _make_private(path: Path) -> None:
    """Take a file from the eyes of others, where it is ours; one of somebody else's is theirs to keep."""
    try:
        if path.stat().st_mode & 0o077:
            path.chmod(OWNER_ONLY)
    except OSError:
        pass
