"""Command: the table of faults on each database, then a long load (`make test-faults-long`).

What is broken is the command's own: databases, servers, and a PostgreSQL cluster where initdb is found.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import sqlalchemy as sa

from tests.faults.long.cluster import new_database, own_cluster
from tests.faults.long.crowd import Crowd, Figures
from tests.faults.long.ledger import Saved, audit, keep_history
from tests.faults.long.load import Load
from tests.faults.long.trials import TRIALS, Stage, broken
from tests.faults.serving import MakeRun, environment, migrate
from tests.faults.test_disk import build_disk

COLUMNS = "fault, acknowledged, 503, 500, other, no answer, slowest s, reads not 200, slowest read s, back after s"
HEAD = "| " + " | ".join(COLUMNS.split(", ")) + " |"
BACK_WITHIN = 60.0


def chosen() -> argparse.Namespace:
    """Read the command's options."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.long", description=__doc__)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), action="append", help="one alone")
    parser.add_argument("--saves", type=int, default=5000, help="acknowledged saves on each database")
    parser.add_argument("--seconds", type=float, default=12, help="how long a fault lasts")
    parser.add_argument("--writers", type=int, default=16)
    parser.add_argument("--minutes", type=float, default=60, help="of mixed load; 0 for none")
    parser.add_argument("--learners", type=int, default=60, help="in the mixed load")
    return parser.parse_args()


@contextmanager
def staged(kind: str, folder: Path, seconds: float) -> Iterator[Stage]:
    """Yield a server on a database of its own that may be broken."""
    with ExitStack() as stack:
        disk = build_disk(folder) if kind == "sqlite" else None
        cluster = stack.enter_context(own_cluster(folder / "cluster")) if kind == "postgresql" else None
        url = new_database(cluster, "faults") if cluster else f"sqlite:///{folder / 'faults.sqlite3'}"
        migrate(environment(url, folder), folder)
        engine = sa.create_engine(url, poolclass=sa.NullPool)
        keep_history(engine)
        server = MakeRun(url, folder, workers=2, fresh=True)
        if disk:
            server.env |= disk.env
        yield Stage(stack.enter_context(server), engine, seconds, disk, cluster)


def try_all(kind: str, stage: Stage, saves: int, writers: int) -> list[str]:
    """Print a line for each fault, and return what is not as it must be."""
    print(f"\n## {kind}\n\n{HEAD}\n{'|---' * len(COLUMNS.split(', '))}|", flush=True)
    trials, saved, wrong = TRIALS[kind], list[Saved](), list[str]()
    share = saves // len(trials) + 1
    with Crowd(stage.server, writers, readers=4) as crowd:
        for trial in trials:
            crowd.wait_for(share // 2, 600)
            with broken(trial, stage):
                pass
            mended = time.monotonic()
            while crowd.last_saved_at < mended and time.monotonic() < mended + BACK_WITHIN:
                time.sleep(0.01)
            back = crowd.last_saved_at - mended
            crowd.wait_for(share, 600)
            figures = crowd.turn_page()
            saved += figures.saved
            print(line(trial.__name__.replace("_", " "), figures, back), flush=True)
            if figures.statuses[500] or not 0 <= back < BACK_WITHIN:
                wrong.append(f"{kind}, {trial.__name__}: 500s or no save after it")
    saved += crowd.turn_page().saved
    found = audit(stage.engine, saved)
    print(f"\n{len(saved)} acknowledged: {found}", flush=True)
    if found.lost or found.doubled or found.wrong or found.gaps:
        wrong.append(f"{kind}: {found}")
    return wrong


def line(name: str, figures: Figures, back: float) -> str:
    """Return a row of the table."""
    statuses = figures.statuses
    other = sum(count for status, count in statuses.items() if status not in {0, 200, 500, 503})
    reads = sum(figures.reads.values())
    bad = {status or "none": count for status, count in figures.reads.items() if status != 200}
    counts = (len(figures.saved), statuses[503], statuses[500], other, statuses[0])
    times = (f"{figures.slowest:.2f}", f"{bad or 0} of {reads}", f"{figures.slowest_read:.2f}", f"{back:.2f}")
    return "| " + " | ".join(map(str, (name, *counts, *times))) + " |"


def main() -> int:
    """Run it; return 1 where something is not as it must be."""
    options, wrong = chosen(), list[str]()
    for kind in options.database or ("sqlite", "postgresql"):
        folder = Path(tempfile.mkdtemp(prefix="learnapp-faults-"))
        os.chmod(folder, 0o755)
        try:
            with staged(kind, folder, options.seconds) as stage:
                wrong += try_all(kind, stage, options.saves, options.writers)
                if options.minutes:
                    log = folder / "faults.sqlite3-wal" if kind == "sqlite" else None
                    print(f"\n{options.minutes:g} minutes of mixed load, {options.learners} learners\n")
                    lines = Load(stage.server, options.learners, think=4.0).run(options.minutes, log)
                    warm, last = lines[len(lines) // 6][5], lines[-1][5]
                    if last > warm * 1.1:
                        wrong.append(f"{kind}: memory grew from {warm:.0f} to {last:.0f} MB")
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    print("\n".join(["", *wrong]) or "\nAll as it must be.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
