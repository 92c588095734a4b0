"""Outages: each has a name, none stays longer than its cause, and none takes away an answer that is ready."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import exc
from sqlalchemy.orm import Session, scoped_session

from learnapp.database import sqlite
from learnapp.database.db import brief_write, db
from learnapp.database.outages import is_owner_gone, renew_connections, throw_away_spoilt_connections, why_unavailable
from learnapp.database.sqlite_connection import QueuedConnection
from tests.factories.accounts import LoginSessionFactory

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (5, "locked"),
        (517, "locked"),
        (8, "read-only"),
        (778, "failing"),
        (11, "damaged"),
        (26, "damaged"),
        (13, "full"),
        (14, "missing"),
        (19, None),
    ],
)
def test_sqlite_errors_have_names(code: int, reason: str | None) -> None:
    raw = sqlite3.OperationalError("made up")
    raw.sqlite_errorcode = code
    assert why_unavailable(exc.OperationalError("SELECT 1", {}, raw)) == reason


def test_a_mistake_of_ours_is_no_outage(db_session: scoped_session[Session]) -> None:
    assert why_unavailable(ValueError("made up")) is None
    for statement in ("SELECT nonsense", "SELECT * FROM nowhere", "this is no SQL"):
        with pytest.raises(exc.DBAPIError) as caught:
            db_session.execute(sa.text(statement))
        db_session.rollback()
        assert why_unavailable(caught.value) is None


@pytest.mark.both_databases(always=True)
def test_a_connection_that_was_cut_is_an_outage_and_the_next_one_works(db_session: scoped_session[Session]) -> None:
    if db.engine.dialect.name != "postgresql":
        return
    own = db_session.scalar(sa.text("SELECT pg_backend_pid()"))
    with db.engine.connect() as other:
        other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": own})
    with pytest.raises(exc.DBAPIError) as caught:
        db_session.execute(sa.text("SELECT 1"))
    assert why_unavailable(caught.value) == "lost"
    db_session.rollback()
    assert db_session.scalar(sa.text("SELECT 1")) == 1


def test_a_server_that_is_away_is_an_outage() -> None:
    engine = sa.create_engine("postgresql+psycopg://nobody@127.0.0.1:1/none", connect_args={"connect_timeout": 2})
    with pytest.raises(exc.OperationalError) as caught:
        engine.connect()
    assert why_unavailable(caught.value) == "lost"


def test_what_belonged_to_somebody_who_was_deleted_is_told_from_other_conflicts(
    db_session: scoped_session[Session],
) -> None:
    with pytest.raises(exc.IntegrityError) as caught:
        LoginSessionFactory(user_id=1_000_000)
    db_session.rollback()
    assert is_owner_gone(caught.value)
    assert not is_owner_gone(exc.IntegrityError("INSERT", None, sqlite3.IntegrityError("a name is taken")))


@pytest.fixture
def sqlite_on_a_disk(tmp_path: Path) -> Iterator[tuple[sa.Engine, list[str]]]:
    """Give an engine on a file, and a list: while something is in it, SQLite finds the disk read-only."""
    read_only: list[str] = []
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'site.sqlite3'}", **sqlite.engine_options())
    sqlite.prepare(engine)
    throw_away_spoilt_connections(engine)

    @sa.event.listens_for(engine, "do_connect")
    def connecting(*_args: object) -> Any:
        if not read_only:
            return None
        # What SQLite does by itself, without a word, where a file may only be read.
        address = f"file:{engine.url.database}?mode=ro"
        return sqlite3.connect(address, uri=True, factory=QueuedConnection, check_same_thread=False)

    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes (text TEXT)")
    yield engine, read_only
    engine.dispose()


def test_a_disk_that_can_be_written_again_is_written_again(sqlite_on_a_disk: tuple[sa.Engine, list[str]]) -> None:
    engine, read_only = sqlite_on_a_disk

    def write() -> None:
        with brief_write(engine) as connection:
            connection.exec_driver_sql("INSERT INTO notes VALUES ('kept')")

    read_only.append("remounted")
    engine.dispose()
    with engine.connect() as in_use:
        assert in_use.exec_driver_sql("SELECT count(*) FROM notes").scalar() == 0
        for _ in range(2):
            with pytest.raises(exc.OperationalError) as caught:
                write()
            assert why_unavailable(caught.value) == "read-only"
    with engine.connect() as first, engine.connect() as second, engine.connect() as third:
        for reader in (first, second, third):
            assert reader.exec_driver_sql("SELECT count(*) FROM notes").scalar() == 0
    read_only.clear()
    with pytest.raises(exc.OperationalError):
        write()  # one finds out, for all
    for _ in range(5):
        write()


def test_an_error_that_somebody_keeps_keeps_no_file_open(sqlite_on_a_disk: tuple[sa.Engine, list[str]]) -> None:
    engine, read_only = sqlite_on_a_disk
    read_only.append("remounted")
    engine.dispose()
    with pytest.raises(exc.OperationalError) as kept, engine.connect() as connection:
        connection.exec_driver_sql("INSERT INTO notes VALUES ('lost')")
    assert why_unavailable(kept.value) == "read-only"
    database = engine.url.database
    assert database
    open_files = [os.readlink(one) for one in Path("/proc/self/fd").iterdir() if one.is_symlink()]
    assert [name for name in open_files if name.startswith(database)] == []


def test_a_connection_that_was_in_use_is_closed_when_it_is_given_back(
    sqlite_on_a_disk: tuple[sa.Engine, list[str]],
) -> None:
    engine, _read_only = sqlite_on_a_disk
    with engine.connect() as in_use, engine.connect() as other:
        raw = in_use.connection.dbapi_connection
        assert isinstance(raw, QueuedConnection)
        other.close()
        renew_connections(engine)
        assert in_use.exec_driver_sql("SELECT count(*) FROM notes").scalar() == 0
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        raw.execute("SELECT 1")
    with engine.connect() as new:
        assert new.connection.dbapi_connection is not raw


def test_a_postgresql_that_can_be_written_again_is_written_again(app: Flask) -> None:
    with app.app_context():
        engine = db.engine
        if engine.dialect.name != "postgresql":
            return
        name = engine.url.database

        def write() -> None:
            with brief_write(engine) as connection:
                connection.exec_driver_sql("UPDATE users SET name = name")

        def set_read_only(to: str) -> None:
            with engine.connect().execution_options(learnapp_write=True) as connection:
                connection.exec_driver_sql("SET TRANSACTION READ WRITE")
                connection.exec_driver_sql(f"ALTER DATABASE {name} {to}")
                connection.commit()

        set_read_only("SET default_transaction_read_only = on")
        engine.dispose()
        try:
            with engine.connect(), engine.connect(), engine.connect():
                pass
            with pytest.raises(exc.InternalError) as caught:
                write()
            assert why_unavailable(caught.value) == "read-only"
            with engine.connect(), engine.connect(), engine.connect():
                pass
        finally:
            set_read_only("RESET default_transaction_read_only")
        with pytest.raises(exc.InternalError):
            write()  # one finds out, for all
        for _ in range(5):
            write()


def test_a_damaged_file_is_a_pause_on_every_page(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_app(PROPAGATE_EXCEPTIONS=False)
    with app.app_context():
        db.engine.dispose()
    (tmp_path / "instance" / "learnapp.sqlite3").write_bytes(b"not what SQLite writes" * 500)
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = "a token, so that somebody is looked for"

    for path in ("/", "/account/sign-in", "/me"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5"), path
    ready = app.test_client().get("/readyz")
    assert (ready.status_code, ready.json) == (503, {"ready": False, "problem": "damaged"})
