"""Threads that do jobs: as many as have been needed at once, up to a limit, and a queue of jobs in front of them."""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Threads(Generic[T]):
    """Threads that call `work` with one job after another; the standard library's pool makes a future of each."""

    def __init__(self, work: Callable[[T], object], most: int) -> None:
        self._work, self._most = work, most
        self._jobs: SimpleQueue[T | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        with self._lock:
            self._start()

    def put(self, job: T) -> None:
        """Have a job done."""
        self._jobs.put(job)

    def waiting(self) -> int:
        """Return how many jobs wait for a thread."""
        return self._jobs.qsize()

    def close(self) -> None:
        """Do all jobs that wait, then end the threads."""
        self._jobs.put(None)
        for thread in self._threads:  # grows while jobs are left
            thread.join()

    def _start(self) -> None:
        self._idle += 1
        thread = threading.Thread(target=self._run, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            with self._lock:
                self._idle -= 1
                if not self._idle and len(self._threads) < self._most:
                    self._start()  # one always waits, so that no job waits for a thread to come up
            self._work(job)
            del job  # it would be kept until the next one comes
            with self._lock:
                self._idle += 1
        self._jobs.put(None)  # for the next thread
