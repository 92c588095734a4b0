"""Database: one Base, times in UTC, and transactions that neither fail nor lose updates.

Reads run without a transaction. Before something is changed, `begin_write` is called: on SQLite it takes the write
lock at once, so that nothing can change between reading and writing.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    URL,
    Connection,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    Table,
    make_url,
)
from sqlalchemy.orm import DeclarativeBase, Session, registry, scoped_session
from sqlalchemy.types import TypeDecorator

from learnapp.config.settings import Settings
from learnapp.database import outages, sqlite
from learnapp.database.sqlite_connection import BUSY_SECONDS

if TYPE_CHECKING:
    from sqlalchemy.dialects.postgresql import Insert as PostgresqlInsert
    from sqlalchemy.dialects.sqlite import Insert as SqliteInsert

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# So many threads of a process may wait long for somebody else's lock: the rest are left to readers.
WRITERS = 32

# The largest number of a row; a database may trip over one that is larger.
LARGEST_ID = 2**31 - 1

# What every service accepts as its session.
AnySession: TypeAlias = Session | scoped_session[Any]
Insert: TypeAlias = "SqliteInsert | PostgresqlInsert"


class UtcDateTime(TypeDecorator[datetime]):
    """Keep a moment in UTC; refuse one without a zone, return only aware ones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table's parent."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMES),
        type_annotation_map={datetime: UtcDateTime, dict[str, Any]: JSON, list[str]: JSON},
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})


def column_rule(*, keep: str, erase: Literal["delete", "none"], withheld: str = "") -> dict[str, str]:
    """State for a column how long it is kept, and whether the row goes with its person or holds nothing personal.

    Settings in days and the like stand in `keep` by their names: `{guest_days} days`.
    `withheld` says until when an export leaves it out, as it would tell what is asked of its person.
    """
    return {"keep": keep, "erase": erase, **({"withheld": withheld} if withheld else {})}


def begin_write(session: AnySession) -> Connection:
    """Start the transaction that changes things, and return its connection; what was read before is read anew.

    SQLite: takes the write lock, waiting at most BUSY_SECONDS. PostgreSQL: a plain transaction, unless too many
    wait for locks already; lock the rows that are read in order to be changed with `.with_for_update()`, which
    SQLite does not need and ignores. A second call in the same transaction does nothing.
    """
    real = _real(session)
    current = real.get_transaction()
    if current is not None and real.info.get("writing") is current:
        return real.connection()
    if real.new or real.dirty or real.deleted:
        raise RuntimeError("begin_write comes before the first change")
    if current is None or not current.is_active or real.in_nested_transaction():
        real.rollback()
        connection = real.connection(execution_options={"learnapp_write": True})
    else:
        # Half the time of ending one transaction of the session and beginning another.
        real.expire_all()
        connection = real.connection()
        _dialect_module(connection.dialect.name).begin_write(connection, BUSY_SECONDS)
    real.info["writing"] = real.get_transaction()
    return connection


def _real(session: AnySession) -> Session:
    """Return the session behind the proxy that Flask-SQLAlchemy gives."""
    return session() if isinstance(session, scoped_session) else session


def end_read(session: AnySession) -> None:
    """End a transaction in which things were only read, so that its connection serves others meanwhile.

    For work that takes long. Raises RuntimeError after a change: to take that back is up to the caller.
    """
    real = _real(session)
    current = real.get_transaction()
    if real.new or real.dirty or real.deleted or (current and real.info.get("writing") is current):
        raise RuntimeError("end_read comes before the first change")
    real.rollback()


def table_of(model: type[Base]) -> Table:
    """Return a model's table."""
    return cast(Table, model.__table__)


def insert(session: AnySession, model: type[Base]) -> Insert:
    """Return an INSERT for this session's database, see `insert_for_dialect`."""
    return insert_for_dialect(session.get_bind().dialect.name, model)


def insert_for_dialect(dialect: str, model: type[Base]) -> Insert:
    """Return an INSERT that knows `on_conflict_do_update` and `..._nothing`, which both databases have."""
    return cast(Insert, _dialect_module(dialect).insert(table_of(model)))


def execute(
    session: AnySession, statement: Executable, values: dict[str, Any] | Sequence[dict[str, Any]]
) -> CursorResult[*tuple[Any, ...]]:
    """Run a statement on tables without what a session does for objects, which is a third of the time."""
    return session.connection().execute(statement, values)


@contextmanager
def brief_write(engine: Engine, patience: float = BUSY_SECONDS) -> Iterator[Connection]:
    """Yield a connection that writes in a transaction of its own and waits at most `patience` seconds."""
    options = {"learnapp_write": True, "learnapp_patience": patience}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


def engine_options(url: URL | str, connections: int) -> dict[str, Any]:
    """Return the engine's options for this database address; PostgreSQL's have at most so many connections."""
    if make_url(url).get_backend_name() == "sqlite":
        return sqlite.engine_options()
    options: dict[str, Any] = _dialect_module("postgresql").engine_options(connections)
    return options


def init_app(app: Flask, settings: Settings) -> None:
    """Connect the app to its database."""
    db.init_app(app)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            sqlite.prepare(db.engine, settings.sqlite_synchronous, WRITERS)
        else:
            module = _dialect_module("postgresql")
            module.prepare(db.engine, min(WRITERS, settings.connections // 2))
            module.state_conditions(Base.metadata)
            app.before_request(module.limit_request)
        outages.throw_away_spoilt_connections(db.engine)


def _dialect_module(dialect: str) -> Any:
    """Return our module for a database; PostgreSQL's driver and dialect are loaded by those alone who use it."""
    if dialect == "sqlite":
        return sqlite
    from learnapp.database import postgresql

    return postgresql
