"""SQLite's files: nothing is written to what is deleted or replaced, and nobody but their owner reads them."""

import shutil
import sqlite3
import stat
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import Engine, exc

from learnapp.database import sqlite
from learnapp.database.db import brief_write
from learnapp.database.outages import throw_away_spoilt_connections, why_unavailable
from learnapp.database.sqlite_files import SUFFIXES, is_missing


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Give an engine on a file with a table, prepared as the app prepares it, with connections in its pool."""
    made = sa.create_engine(f"sqlite:///{tmp_path / 'site.sqlite3'}", **sqlite.engine_options())
    sqlite.prepare(made)
    throw_away_spoilt_connections(made)
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes (text TEXT)")
    with made.connect(), made.connect():
        write(made, "before")
    yield made
    made.dispose()


def write(engine: Engine, text: str) -> None:
    with brief_write(engine, 0.1) as connection:
        connection.execute(sa.text("INSERT INTO notes VALUES (:text)"), {"text": text})


def notes(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(sa.text("SELECT text FROM notes")))


def file_of(engine: Engine, suffix: str = "") -> Path:
    return Path(f"{engine.url.database}{suffix}")


def replace(file: Path) -> None:
    """Put a copy in the place of a file, as a restored backup is."""
    shutil.copy(file, file.with_suffix(".copy"))
    file.with_suffix(".copy").replace(file)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("change", [Path.unlink, replace])
def test_nothing_is_called_saved_in_files_that_are_not_there(engine: Engine, suffix: str, change: object) -> None:
    assert callable(change)
    change(file_of(engine, suffix))

    for _ in range(70):  # more often than there are connections
        with pytest.raises(exc.OperationalError) as caught:
            write(engine, "lost")
        assert why_unavailable(caught.value) == "missing"
    assert file_of(engine, suffix).exists() == (change is replace)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_files_that_go_between_writing_and_committing_are_noticed(engine: Engine, suffix: str) -> None:
    def write_meanwhile() -> None:
        with brief_write(engine) as connection:
            connection.exec_driver_sql("INSERT INTO notes VALUES ('lost')")
            file_of(engine, suffix).unlink()

    with pytest.raises(exc.OperationalError, match="deleted or replaced"):
        write_meanwhile()


def test_files_that_are_put_back_serve_again(engine: Engine) -> None:
    away = file_of(engine).with_suffix(".away")
    file_of(engine).rename(away)
    with pytest.raises(exc.OperationalError):
        write(engine, "lost")
    away.rename(file_of(engine))

    write(engine, "after")
    assert notes(engine) == ["before", "after"]


def test_what_was_saved_survives_its_log(engine: Engine) -> None:
    file_of(engine, "-wal").unlink()
    with pytest.raises(exc.OperationalError):
        write(engine, "lost")

    with closing(sqlite3.connect(f"file:{file_of(engine)}?immutable=1", uri=True)) as of_the_file_alone:
        assert of_the_file_alone.execute("SELECT text FROM notes").fetchall() == [("before",)]


def test_no_second_database_is_made_where_the_first_was_deleted(engine: Engine) -> None:
    engine.dispose()
    file_of(engine).unlink()
    with pytest.raises(exc.OperationalError, match="deleted"):
        write(engine, "lost")
    assert not file_of(engine).exists()


def test_a_backup_that_is_put_in_place_while_nobody_is_connected_serves(engine: Engine) -> None:
    engine.dispose()
    replace(file_of(engine))
    write(engine, "after")
    assert notes(engine) == ["before", "after"]


def test_a_log_that_went_with_its_last_connection_is_no_loss(engine: Engine) -> None:
    engine.dispose()
    assert not file_of(engine, "-wal").exists()
    write(engine, "after")
    assert notes(engine) == ["before", "after"]


def test_nobody_but_the_owner_reads_the_files(engine: Engine) -> None:
    assert [stat.S_IMODE(file_of(engine, suffix).stat().st_mode) for suffix in SUFFIXES] == [0o600] * 3


def test_files_that_others_could_read_are_taken_from_them(engine: Engine) -> None:
    for suffix in SUFFIXES:
        file_of(engine, suffix).chmod(0o644)
    engine.dispose()
    write(engine, "after")
    assert [stat.S_IMODE(file_of(engine, suffix).stat().st_mode) for suffix in SUFFIXES] == [0o600] * 3


def test_a_database_is_missing_where_there_is_no_file_or_an_empty_one(tmp_path: Path) -> None:
    file = tmp_path / "site.sqlite3"
    assert is_missing(f"sqlite:///{file}")
    file.touch()
    assert is_missing(f"sqlite:///{file}")
    file.write_bytes(b"something")
    assert not is_missing(f"sqlite:///{file}")
    assert not is_missing("postgresql+psycopg://somewhere/site")


@pytest.mark.slow
def test_connections_that_are_opened_side_by_side_do_not_trip_over_each_other(engine: Engine) -> None:
    start = threading.Barrier(30)

    def read(_number: int) -> list[str]:
        start.wait()
        found = notes(engine)
        start.wait()
        return found

    for _ in range(5):
        engine.dispose()
        with ThreadPoolExecutor(30) as pool:
            assert list(pool.map(read, range(30))) == [["before"]] * 30
