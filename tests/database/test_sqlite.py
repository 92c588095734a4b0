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

from learnapp.database import sqlite
from learnapp.database.db import brief_write
from learnapp.database.sqlite_connection import BUSY_SECONDS


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
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == BUSY_SECONDS * 1000


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


def test_a_reader_keeps_the_log_from_being_emptied_and_no_writer_from_writing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "SCRUB_SECONDS", 0.3)
    log = Path(f"{file_of(engine)}-wal")
    with engine.connect() as reader:
        reader.exec_driver_sql("BEGIN")  # keeps what it sees
        reader.exec_driver_sql("SELECT * FROM notes").all()
        write(engine)
        with ThreadPoolExecutor(1) as pool:
            scrubbing = pool.submit(sqlite.scrub, engine)
            for _ in range(20):
                write(engine, 0.1)  # it would not wait for longer
            assert not scrubbing.result()
        assert log.stat().st_size > 0
    assert sqlite.scrub(engine)
    assert log.stat().st_size == 0


def test_a_log_that_grew_while_somebody_read_is_cut_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "LOG_BYTES", 1000)
    small = sa.create_engine(engine.url, **sqlite.engine_options())
    sqlite.prepare(small)
    log = Path(f"{file_of(engine)}-wal")
    with engine.connect() as reader:
        reader.exec_driver_sql("BEGIN")  # keeps what it sees
        reader.exec_driver_sql("SELECT * FROM notes").all()
        for _ in range(30):
            write(small)
        assert log.stat().st_size > 30 * 4096
    with small.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(PASSIVE)").close()  # type: ignore[union-attr]
    write(small)
    assert log.stat().st_size < 3 * 4096
    small.dispose()


def test_a_log_that_cannot_be_emptied_is_no_failure(engine: Engine) -> None:
    write(engine)
    Path(file_of(engine)).unlink()
    engine.dispose()
    assert not sqlite.scrub(engine)


def write(engine: Engine, patience: float = 1) -> None:
    with brief_write(engine, patience) as connection:
        connection.exec_driver_sql("INSERT INTO notes VALUES ('x')")
