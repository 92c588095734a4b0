"""Instance lock: servers share it while any of their processes lives; who replaces the database holds it alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from learnapp.config.secret_file import make_private_folder

try:
    import fcntl
except ImportError:  # Windows: nobody is kept out there
    fcntl = None  # type: ignore[assignment]

NAME = "serving.lock"
TRIES, PAUSE_SECONDS = 10, 0.02


class InstanceInUse(Exception):
    """A server runs on this instance folder, or its database is just being replaced."""


def share(folder: Path) -> bool:
    """Hold the lock with other servers until this process and all that it forks have ended; tell whether none does yet.

    Raises InstanceInUse while somebody holds it alone.
    """
    file = _open(folder)
    alone = _take(file, exclusive=True)
    # Another server that starts in this very moment holds it alone for an instant, a restore for longer.
    for _try in range(TRIES):
        if _take(file, exclusive=False):
            return alone  # the file stays open: the system lets go of it with the last process
        sleep(PAUSE_SECONDS)
    os.close(file)
    raise InstanceInUse


@contextmanager
def hold_alone(folder: Path) -> Iterator[None]:
    """Keep servers from starting; raises InstanceInUse while one runs."""
    file = _open(folder)
    try:
        if not _take(file, exclusive=True):
            raise InstanceInUse
        yield
    finally:
        os.close(file)


def is_running(pid: int) -> bool:
    """Tell whether there is a process of this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _open(folder: Path) -> int:
    make_private_folder(folder)
    return os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)


def _take(file: int, *, exclusive: bool) -> bool:
    if fcntl is None:
        return True
    try:
        fcntl.flock(file, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
