"""Writers of SQLite: they wait in line, in order, and no longer than they may."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, exc

from learnapp import sqlite
from learnapp.db import brief_write


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Give an engine on an empty file, prepared as the app prepares it."""
    made = sa.create_engine(f"sqlite:///{tmp_path / 'line.sqlite3'}", **sqlite.engine_options())
    sqlite.prepare(made)
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes (text TEXT)")
    yield made
    made.dispose()


def file_of(engine: Engine) -> str:
    assert engine.url.database
    return engine.url.database


def test_the_line_lets_people_in_as_they_came() -> None:
    line = sqlite.FifoLock()
    came: list[int] = []

    def wait(number: int) -> None:
        assert line.acquire(5)
        came.append(number)
        line.release()

    assert line.acquire(0)
    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            pool.submit(wait, number)
            time.sleep(0.02)
        line.release()
    assert came == list(range(8))


def test_who_gives_up_waiting_does_not_block_the_line() -> None:
    line = sqlite.FifoLock()
    assert line.acquire(0)
    assert not line.acquire(0.01)
    line.release()
    assert line.acquire(0)


def test_a_writer_leaves_the_line_however_its_transaction_ends(engine: Engine) -> None:
    with brief_write(engine, 1) as connection:
        connection.exec_driver_sql("INSERT INTO notes VALUES ('kept')")

    def fail() -> None:
        with brief_write(engine, 1) as connection:
            connection.exec_driver_sql("INSERT INTO notes VALUES ('dropped')")
            connection.exec_driver_sql("NONSENSE")

    with pytest.raises(exc.OperationalError, match="syntax"):
        fail()
    with brief_write(engine, 0.1) as connection:
        assert connection.exec_driver_sql("SELECT text FROM notes").scalars().all() == ["kept"]


def test_a_second_writer_is_told_when_its_patience_is_over(engine: Engine) -> None:
    with brief_write(engine, 1):
        started = time.monotonic()
        with pytest.raises(exc.OperationalError, match="locked"), brief_write(engine, 0.2):
            pass
        assert 0.2 <= time.monotonic() - started < 2


def test_a_lock_of_another_process_is_waited_for_only_so_long(engine: Engine) -> None:
    other = sqlite3.connect(file_of(engine), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    started = time.monotonic()
    with pytest.raises(exc.OperationalError, match="locked"), brief_write(engine, 0.3):
        pass
    assert 0.3 <= time.monotonic() - started < 2
    other.execute("ROLLBACK")
    other.close()
    with brief_write(engine, 0.3) as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == sqlite.BUSY_SECONDS * 1000


def test_a_long_lock_fails_everybody_in_line_within_their_time(engine: Engine) -> None:
    other = sqlite3.connect(file_of(engine), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    taken: list[float] = []

    def write(_number: int) -> None:
        started = time.monotonic()
        with pytest.raises(exc.OperationalError, match="locked"), brief_write(engine, 0.5):
            pass
        taken.append(time.monotonic() - started)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    other.execute("ROLLBACK")
    other.close()
    assert len(taken) == 8
    assert max(taken) < 1.5


def test_two_processes_worth_of_writers_lose_nothing(engine: Engine) -> None:
    second = sa.create_engine(engine.url, **sqlite.engine_options())
    sqlite.prepare(second)
    start = threading.Barrier(8)

    def write(number: int) -> None:
        start.wait()
        for _ in range(20):
            with brief_write(second if number % 2 else engine, 5) as connection:
                connection.exec_driver_sql("INSERT INTO notes VALUES ('x')")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    second.dispose()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM notes").scalar() == 160
