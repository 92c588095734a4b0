"""PostgreSQL ends our connections, as it does when it is restarted."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from learnapp.learning.models import Attempt
from tests.faults.learner import Learner
from tests.faults.serving import Server

CUTS = 10
WRITERS = 4
# Ends every connection to this database but the one that says so.
END = sa.text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.mark.long
def test_connections_that_end_under_load_lose_nothing_that_was_acknowledged(
    postgresql_url: str, tmp_path: Path
) -> None:
    engine = sa.create_engine(postgresql_url, poolclass=sa.NullPool)
    done = threading.Event()
    with Server(postgresql_url, tmp_path, threads=8) as server:
        learners = [Learner(server) for _ in range(WRITERS)]

        def write(learner: Learner) -> None:
            while not done.is_set():
                learner.save((learner.seq + 1) % 3)

        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(write, learner) for learner in learners]
            ended = 0
            for _ in range(CUTS):
                done.wait(0.2)
                with engine.connect() as connection:
                    ended += connection.execute(END).scalar_one()
            done.set()
            for one in writing:
                one.result()

    assert ended > 0
    with Session(engine) as session:
        stored = {row.id: row.seq for row in session.execute(sa.select(Attempt.id, Attempt.seq))}
    assert stored == {learner.attempt_id: learner.seq for learner in learners}
    assert min(stored.values()) > 0
