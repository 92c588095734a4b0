"""A backup is made while answers are saved, and restored elsewhere."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from learnapp.learning.models import Attempt
from tests.databases import new_database
from tests.faults.learner import Learner
from tests.faults.serving import Server, environment
from tests.programs import run_program

WRITERS = 6


@pytest.mark.long
def test_every_save_that_was_acknowledged_before_a_backup_is_in_it(url: str, engine: sa.Engine, tmp_path: Path) -> None:
    file, stop, warm = tmp_path / "backup", threading.Event(), threading.Semaphore(0)
    with Server(url, tmp_path, workers=2) as server:
        learners = [Learner(server) for _ in range(WRITERS)]

        def write(learner: Learner) -> None:
            while not stop.is_set():
                learner.save(learner.seq % 2)
                warm.release()

        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(write, learner) for learner in learners]
            for _ in range(5 * WRITERS):
                assert warm.acquire(timeout=60)
            acknowledged = {learner.attempt_id: learner.seq for learner in learners}
            made = run_program("flask", "--app", "learnapp.cli", "backup", str(file), env=server.env, folder=tmp_path)
            stop.set()
            for one in writing:
                one.result()
        went_on = sum(learner.seq for learner in learners) - sum(acknowledged.values())
    assert made.code == 0, made.text
    assert went_on > 0
    with new_database(engine.dialect.name, tmp_path) as empty:
        env = environment(empty, tmp_path / "elsewhere")
        (tmp_path / "elsewhere").mkdir()
        done = run_program("flask", "--app", "learnapp.cli", "restore", str(file), env=env, folder=tmp_path)
        assert done.code == 0, done.text
        restored = sa.create_engine(empty, poolclass=sa.NullPool)
        with restored.connect() as connection:
            kept = {row.id: row.seq for row in connection.execute(sa.select(Attempt.id, Attempt.seq))}
        assert {attempt: kept[attempt] >= seq for attempt, seq in acknowledged.items()} == dict.fromkeys(kept, True)
        with Server(empty, tmp_path / "elsewhere") as again:
            assert again.browser().get("/readyz").status == 200
