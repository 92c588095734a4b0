"""How many learners `make run` takes: 99 of 100 answers within half a second, and none that fails.

    python -m tests.bench.capacity [--postgresql] [--from 1000] [--step 500] [--to 6000] [--seconds 20]

They think for eight seconds between two actions; 45 % are saves, 15 % saves of a question with several answers, the
others pages, compressed. Both databases, the server and the learners share this machine.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from learnapp.config.settings import ROOT
from learnapp.server.workers import raise_limits
from tests.bench.learners import Crowd
from tests.bench.start import cpu_seconds, memory
from tests.databases import new_database
from tests.faults.serving import MakeRun, environment, migrate

LONGEST_WAIT_MS = 500


def main() -> int:
    """Add learners until the server falls behind; return 1 if it does so at once."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--postgresql", action="store_true")
    for name, usual in (("from", 1000), ("step", 500), ("to", 6000), ("seconds", 20)):
        options.add_argument(f"--{name}", type=int, default=usual)
    chosen = vars(options.parse_args())
    raise_limits()
    kind = "postgresql" if chosen["postgresql"] else "sqlite"
    cores = len(os.sched_getaffinity(0))
    print(f"{kind}, {cores} cores for server, database and learners; p50, p99 and worst in ms")
    held = 0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(new_database(kind, folder))
        migrate(environment(url, folder), folder)
        server = MakeRun(url, folder, workers=cores, content=ROOT, fresh=True)
        # Each learner comes from an address of their own, as limits are counted by address.
        server.env |= {"LEARNAPP_PROXY_HOPS": "1", "LEARNAPP_PUBLIC_URL": f"http://127.0.0.1:{server.port}"}
        stack.enter_context(server)
        crowd = Crowd(server.port)
        stack.callback(crowd.close)
        for learners in range(chosen["from"], chosen["to"] + 1, chosen["step"]):
            crowd.grow(learners)
            if not show(server, crowd, learners, chosen["seconds"]):
                break
            held = learners
    print(f"{held} learners: 99 % within {LONGEST_WAIT_MS} ms, no error")
    return 0 if held else 1


def show(server: MakeRun, crowd: Crowd, learners: int, seconds: int) -> bool:
    """Print what so many learners meet; tell whether the server keeps up."""
    before, began = cpu_seconds(server), time.monotonic()
    level = crowd.measure(seconds)
    cores = (cpu_seconds(server) - before) / (time.monotonic() - began)
    rate, p50, p99, worst = len(level.waits) / seconds, *(level.wait(percent) for percent in (50, 99, 100))
    errors = ", ".join(f"{count} {name}" for name, count in level.errors.items()) or "no errors"
    print(
        f"{learners:6d} learners {rate:5.0f}/s  {p50:5.0f} {p99:6.0f} {worst:6.0f}  {errors};"
        f" {cores:.2f} cores and {memory(server):.0f} MB a worker",
        flush=True,
    )
    return p99 < LONGEST_WAIT_MS and not level.errors


if __name__ == "__main__":
    sys.exit(main())
