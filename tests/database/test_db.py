"""The database: its pragmas, its times, and that nothing is lost when many write at once."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import click
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import exc
from sqlalchemy.orm import Mapped, Session, mapped_column, scoped_session

from learnapp.accounts.passwords.background import BackgroundQueue
from learnapp.database import sqlite
from learnapp.database.db import Base, UtcDateTime, begin_write, brief_write, db, engine_options
from tests.databases import refused

pytestmark = pytest.mark.both_databases

WRITERS = 16
ROUNDS = 25

metadata = sa.MetaData()
counters = sa.Table(
    "counters_of_a_test",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("value", sa.Integer, nullable=False),
    sa.Column("at", UtcDateTime),
)


@pytest.fixture
def counter(app: Flask) -> Iterator[Flask]:
    """Give the app with a table of counters, the first of which stands at nought."""
    with app.app_context():
        metadata.create_all(db.engine)
        with db.engine.begin() as connection:
            connection.execute(counters.insert().values(id=1, value=0))
        yield app
        metadata.drop_all(db.engine)


def add_one(app: Flask) -> None:
    """Do as a view does: read a little, then begin to write, read what is to change, change it, commit."""
    with app.app_context():
        db.session.execute(sa.select(counters)).all()
        begin_write(db.session)
        row = db.session.execute(sa.select(counters).where(counters.c.id == 1).with_for_update()).one()
        db.session.execute(counters.update().where(counters.c.id == 1).values(value=row.value + 1))
        db.session.commit()


@pytest.mark.slow
@pytest.mark.both_databases(always=True)
def test_sixteen_writers_lose_no_update_and_none_fails(counter: Flask) -> None:
    start = threading.Barrier(WRITERS)

    def work(_number: int) -> None:
        start.wait()
        for _ in range(ROUNDS):
            add_one(counter)

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(work, range(WRITERS)))

    with counter.app_context():
        assert db.session.scalar(sa.select(counters.c.value)) == WRITERS * ROUNDS


@pytest.mark.both_databases(always=True)
def test_begin_write_reads_anew_what_was_read_before(counter: Flask) -> None:
    with counter.app_context():
        before = db.session.scalar(sa.select(counters.c.value))
        add_one(counter)
        begin_write(db.session)
        assert (before, db.session.scalar(sa.select(counters.c.value))) == (0, 1)


def test_a_second_begin_write_keeps_what_the_first_began(counter: Flask) -> None:
    with counter.app_context():
        begin_write(db.session)
        db.session.execute(counters.update().values(value=7))
        begin_write(db.session)
        db.session.commit()
        assert db.session.scalar(sa.select(counters.c.value)) == 7


def test_begin_write_after_a_commit_begins_again(counter: Flask) -> None:
    with counter.app_context():
        begin_write(db.session)
        first = db.session().get_transaction()
        db.session.commit()
        begin_write(db.session)
        assert db.session().get_transaction() is not first
        if db.engine.dialect.name == "sqlite":
            with pytest.raises(exc.OperationalError, match="locked"), brief_write(db.engine, 0):
                pass


def test_begin_write_refuses_to_come_after_a_change(db_session: scoped_session[Session]) -> None:
    class Thing(Base):
        __tablename__ = "things_of_a_test"
        id: Mapped[int] = mapped_column(primary_key=True)

    try:
        db_session.add(Thing(id=1))
        with pytest.raises(RuntimeError, match="before the first change"):
            begin_write(db_session)
    finally:
        db_session.expunge_all()
        Base.metadata.remove(Thing.__table__)  # type: ignore[arg-type]
        Base.registry._dispose_cls(Thing)


def test_a_reader_is_not_held_up_by_a_writer(counter: Flask) -> None:
    with counter.app_context():
        begin_write(db.session)
        db.session.execute(counters.update().values(value=9))
        with counter.app_context():
            assert db.session.scalar(sa.select(counters.c.value)) == 0
        db.session.commit()


def test_sqlite_is_safe_against_power_cuts_and_prying(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'safe.sqlite3'}"
    engine = sa.create_engine(url, **engine_options(url, 1))
    sqlite.prepare(engine)
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    engine.dispose()
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "secure_delete": 1,
    }


def test_moments_come_back_in_utc(counter: Flask) -> None:
    seoul = timezone(timedelta(hours=9))
    with counter.app_context():
        db.session.execute(counters.update().values(at=datetime(2026, 11, 21, 9, 30, tzinfo=seoul)))
        db.session.commit()
        assert db.session.scalar(sa.select(counters.c.at)) == datetime(2026, 11, 21, 0, 30, tzinfo=UTC)
        found = db.session.scalar(sa.select(counters.c.at))
        assert found is not None
        assert found.tzinfo is UTC


@pytest.mark.both_databases(always=True)
def test_a_moment_without_a_zone_is_refused(counter: Flask) -> None:
    with counter.app_context(), pytest.raises(exc.StatementError, match="without a zone"):
        db.session.execute(counters.update().values(at=datetime(2026, 11, 21, 9, 30)))  # noqa: DTZ001


def in_a_request(app: Flask, work: Callable[[], None]) -> None:
    with app.test_request_context():
        work()


def in_a_command(app: Flask, work: Callable[[], None]) -> None:
    done = app.test_cli_runner().invoke(click.Command("work", callback=work))
    if done.exception:
        raise done.exception


def in_the_background(app: Flask, work: Callable[[], None]) -> None:
    queue = BackgroundQueue()

    def with_app() -> None:
        with app.app_context():
            work()

    queue.submit(with_app)
    queue.join()


@pytest.mark.both_databases(always=True)
@pytest.mark.parametrize("run", [in_a_request, in_a_command, in_the_background])
def test_whatever_the_app_does_is_held_to_begin_write_in_tests(
    counter: Flask, run: Callable[[Flask, Callable[[], None]], None]
) -> None:
    def write() -> None:
        db.session.execute(counters.update().values(value=7))

    def write_as_agreed() -> None:
        begin_write(db.session)
        write()
        db.session.rollback()

    run(counter, write_as_agreed)
    assert refused == []
    with suppress(AssertionError):  # in the background it is logged alone
        run(counter, write)
    assert [statement.split()[0] for statement in refused] == ["UPDATE"]
    refused.clear()
    db.session.rollback()
    write()  # what a test prepares is its own affair
    db.session.rollback()
