"""Apps for tests: built in this process, on files that were compressed and compiled once for all of them."""

from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Engine

from learnapp import cli, create_app
from learnapp.accounts.limits.throttle import Limit, Reservation, Throttle
from learnapp.config.settings import ROOT
from learnapp.database.db import Base, db
from learnapp.web.http.assets import STATIC, build_assets
from tests.databases import never_wait_for_the_disk, refuse_writes_without_begin

SECRET = "a-secret-that-only-these-tests-know-0123456789"
UNHINDERED: dict[str, Any] = {"WTF_CSRF_ENABLED": False, "throttled": False}
COMPRESSED, COMPILED = ROOT / ".pytest_cache" / "static", ROOT / ".pytest_cache" / "templates"


class NoThrottle(Throttle):
    """Lets everything pass: for tests that try more often in a minute than people do in an hour."""

    def __init__(self) -> None:
        """Count nowhere."""
        self._form = ""

    def check(self, limit: Limit, *keys: str) -> None:
        pass

    def count(self, limit: Limit, *keys: str) -> None:
        pass

    def reserve_each(self, *_counted: tuple[Limit, *tuple[str, ...]]) -> Reservation:
        return Reservation(self, ())

    def ask(self, call: object) -> Any:
        return "a new try"

    def reset(self, limit: Limit, key: str) -> None:
        pass


def new_app(instance: Path, *, tables: bool = True, throttled: bool = True, **settings: Any) -> Flask:
    """Build an app whose own files go to a folder, with empty tables and a throttle unless told otherwise."""
    share_made(instance)
    usual = {"secret_key": SECRET, "instance": str(instance), "redis_url": "", "TESTING": True}
    app = create_app({**usual, **settings})
    cli.init_app(app)
    if not throttled:
        app.extensions["accounts.throttle"] = NoThrottle()
    with app.app_context():
        never_wait_for_the_disk(db.engine)
        refuse_writes_without_begin(db.engine)
        if tables:
            make_tables(db.engine)
    return app


def make_tables(engine: Engine) -> None:
    """Make the tables that are not there; of an empty SQLite file all, by statements that were put together once."""
    if engine.dialect.name != "sqlite":
        Base.metadata.create_all(engine)
        return
    with closing(engine.raw_connection()) as connection:
        cursor = connection.cursor()
        if cursor.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
            cursor.executescript(f"BEGIN; {sqlite_tables()}; COMMIT")
            return
    Base.metadata.create_all(engine)


@cache
def sqlite_tables() -> str:
    """Return the statements by which the models make their tables on SQLite."""
    statements: list[str] = []
    writer = sa.create_mock_engine("sqlite://", lambda one, *_args, **_more: statements.append(sql(one)))

    def sql(one: Any) -> str:
        return str(one.compile(dialect=writer.dialect))

    Base.metadata.create_all(writer, checkfirst=False)
    return ";".join(statements)


def close_app(app: Flask) -> None:
    """Give back the connections of an app."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def share_made(instance: Path) -> None:
    """Put compressed static files and compiled templates where an app with this folder looks for them."""
    digest = compress()
    COMPILED.mkdir(parents=True, exist_ok=True)
    (instance / "static").mkdir(parents=True, exist_ok=True)
    for link, made in ((instance / "static" / digest, COMPRESSED / digest), (instance / "templates", COMPILED)):
        if not link.exists():
            link.symlink_to(made)


@cache
def compress() -> str:
    """Compress the static files and return the name of their folder; nobody changes them while tests run."""
    return next(iter(build_assets(STATIC, COMPRESSED).values())).split("/")[2]
