"""`make bench`: our pages and saves against the least that Flask does, on the same server, A B A B.

What the figures mean and what they were: docs/benchmarks.md. Wants an otherwise idle machine for four minutes.
"""

import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from learnapp.__main__ import THREADS
from learnapp.config.settings import ROOT
from tests.bench import boards, events
from tests.bench.catalog import loading
from tests.bench.load import Page, Result, Save, run
from tests.bench.people import complete_first_lesson, cookies, learn_a_little, second_page, sign_up, user_id
from tests.bench.start import MAKE_RUN, SERVER, cpu_seconds, first_answer, memory, own_memory
from tests.bench.weight import Visit, visit
from tests.faults.browser import Browser
from tests.faults.learner import Learner, single_item
from tests.faults.serving import MakeRun, Server, environment, migrate

SECONDS = float(os.environ.get("BENCH_SECONDS", "4"))
ROUNDS = 3
READERS = 4
WRITERS = 16
BYTES_A_LINE = 310


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared; `jobs` prepares what a round asks of it."""

    name: str
    server: Server
    jobs: Callable[[], Sequence[Page | Save]]


@dataclass(frozen=True, slots=True)
class Round:
    """What the load saw, and the server's processor time in microseconds a request."""

    result: Result
    cpu: float


def main() -> int:
    """Print every figure; return 1 if a page or a save failed."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{machine}, {versions} (WAL, synchronous=FULL)")
    print(f"our server: 1 process of {THREADS} threads; {ROUNDS} rounds of {SECONDS:g} s a side, in turns")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'bench.sqlite3'}"
        migrate(environment(url, folder), folder)
        with Server(url, folder, threads=THREADS, content=ROOT, fresh=True) as ours:
            started = memory(ours)
            ben = sign_up(ours.browser(), "Ben")
            page = learn_a_little(ben)
            minimal = Server(url, folder, threads=THREADS, target="tests.bench.minimal:app", fresh=True)
            minimal.env["BENCH_LINES"] = str(len(ben.get(page).body) // BYTES_A_LINE)
            with minimal:
                failed = compare_pages(ours, minimal, ben, page, user_id(url, "Ben"))
                failed += compare_saves(ours, minimal)
                failed += compare_processes(ours, url, folder, ben, page)
            print(f"\nmemory of the worker: {started:.0f} MB at first, {memory(ours):.0f} MB after the load")
            complete_first_lesson(url)
            ben.close()  # the server has closed this connection by now
            show_weight(ours.browser(), ben, page)
        print(f"\nfrom start to first answer: {first_answer(url, folder, SERVER):.2f} s")
        print(f"the same with the checks of `make run`: {first_answer(url, folder, MAKE_RUN):.2f} s")
    failed += boards.main() + events.main()
    course = loading()
    print(
        f"\nloading the course, {course.lessons} lessons, one core: {course.cold:.2f} s in a fresh process,"
        f" {course.warm:.2f} s again, {course.kept:.1f} MB kept"
    )
    return 1 if failed else 0


def compare_pages(ours: Server, minimal: Server, ben: Browser, page: str, ben_id: int) -> int:
    """Compare the lesson page to the minimal page of the same size; return how many requests failed."""
    other = minimal.browser()
    other.get(f"/enter/{ben_id}")
    sizes = len(ben.get(page).body), len(other.get("/page").body)
    print(f"\nLesson page, signed in, with progress: {sizes[0]} bytes (minimal {sizes[1]}), {READERS} readers")
    return compare(
        Side("lesson page", ours, lambda: [Page(page, cookies(ben))] * READERS),
        Side("minimal page", minimal, lambda: [Page("/page", cookies(other))] * READERS),
    )


def compare_processes(one: Server, url: str, folder: Path, ben: Browser, page: str) -> int:
    """Compare two processes of `make run` to one process; return how many requests failed."""
    jobs = [Page(page, cookies(ben))] * 2 * READERS
    print(f"\nThe same page from two processes and from one, {len(jobs)} readers")
    with MakeRun(url, folder, workers=2, threads=THREADS // 2, content=ROOT, fresh=True) as two:
        started = memory(two)
        run(two.port, jobs, SECONDS)  # until both have come up and made each part of the page once
        failed = compare(Side("two processes", two, lambda: jobs), Side("one process", one, lambda: jobs))
        held, own = memory(two), own_memory(two)
    print(
        f"  memory of a process of two: {started:.0f} MB at first, {held:.0f} MB after the load, its own {own:.0f} MB"
    )
    return failed


def compare_saves(ours: Server, minimal: Server) -> int:
    """Compare a saved answer to the minimal form; return how many requests failed."""

    def learners() -> list[Save]:
        found = (Learner(ours) for _ in range(WRITERS))
        fields = (("item", single_item(ROOT).id), ("action", "save"))
        return [Save(f"{one.page}/answers", cookies(one.browser), one.browser.token, fields, one.seq) for one in found]

    def clerks() -> list[Save]:
        browsers = [minimal.browser() for _ in range(WRITERS)]
        for number, browser in enumerate(browsers):
            browser.get(f"/enter/{number + 1}")
        return [Save("/save", cookies(browser), browser.token, ()) for browser in browsers]

    print(f"\nSaved answer, with its token, {WRITERS} writers")
    return compare(Side("answer save", ours, learners), Side("minimal form", minimal, clerks))


def compare(mine: Side, theirs: Side) -> int:
    """Measure both sides in turns and print their rates and ratios; return how many requests failed."""
    rounds: dict[str, list[Round]] = {mine.name: [], theirs.name: []}
    for side in (mine, theirs) * ROUNDS:
        jobs = side.jobs()
        before = cpu_seconds(side.server)
        result = run(side.server.port, jobs, SECONDS)
        cpu = (cpu_seconds(side.server) - before) / max(1, result.done) * 1e6
        rounds[side.name].append(Round(result, cpu))
        print(
            f"  {side.name:<13}{result.rate:7.0f} a second, {cpu:5.0f} us of processor time,"
            f" waits {result.wait(50):.1f} ms (half) {result.wait(99):.1f} ms (99 %), {result.failed} failed"
        )
    rates = [median(one.result.rate for one in rounds[side.name]) for side in (mine, theirs)]
    cpus = [median(one.cpu for one in rounds[side.name]) for side in (mine, theirs)]
    print(f"  ratio by rate {rates[0] / rates[1]:.2f}, by processor time {cpus[1] / cpus[0]:.2f}")
    return sum(one.result.failed for side in rounds.values() for one in side)


def show_weight(stranger: Browser, ben: Browser, page: str) -> None:
    """Print what the first lesson and the next one cost on the wire."""
    first = visit(stranger, page)
    kept = frozenset(address for address, _ in first.parts)
    describe("first visit of a lesson", first)
    describe("the next lesson", visit(ben, second_page(), kept))


def describe(what: str, seen: Visit) -> None:
    """Print a visit, part by part."""
    print(f"\n{what}: {seen.size / 1000:.1f} kB in {seen.requests} requests")
    for address, size in seen.parts:
        print(f"  {size:6d} {address}")


if __name__ == "__main__":
    sys.exit(main())
