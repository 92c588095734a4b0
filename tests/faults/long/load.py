"""Load: an hour of mixed work, by minute: times, memory, descriptors, the size of SQLite's log."""

import random
import statistics
import threading
import time
from pathlib import Path

from tests.faults.learner import Learner, first_lesson
from tests.faults.serving import Server

HEAD = "| minute | requests | not 2xx, 3xx | p50 ms | p99 ms | memory MB | descriptors | log MB |"


class Load:
    """Learners who read, think, answer, finish and begin anew."""

    def __init__(self, server: Server, learners: int, think: float) -> None:
        self.server, self.think = server, think
        self._times: list[float] = []
        self._bad = 0
        self._guard = threading.Lock()
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._learn, args=(n,)) for n in range(learners)]

    def run(self, minutes: float, log: Path | None) -> list[tuple[float, ...]]:
        """Run it and return a line a minute, printed as it ends."""
        for thread in self._threads:
            thread.start()
        print(HEAD, "|---|---|---|---|---|---|---|---|", sep="\n", flush=True)
        lines: list[tuple[float, ...]] = []
        step = min(60.0, minutes * 60 / 4)
        for minute in range(1, int(minutes * 60 / step) + 1):
            time.sleep(step)
            with self._guard:
                times, bad, self._times, self._bad = self._times, self._bad, [], 0
            cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
            megabytes = log.stat().st_size / 1e6 if log and log.exists() else 0.0
            line: tuple[float, ...] = (
                minute,
                len(times),
                bad,
                cuts[49] * 1000,
                cuts[98] * 1000,
                *_resources(self.server),
                megabytes,
            )
            print("| " + " | ".join(f"{value:.6g}" for value in line) + " |", flush=True)
            lines.append(line)
        self._end.set()
        for thread in self._threads:
            thread.join()
        return lines

    def _learn(self, number: int) -> None:
        chance, learner, lesson = random.Random(number), Learner(self.server), first_lesson()
        quiz = f"/modules/{lesson.module}/{lesson.slug}/quiz"
        while not self._end.wait(chance.uniform(0, 2 * self.think)):
            act = chance.random()
            began = time.monotonic()
            if act < 0.5:
                answer = learner.send((learner.seq + 1) % 3)
                learner.seq = answer.json["seq"] if answer.status == 200 else learner.seq
            elif act < 0.98:
                answer = learner.browser.get(chance.choice((learner.page, f"/modules/{lesson.module}/{lesson.slug}")))
            else:
                learner.browser.post(f"{learner.page}/finish", {})
                learner.browser.get(quiz)
                answer = learner.browser.post(quiz, {"kind": "main"})
                if answer.status == 303:
                    learner.page, learner.seq = answer.headers["location"], 0
                    learner.attempt_id = int(learner.page.rsplit("/", 1)[1])
                    learner.browser.get(learner.page)
            with self._guard:
                self._times.append(time.monotonic() - began)
                self._bad += answer.status >= 400


def _resources(server: Server) -> tuple[float, int]:
    """Return the memory of all workers (MB, shared parts in proportion) and their open descriptors."""
    memory, descriptors = 0, 0
    for pid in server.worker_pids():
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        memory += int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
        descriptors += sum(1 for _ in Path(f"/proc/{pid}/fd").iterdir())
    return memory / 1024, descriptors
