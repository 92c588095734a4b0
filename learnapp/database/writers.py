"""Writers: a gate for those of a process where the database itself decides who waits for whom.

While nobody gets on, only some may wait. Who comes later is sent away, so that threads are left for readers.
"""

import select
import sys
import threading
from time import monotonic

# After so long without anybody getting on, somebody else most likely holds what all wait for.
STANDSTILL_SECONDS = 1.0


def is_readable(descriptor: int, seconds: float) -> bool:
    """Wait at most so long until something can be read, be it only the end; tell whether it can."""
    poll = select.poll()  # select() itself takes no descriptor above 1023
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(1000 * seconds))


class WriteGate:
    """A gate that counts who is writing; the database decides who waits for whom."""

    def __init__(self, room: int = sys.maxsize) -> None:
        self.room = room
        self._guard = threading.Lock()
        self._writing = 0
        self._passed_at = monotonic()
        self._is_stuck = False

    def enter(self, patience: float) -> float | None:
        """Return for how long this writer may wait for a lock (s); None when it may not come in now."""
        with self._guard:
            now = monotonic()
            if self._writing == 0:
                self._passed_at = now
            if self._writing >= self.room:
                patience = min(patience, STANDSTILL_SECONDS)
                if self._is_stuck or now - self._passed_at > STANDSTILL_SECONDS:
                    return None
            self._writing += 1
            return patience

    def leave(self, *, got_on: bool = True) -> None:
        """Note that a writer has ended, and whether it got the locks that it wanted."""
        with self._guard:
            self._writing -= 1
            self._passed_at, self._is_stuck = monotonic(), not got_on
