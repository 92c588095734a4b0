"""Writers: in a process a line for a lock, or a gate for locks that the database keeps; a turn between processes.

While nobody gets on, only some may wait. Who comes later is sent away, so that threads are left for readers.
"""

import os
import select
import sys
import threading
from collections import deque
from time import monotonic

from learnapp.threads import blocking

# After so long without anybody getting on, somebody else most likely holds what all wait for.
STANDSTILL_SECONDS = 1.0


def is_readable(descriptor: int, seconds: float) -> bool:
    """Wait at most so long until something can be read, be it only the end; tell whether it can."""
    poll = select.poll()  # select() itself takes no descriptor above 1023
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(1000 * seconds))


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
        """Let the next one write, in whatever process."""
        if not is_readable(self._take, 0):
            os.write(self._put, b"1")


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
