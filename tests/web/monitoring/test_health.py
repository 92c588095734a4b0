"""Readiness: true only where something can really be written and the schema is the one we need."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask

from learnapp.config.derived_keys import believed_secrets
from learnapp.config.settings import ROOT
from learnapp.database.db import db
from learnapp.web import views
from learnapp.web.monitoring import health
from learnapp.web.monitoring.fingerprints import announce_secret, may_sign

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def always_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every question be answered anew."""
    monkeypatch.setattr(views, "monotonic", count().__next__)
    health.recent_problem.cache_clear()


@pytest.fixture
def migrated(app: Flask) -> Iterator[Flask]:
    """Give the app with a database that says it is migrated."""
    stamp(app, health.newest_revision())
    yield app
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))


def stamp(app: Flask, version: str) -> None:
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS alembic_version"))
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:v)"), {"v": version})


def ask(app: Flask) -> tuple[int, str | None]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.get_json().get("problem")


@pytest.mark.both_databases(always=True)
def test_a_migrated_database_that_can_be_written_is_ready(migrated: Flask) -> None:
    assert ask(migrated) == (200, None)


def test_a_database_that_is_served_with_another_secret_is_not_ready(migrated: Flask) -> None:
    with migrated.app_context():
        assert may_sign(db.engine, believed_secrets())
        assert ask(migrated) == (200, None)
        announce_secret(db.engine, "x" * 40)
        assert ask(migrated) == (200, None)  # it goes on until the next start
        assert may_sign(db.engine, ["x" * 40])
    assert ask(migrated) == (503, health.SERVED_OTHERWISE)


def test_asking_changes_nothing(migrated: Flask) -> None:
    with migrated.app_context():
        version = sa.text("PRAGMA user_version" if db.engine.dialect.name == "sqlite" else "SELECT 1")
        before = db.session.scalar(version)
        db.session.rollback()
        ask(migrated)
        assert db.session.scalar(version) == before


def test_a_database_without_a_schema_is_not_ready(app: Flask) -> None:
    assert ask(app) == (503, "the database has no schema yet")


def test_asking_often_does_not_mean_writing_often(migrated: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "monotonic", lambda: 60.0)
    health.recent_problem.cache_clear()
    assert ask(migrated) == (200, None)
    monkeypatch.setattr(health, "problem", lambda _engine: "looked again")
    assert ask(migrated) == (200, None)


def test_an_old_schema_is_not_ready(migrated: Flask) -> None:
    stamp(migrated, "0000")
    assert ask(migrated) == (503, "the schema is not migrated")
    assert migrated.test_client().get("/readyz").headers["Retry-After"] == "5"


def test_a_newer_schema_is_not_ready_and_says_so(migrated: Flask) -> None:
    stamp(migrated, "9999")
    assert ask(migrated) == (503, "the database was migrated by a newer version of Learnapp")


def test_asking_writes_a_file_where_postgresql_keeps_its_own(migrated: Flask) -> None:
    with migrated.app_context():
        if db.engine.dialect.name != "postgresql":
            return
        files = sa.text("SELECT temp_files FROM pg_stat_database WHERE datname = current_database()")
        flush = sa.text("SELECT pg_stat_clear_snapshot()")
        before = db.session.scalar(files)
        db.session.rollback()
        assert ask(migrated) == (200, None)
        db.engine.dispose()  # a connection that ends hands in its counts
        for _ in range(500):
            db.session.execute(flush)
            if (db.session.scalar(files) or 0) > (before or 0):
                break
        assert (db.session.scalar(files) or 0) > (before or 0)


def test_a_database_that_was_deleted_under_the_server_is_not_ready(
    make_app: Callable[..., Flask], tmp_path: Path
) -> None:
    app = make_app()
    stamp(app, health.newest_revision())
    assert ask(app) == (200, None)
    (tmp_path / "instance" / "learnapp.sqlite3").unlink()
    assert ask(app) == (503, "missing")


def test_templates_are_compiled_before_the_first_page(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    health.compile_templates(app)
    compiled = {name for _loader, name in app.jinja_env.cache or {}}
    assert compiled >= {"lessons/home.html", "errors/error.html"}


def test_a_short_lock_is_no_reason_to_be_taken_out(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    app = make_app()
    stamp(app, health.newest_revision())
    other = sqlite3.connect(tmp_path / "instance" / "learnapp.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert ask(app) == (200, None)
    finally:
        other.close()


def test_a_database_that_may_not_be_written_is_not_ready(migrated: Flask) -> None:
    with migrated.app_context():
        if db.engine.dialect.name == "sqlite":

            @sa.event.listens_for(db.engine, "checkout")
            def read_only(connection: sqlite3.Connection, *_rest: object) -> None:
                connection.execute("PRAGMA query_only = ON")

            undo = "PRAGMA query_only = OFF"
        else:

            @sa.event.listens_for(db.engine, "checkout")
            def read_only(connection: sqlite3.Connection, *_rest: object) -> None:
                connection.execute("SET default_transaction_read_only = on")
                connection.commit()

            undo = "SET default_transaction_read_only = off"
        try:
            assert ask(migrated) == (503, "read-only")
        finally:
            sa.event.remove(db.engine, "checkout", read_only)
            with db.engine.connect() as connection:
                connection.exec_driver_sql(undo)
                connection.commit()
            db.engine.dispose()


def test_a_disk_without_room_is_not_ready(make_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        total: int
        used: int
        free: int

    app = make_app()
    stamp(app, health.newest_revision())
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: Usage(10**9, 10**9 - 4096, 4096))
    assert ask(app) == (503, "full")


FULL = """
import resource, signal
from learnapp import create_app
from learnapp.web.monitoring import health
from learnapp.web.monitoring.fingerprints import announce_secret, may_sign
from learnapp.database.db import Base, db
import sqlalchemy as sa
from alembic.script import ScriptDirectory
health.recent_problem = lambda engine, secrets, second: health.problem(engine, secrets)
app = create_app()
with app.app_context():
    Base.metadata.create_all(db.engine)
    with db.engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        version = {"v": health.newest_revision()}
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:v)"), version)
    size = max(f.stat().st_size for f in app.config["SETTINGS"].instance_path.glob("learnapp.sqlite3-wal"))
client = app.test_client()
before = client.get("/readyz").status_code
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
after = client.get("/readyz")
alive = client.get("/healthz").status_code
print(before, after.status_code, after.get_json()["problem"], alive)
"""


@pytest.mark.long
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the limit on a file's size is set as POSIX has it")
def test_a_disk_that_takes_no_more_bytes_is_not_ready(tmp_path: Path) -> None:
    env = {**os.environ, "LEARNAPP_INSTANCE": str(tmp_path), "LEARNAPP_SECRET_KEY": "x" * 40}
    done = subprocess.run(
        [sys.executable, "-c", FULL], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    before, after, problem, alive = done.stdout.split()[-4:]
    assert (before, after, alive) == ("200", "503", "200")
    assert problem in {"full", "failing"}


def test_a_database_that_cannot_be_reached_is_not_ready(make_app: Callable[..., Flask]) -> None:
    app = make_app()
    stamp(app, health.newest_revision())
    with app.app_context():
        db.engine.dispose()
        instance = app.config["SETTINGS"].instance_path
    shutil.rmtree(instance)
    status, problem = ask(app)
    assert (status, problem) == (503, "missing")


def test_the_newest_migration_is_found_without_alembic() -> None:
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    assert scripts.get_heads() == [health.newest_revision()]
