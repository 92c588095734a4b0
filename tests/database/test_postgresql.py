"""PostgreSQL: what is sent to a server that does not answer ends in time, and nothing is lost or stuck after."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import exc

from learnapp.database import postgresql
from learnapp.database.db import begin_write, brief_write, db, engine_options
from learnapp.database.outages import why_unavailable
from learnapp.web.policy import policy
from tests.apps import close_app, new_app
from tests.databases import new_database
from tests.logs import logged
from tests.proxy import Proxy, proxy_to, through


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """Give the address of an empty database."""
    with new_database("postgresql", tmp_path) as made:
        yield made


@pytest.fixture
def proxy(url: str) -> Iterator[Proxy]:
    """Give the way to that database, which can freeze."""
    with proxy_to(url) as made:
        yield made


@pytest.fixture
def app(url: str, proxy: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Flask]:
    """Give an app behind the proxy, whose requests have little time, with a page that reads in two steps."""
    monkeypatch.setattr(postgresql, "REQUEST_SECONDS", 0.3)
    monkeypatch.setattr(postgresql, "CONNECT_SECONDS", 2)  # the least that the driver takes
    made = new_app(tmp_path, database_url=through(proxy, url), TESTING=False)

    def read() -> str:
        first = db.session.scalar(sa.text("SELECT 1"))
        made.config.get("BETWEEN", lambda: None)()
        return f"{first}{db.session.scalar(sa.text('SELECT 2'))}"

    made.add_url_rule("/read", "read", policy("everyone")(read))
    yield made
    proxy.thaw()
    close_app(made)


def test_a_request_that_holds_a_connection_is_told_when_the_server_freezes(app: Flask, proxy: Proxy) -> None:
    client = app.test_client()
    assert client.get("/read").text.strip() == "12"
    app.config["BETWEEN"] = proxy.freeze

    with logged(30) as written:
        answer = client.get("/read")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "the database is lost" in written.getvalue()


def test_of_those_who_come_while_it_is_frozen_one_asks_and_all_are_told(app: Flask, proxy: Proxy) -> None:
    client = app.test_client()
    client.get("/read")
    proxy.freeze()
    assert client.get("/read").status_code == 503
    before = proxy.connections
    statuses: list[int] = []
    many = [
        threading.Thread(target=lambda: statuses.append(app.test_client().get("/read").status_code)) for _ in "0" * 20
    ]
    for one in many:
        one.start()
    for one in many:
        one.join()

    assert statuses == [503] * 20
    assert proxy.connections - before <= 3


def test_it_serves_again_by_itself(app: Flask, proxy: Proxy) -> None:
    client = app.test_client()
    proxy.freeze()
    assert client.get("/read").status_code == 503
    proxy.thaw()
    assert client.get("/read").text.strip() == "12"


def test_an_answer_that_is_ready_is_given_though_its_connection_is_lost(app: Flask) -> None:
    def read_and_lose() -> str:
        begin_write(db.session)
        one = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
        with db.engine.connect() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({one})")
        return "read"

    app.add_url_rule("/lose", "lose", policy("everyone")(read_and_lose))
    with logged(30) as written:
        answers = [app.test_client().get("/lose") for _ in range(3)]

    assert [(answer.status_code, answer.text.strip()) for answer in answers] == [(200, "read")] * 3
    assert "Content-Security-Policy" in answers[0].headers
    assert "a connection to PostgreSQL was lost" in written.getvalue()


def test_reading_holds_no_transaction_and_what_is_written_is_one(app: Flask) -> None:
    state = sa.text("SELECT state FROM pg_stat_activity WHERE pid = :pid")
    with app.app_context(), sa.create_engine(db.engine.url, poolclass=sa.NullPool).connect() as other:
        pid = db.session.scalar(sa.text("SELECT pg_backend_pid()"))
        other = other.execution_options(isolation_level="AUTOCOMMIT")
        assert other.scalar(state, {"pid": pid}) == "idle"
        begin_write(db.session)
        db.session.execute(sa.text("CREATE TABLE half (n int)"))
        assert other.scalar(state, {"pid": pid}) == "idle in transaction"
        db.session.rollback()
        assert db.session.scalar(sa.text("SELECT to_regclass('half')")) is None
        assert db.session.scalar(sa.text("SELECT pg_backend_pid()")) == pid
        assert other.scalar(state, {"pid": pid}) == "idle"


def test_a_connection_that_ended_while_it_was_idle_is_replaced_before_it_is_used(app: Flask) -> None:
    client = app.test_client()
    assert client.get("/read").status_code == 200
    with app.app_context(), sa.create_engine(db.engine.url, poolclass=sa.NullPool).connect() as other:
        other.exec_driver_sql(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert [client.get("/read").status_code for _ in range(3)] == [200] * 3


def test_a_statement_that_the_server_ends_is_no_sign_of_a_frozen_one(app: Flask) -> None:
    def slow() -> None:
        begin_write(db.session)
        db.session.execute(sa.text("SET LOCAL statement_timeout = 20"))
        db.session.execute(sa.text("SELECT pg_sleep(60)"))

    app.config["BETWEEN"] = slow
    client = app.test_client()
    assert client.get("/read").status_code == 503
    app.config["BETWEEN"] = lambda: None
    assert client.get("/read").text.strip() == "12"


def test_the_server_is_asked_to_end_statements_and_waits_and_the_kernel_to_end_connections(url: str) -> None:
    engine = sa.create_engine(url, **engine_options(url, 2))
    with engine.connect() as connection:
        found = [
            connection.exec_driver_sql(f"SHOW {name}").scalar()
            for name in ("synchronous_commit", "lock_timeout", "statement_timeout", "timezone")
        ]
        driver: Any = connection.connection.driver_connection
        sent = driver.info.get_parameters()
    engine.dispose()
    assert found == ["on", "5s", "6s", "UTC"]
    assert {"keepalives_idle": "5", "tcp_user_timeout": "7000", "connect_timeout": "3"}.items() <= sent.items()


@pytest.mark.parametrize(("connections", "sizes"), [(2, (1, 1)), (9, (4, 5)), (32, (16, 16))])
def test_a_process_keeps_no_more_connections_than_its_share(connections: int, sizes: tuple[int, int]) -> None:
    options = engine_options("postgresql+psycopg://site", connections)
    assert (options["pool_size"], options["max_overflow"]) == sizes


@pytest.fixture
def engine(url: str) -> Iterator[sa.Engine]:
    """Give an engine whose gate has room for one writer, on a database with two notes."""
    made = sa.create_engine(url, **engine_options(url, 6))
    postgresql.prepare(made, room=1)
    with made.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes AS SELECT generate_series(1, 2) AS n")
    yield made
    made.dispose()


def write(engine: sa.Engine, patience: float = 5) -> None:
    with brief_write(engine, patience) as connection:
        connection.exec_driver_sql("UPDATE notes SET n = n")


def test_while_a_lock_is_kept_few_wait_for_it(engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learnapp.database.writers.STANDSTILL_SECONDS", 0.1)
    with sa.create_engine(engine.url, poolclass=sa.NullPool).connect() as other:
        other.exec_driver_sql("LOCK TABLE notes")
        waiting = threading.Thread(target=write, args=(engine,))
        waiting.start()
        here = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'notes'::regclass"
        while other.exec_driver_sql(here).scalar() == 0:
            pass
        for _ in range(3):  # the first waits for a moment, the others for none
            with pytest.raises(exc.OperationalError) as caught:
                write(engine)
            assert why_unavailable(caught.value) == "locked"
        with engine.connect() as reader:
            assert reader.exec_driver_sql("SELECT 1").scalar() == 1
        other.rollback()
        waiting.join()
    write(engine)


def test_a_writer_leaves_the_gate_however_its_transaction_ends(engine: sa.Engine) -> None:
    def fail() -> None:
        with brief_write(engine) as connection:
            connection.exec_driver_sql("NONSENSE")

    def be_cut() -> None:
        with brief_write(engine) as connection, engine.connect() as other:
            own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            other.exec_driver_sql(f"SELECT pg_terminate_backend({own})")
            connection.exec_driver_sql("UPDATE notes SET n = n")

    write(engine)
    with pytest.raises(exc.ProgrammingError):
        fail()
    with pytest.raises(exc.OperationalError):
        be_cut()
    with brief_write(engine):
        # The gate is full by one, no more and no less.
        _gate(engine)._passed_at -= 2
        with pytest.raises(exc.OperationalError):
            write(engine)
    write(engine)


def _gate(engine: sa.Engine) -> Any:
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        return driver.gate


def test_migrations_have_all_the_time_they_need(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        postgresql.lift_limits(connection)
        found = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ("lock_timeout", "statement_timeout")]
    assert found == ["0", "0"]


def test_outside_of_a_request_nothing_is_limited(make_app: Callable[..., Flask]) -> None:
    with make_app().app_context():
        assert postgresql.seconds_left() == float("inf")
