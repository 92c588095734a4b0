"""Somebody holds a lock for long: whoever writes is told soon, whoever reads does not notice."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.faults.browser import Answer
from tests.faults.learner import Learner, first_lesson
from tests.faults.serving import Server

PATIENCE = 1.0  # for which the server of this test waits for a lock
HELD = 4.0
TOLD_WITHIN = 6.0
READ_WITHIN = 2.0
THREADS = 12


@contextmanager
def locked(engine: sa.Engine) -> Iterator[None]:
    """Hold what a save needs: SQLite's write lock, PostgreSQL's lock on the attempts."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            raw = connection.connection.driver_connection
            assert raw is not None
            raw.isolation_level = None
            raw.execute("BEGIN IMMEDIATE").close()
            yield
            raw.execute("ROLLBACK").close()
        else:
            connection.execute(sa.text("LOCK TABLE attempts IN EXCLUSIVE MODE"))
            yield
            connection.rollback()


@pytest.mark.long
def test_a_long_lock_gives_503_in_time_while_reads_go_on(url: str, engine: sa.Engine, tmp_path: Path) -> None:
    lesson = first_lesson()
    server = Server(url, tmp_path, workers=1, threads=8)
    server.env["FAULT_BUSY_SECONDS"] = str(PATIENCE)
    with server:
        ben = Learner(server)
        ben.save(0)
        page = ben.browser.twin()
        told: list[tuple[Answer, float]] = []

        def send_on(until: float) -> None:
            while not told or time.monotonic() < until:
                began = time.monotonic()
                answer = ben.send(1)
                told.append((answer, time.monotonic() - began))

        with locked(engine):
            writer = threading.Thread(target=send_on, args=(time.monotonic() + HELD,))
            writer.start()
            waits = []
            while writer.is_alive():
                began = time.monotonic()
                for path in (f"/modules/{lesson.module}/{lesson.slug}", ben.page, "/healthz"):
                    assert page.get(path).status == 200
                waits.append(time.monotonic() - began)
                time.sleep(0.2)
            writer.join()

        for answer, after in told:
            assert answer.status == 503
            assert int(answer.headers["retry-after"]) > 0
            assert after < TOLD_WITHIN
            # It did wait: the lock might have gone.
            assert after > PATIENCE * 0.9
        assert len(waits) > 3
        assert max(waits) < READ_WITHIN * 3
        # What was refused was not stored, and what comes next is, without a restart.
        ben.save(2)
        assert ben.seq == 2


@pytest.mark.long
def test_more_writers_than_threads_are_told_and_leave_threads_to_readers(
    url: str, engine: sa.Engine, tmp_path: Path
) -> None:
    server = Server(url, tmp_path, workers=1, threads=THREADS)
    server.env |= {"FAULT_BUSY_SECONDS": str(PATIENCE), "FAULT_WRITERS": str(THREADS // 3)}
    with server:
        learners = [Learner(server) for _ in range(3 * THREADS)]
        page = learners[0].browser.twin()
        done = threading.Event()

        def send_on(learner: Learner) -> list[Answer]:
            answers = []
            while not done.wait(1):  # sooner than they are asked to
                answers.append(learner.send(1))
            return answers

        with locked(engine), ThreadPoolExecutor(len(learners)) as pool:
            writing = [pool.submit(send_on, learner) for learner in learners]
            time.sleep(2 * PATIENCE)  # by then all threads would wait for the lock
            waits = []
            for _ in range(10):
                began = time.monotonic()
                assert page.get(learners[0].page).status == 200
                waits.append(time.monotonic() - began)
            done.set()
            answers = [answer for one in writing for answer in one.result()]

        assert {answer.status for answer in answers} == {503}
        assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
        assert max(waits) < READ_WITHIN
        learners[0].save(2)


def test_a_short_lock_is_waited_for(url: str, engine: sa.Engine, tmp_path: Path) -> None:
    with Server(url, tmp_path, workers=1, threads=8) as server:
        ben = Learner(server)
        saving = threading.Thread(target=ben.save, args=(1,))
        with locked(engine):
            saving.start()
            time.sleep(1)
            assert ben.seq == 0
        saving.join()

        assert (ben.seq, ben.retries) == (1, 0)
