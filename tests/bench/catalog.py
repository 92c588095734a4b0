"""How long the whole course takes to load, and how much memory it holds, in a process of its own."""

import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from learnapp.config.settings import ROOT
from learnapp.content.loader import load

TIMES = 5


@dataclass(frozen=True, slots=True)
class Loading:
    """Seconds of the first load and of the next one, and the megabytes that the first one keeps."""

    lessons: int
    cold: float
    warm: float
    kept: float


def loading() -> Loading:
    """Load the course in fresh processes on one core and return the medians."""
    words = [sys.executable, "-m", "tests.bench.catalog"]
    runs = [
        Loading(**json.loads(subprocess.run(words, cwd=ROOT, check=True, capture_output=True).stdout))
        for _ in range(TIMES)
    ]
    return Loading(
        runs[0].lessons,
        median(run.cold for run in runs),
        median(run.warm for run in runs),
        median(run.kept for run in runs),
    )


def _load_twice() -> Loading:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    before = _resident()
    began = time.perf_counter()
    first = load(ROOT)
    cold = time.perf_counter() - began
    kept = _resident() - before
    began = time.perf_counter()
    load(ROOT)
    warm = time.perf_counter() - began
    if first.catalog is None:
        raise AssertionError("the course has errors")
    return Loading(len(first.catalog.lessons), cold, warm, kept)


def _resident() -> float:
    """Return what this process holds in memory, in megabytes (a million bytes)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


if __name__ == "__main__":
    print(json.dumps(asdict(_load_twice())))
