"""Threads: a pool in which few jobs run at once, and those that wait for something else leave their place to others.

Threads that run side by side share one interpreter lock, and each that wants it costs the others time: with dozens
of them a request takes twice the processor time. So few run at once. A job that waits for a lock says so by
`blocking`; one that has taken long without a word, as it waits inside a library, is found by a watcher.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from time import monotonic, sleep
from typing import Generic, TypeVar

T = TypeVar("T")

# A job that has run for so long most likely waits: a page takes 1 to 10 ms, and a few of them share a core.
LONG_SECONDS = 0.25
WATCH_SECONDS = 0.02

_current = threading.local()


@contextmanager
def blocking() -> Iterator[None]:
    """Leave this thread's place to another job while it waits for a lock or the like; outside a pool do nothing."""
    worker: Worker[object] | None = getattr(_current, "worker", None)
    if worker is None:
        yield
        return
    worker.pool.step_aside(worker)
    try:
        yield
    finally:
        worker.pool.step_back(worker)


class Worker(Generic[T]):
    """A thread of a pool, and the job that it is handed next."""

    def __init__(self, pool: "Threads[T]") -> None:
        self.pool = pool
        self.next_job: SimpleQueue[T | None] = SimpleQueue()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        _current.worker = self
        while (job := self.next_job.get()) is not None:
            self.pool.work(job)
            del job  # it would be kept until the next one comes
            self.pool.finish(self)


class Threads(Generic[T]):
    """Threads that call `work` with one job after another, in the order in which they were put.

    At most `at_once` jobs run at a time, and at most `most` are begun and not done, however many of these wait.
    """

    def __init__(self, work: Callable[[T], object], most: int, at_once: int) -> None:
        self.work = work
        self._most, self._at_once = most, at_once
        self._lock = threading.Lock()
        self._jobs: deque[T] = deque()
        self._workers: list[Worker[T]] = []
        self._idle: list[Worker[T]] = []  # the last one is used first: its memory is at hand
        self._running: dict[Worker[T], float] = {}  # since when
        self._is_closing = False
        self._some_wait = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def put(self, job: T) -> None:
        """Have a job done."""
        with self._lock:
            self._jobs.append(job)
            self._hand_out()

    def waiting(self) -> int:
        """Return how many jobs wait for a thread."""
        return len(self._jobs)

    def close(self) -> None:
        """Do all jobs that wait, then end the threads."""
        with self._lock:
            self._is_closing = True
            self._end_idle()
        for worker in self._workers:  # grows while jobs are left
            worker.thread.join()
        self._some_wait.set()

    def finish(self, worker: Worker[T]) -> None:
        """Take a worker back that has done its job."""
        with self._lock:
            self._running.pop(worker, None)
            self._idle.append(worker)
            self._hand_out()
            if self._is_closing:
                self._end_idle()

    def step_aside(self, worker: Worker[T]) -> None:
        """Let another job run while this worker waits."""
        with self._lock:
            self._running.pop(worker, None)
            self._hand_out()

    def step_back(self, worker: Worker[T]) -> None:
        """Let a worker go on that has waited, at once: others may wait for what it holds now."""
        with self._lock:
            self._running[worker] = monotonic()

    def _hand_out(self) -> None:
        while self._jobs and len(self._running) < self._at_once:
            if self._idle:
                worker = self._idle.pop()
            elif len(self._workers) < self._most:
                worker = Worker(self)
                self._workers.append(worker)
                worker.thread.start()
            else:
                return
            self._running[worker] = monotonic()
            worker.next_job.put(self._jobs.popleft())
        if self._jobs:
            self._some_wait.set()

    def _end_idle(self) -> None:
        if not self._jobs:
            while self._idle:
                self._idle.pop().next_job.put(None)

    def _watch(self) -> None:
        """Count jobs that have taken long as waiting, while others want to run."""
        while self._some_wait.wait() and (self._jobs or not self._is_closing):
            sleep(WATCH_SECONDS)
            with self._lock:
                long_ago = monotonic() - LONG_SECONDS
                for worker in [worker for worker, since in self._running.items() if since < long_ago]:
                    del self._running[worker]
                self._hand_out()
                if not self._jobs:
                    self._some_wait.clear()
