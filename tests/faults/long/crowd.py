"""Crowd: learners who save without a pause until each save is acknowledged, readers beside them, and their figures."""

import http.client
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from tests.faults.learner import Learner, first_lesson
from tests.faults.long.ledger import Saved
from tests.faults.serving import Server

PAUSE = 0.2  # before the same save is sent again


@dataclass(slots=True)
class Figures:
    """What was answered in one stretch of time."""

    saved: list[Saved] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)  # 0: no answer
    reads: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    slowest_read: float = 0.0


class Crowd:
    """Threads that save and read; use it in a `with` statement, `turn_page` between two stretches."""

    def __init__(self, server: Server, writers: int, readers: int) -> None:
        self.figures = Figures()
        self.last_saved_at = 0.0
        self._end = threading.Event()
        self._guard = threading.Lock()
        learners = [Learner(server) for _ in range(writers)]
        self._threads = [threading.Thread(target=self._save_on, args=(learner,)) for learner in learners]
        self._threads += [threading.Thread(target=self._read_on, args=(learners[n],)) for n in range(readers)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        for thread in self._threads:
            thread.join()

    def turn_page(self) -> Figures:
        """Return the figures until now, and begin new ones."""
        with self._guard:
            done, self.figures = self.figures, Figures()
        return done

    def wait_for(self, saves: int, seconds: float) -> None:
        """Wait until so many saves are on this page, at most so long."""
        until = time.monotonic() + seconds
        while len(self.figures.saved) < saves and time.monotonic() < until:
            time.sleep(0.02)

    def _save_on(self, learner: Learner) -> None:
        while not self._end.is_set():
            choice = (learner.seq + 1) % 3
            began = time.monotonic()
            try:
                status = (answer := learner.send(choice)).status
            except (OSError, http.client.HTTPException):
                status = 0
            with self._guard:
                self.figures.statuses[status] += 1
                self.figures.slowest = max(self.figures.slowest, time.monotonic() - began)
                if status == 200:
                    learner.seq = answer.json["seq"]
                    self.last_saved_at = time.monotonic()
                    self.figures.saved.append(Saved(learner.attempt_id, learner.seq, choice))
            if status != 200:
                self._end.wait(PAUSE)

    def _read_on(self, learner: Learner) -> None:
        browser, lesson = learner.browser.twin(), first_lesson()
        while not self._end.wait(PAUSE):
            for path in (f"/modules/{lesson.module}/{lesson.slug}", learner.page, "/healthz"):
                began = time.monotonic()
                try:
                    status = browser.get(path).status
                except (OSError, http.client.HTTPException):
                    status = 0
                with self._guard:
                    self.figures.reads[status] += 1
                    self.figures.slowest_read = max(self.figures.slowest_read, time.monotonic() - began)
