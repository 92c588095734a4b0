"""Workers are killed while answers are saved."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from learnapp.learning.attempts.forms import answer_json
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.models import Attempt, Response
from tests.faults.learner import Learner, single_item
from tests.faults.serving import Server
from tests.shares import IN_CI, LONG

WRITERS = 8
# How many saves and how many kills among them; all of them are made by `make test-long`.
SAVES = {"sqlite": (200, 3) if not LONG else (800, 10) if IN_CI else (2000, 20), "postgresql": (304, 4)}
WORKERS = 7
PATIENCE = 60.0


@pytest.mark.long
@pytest.mark.scaled
def test_kills_during_saves_lose_and_double_nothing(url: str, engine: sa.Engine, tmp_path: Path) -> None:
    saves, kills = SAVES[engine.dialect.name]
    each = saves // WRITERS
    permits, acknowledged = threading.Semaphore(0), threading.Semaphore(0)
    with Server(url, tmp_path, workers=WORKERS, threads=4) as server:
        learners = [Learner(server) for _ in range(WRITERS)]

        def write(learner: Learner) -> None:
            for n in range(each):
                assert permits.acquire(timeout=PATIENCE)
                learner.save(n % 3)
                acknowledged.release()

        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(write, learner) for learner in learners]
            kill_while(server, permits, acknowledged, saves, kills)
            for one in writing:
                one.result()

    # Saves that were in flight when their worker died were sent again.
    assert sum(learner.retries for learner in learners) > 0
    with Session(engine) as session:
        for learner in learners:
            stored = session.get_one(Attempt, learner.attempt_id)
            attempt = attempt_detail(session, stored.user_id, learner.attempt_id)
            attempt_item = next(
                attempt_item for attempt_item in attempt.items if attempt_item.item.id == single_item().id
            )
            assert attempt.summary.seq == learner.seq == each
            assert answer_json(attempt_item)["fields"] == [["choice", str((each - 1) % 3)]]
        assert session.scalar(sa.select(sa.func.count()).select_from(Response)) == WRITERS


def kill_while(
    server: Server, permits: threading.Semaphore, acknowledged: threading.Semaphore, saves: int, kills: int
) -> None:
    """Let the saves go in equal shares, and kill a worker in the middle of each share but the last."""
    chance = random.Random(20261121)
    share, rest = divmod(saves, kills + 1)
    for _ in range(kills):
        victim = chance.choice(killable(server))
        permits.release(share)
        for _ in range(share // 2):
            assert acknowledged.acquire(timeout=PATIENCE)
        server.kill_worker(victim)
        for _ in range(share - share // 2):
            assert acknowledged.acquire(timeout=PATIENCE)
    permits.release(share + rest)


def killable(server: Server) -> list[int]:
    """Return the workers that may be killed now, once there are as many as at first: all but the newest.

    granian gives up when the worker that it has replaced last dies at once: to it that is a broken program.
    """
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if len(found := sorted(server.worker_pids(), key=started)) == WORKERS:
            return found[:-1]
        time.sleep(0.05)
    raise AssertionError("no worker came back")


def started(pid: int) -> int:
    """Return when a process was started, 0 if it has gone."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except OSError:
        return 0
