"""PostgreSQL: connections that are given up when the server does not answer in time.

The server ends statements and waits for locks that take too long. One that is frozen, or behind a broken
network, ends nothing: so each wait ends on our side, too, when its request has taken REQUEST_SECONDS.
"""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from math import inf
from time import monotonic
from typing import Any, cast

import psycopg
from flask import g, has_app_context
from psycopg.abc import RV, PQGen
from psycopg.errors import LockNotAvailable
from sqlalchemy import Connection, Engine, MetaData, event, exc
from sqlalchemy.dialects.postgresql import insert as insert  # what `db.insert` makes

from learnapp.database.writers import WriteGate, is_readable

log = logging.getLogger("learnapp.database")

BUSY_SECONDS = 5.0
STATEMENT_SECONDS = 6.0
REQUEST_SECONDS = 7.0
CONNECT_SECONDS = 3
POOL_SECONDS = 4.0


class FrozenServer:
    """Whether the server has stopped to answer: then one asks it at a time, and all others are told at once."""

    def __init__(self) -> None:
        self._is_frozen = False
        self._asking = threading.Lock()

    @contextmanager
    def ask(self) -> Iterator[None]:
        """Let this one ask, or raise OperationalError; whatever the answer is, there was one."""
        alone = self._is_frozen
        if alone and not self._asking.acquire(blocking=False):
            raise psycopg.OperationalError("the server does not answer")
        try:
            yield
            self._is_frozen = False
        except psycopg.Error as error:
            self._is_frozen = self._is_frozen and error.sqlstate is None
            raise
        finally:
            if alone:
                self._asking.release()

    def note(self) -> None:
        """Note that an answer did not come in time."""
        self._is_frozen = True


class LimitedConnection(psycopg.Connection[Any]):
    """A connection whose waits end with the time of the request, and which counts as a writer while it writes."""

    server: FrozenServer
    gate: WriteGate
    is_writing = False
    got_on = True

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the server; close the connection when it does not answer in the time of the request."""
        try:
            return self._wait_in_time(gen, interval, timeout)
        except psycopg.Error as error:
            # No state: the server was not heard.
            self.got_on = error.sqlstate is not None and not isinstance(error, LockNotAvailable)
            raise

    def _wait_in_time(self, gen: PQGen[RV], interval: float, timeout: float | None) -> RV:
        left = seconds_left()
        if left == inf or timeout is not None:
            return super().wait(gen, interval, timeout)
        until = monotonic() + left
        with self.server.ask():
            try:
                return super().wait(gen, interval, left)
            except psycopg.OperationalError as error:
                if error.sqlstate is None and monotonic() >= until:
                    self.server.note()
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server did not answer in time") from None
                raise

    def enter(self, patience: float) -> None:
        """Begin to write; raises LockNotAvailable while too many wait for a lock that somebody else keeps."""
        if not self.is_writing:
            allowed = self.gate.enter(patience)
            if allowed is None:
                raise LockNotAvailable("too many are waiting for a lock")
            self.autocommit = False
            self.is_writing = self.got_on = True
            patience = allowed
        if patience < BUSY_SECONDS:
            self.execute(f"SET LOCAL lock_timeout = {int(patience * 1000)}").close()

    def is_lost(self) -> bool:
        """Tell whether the server has ended this idle connection: then something has come in, be it only the end."""
        return self.closed or is_readable(self.pgconn.socket, 0)

    def commit(self) -> None:
        super().commit()
        self._leave()

    def rollback(self) -> None:
        """Roll back; the server does so by itself where the connection is lost, and an answer may be ready by then."""
        try:
            super().rollback()
        except psycopg.Error as error:
            if not self.closed:
                raise
            log.warning("a connection to PostgreSQL was lost", exc_info=error)
        finally:
            self._leave()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._leave()

    def _leave(self) -> None:
        if self.is_writing:
            self.is_writing = False
            self.gate.leave(got_on=self.got_on)


def seconds_left() -> float:
    """Return what is left of the time in which the present request must be answered; infinite outside of one."""
    until: float | None = g.get("database_until") if has_app_context() else None
    return inf if until is None else max(until - monotonic(), 0)


def limit_request() -> None:
    """Give the present request its time."""
    g.database_until = monotonic() + REQUEST_SECONDS


def engine_options(connections: int) -> dict[str, Any]:
    """Return the options of an engine with at most so many connections."""
    options = {
        "lock_timeout": int(BUSY_SECONDS * 1000),
        "statement_timeout": int(STATEMENT_SECONDS * 1000),
        "synchronous_commit": "on",
        "timezone": "UTC",
    }
    network = {"keepalives": 1, "keepalives_idle": 5, "keepalives_interval": 2, "keepalives_count": 3}
    settings = " ".join(f"-c {name}={value}" for name, value in options.items())
    lasting = max(1, connections // 2)
    return {
        "connect_args": {
            "connect_timeout": CONNECT_SECONDS,
            "options": settings,
            "tcp_user_timeout": int(REQUEST_SECONDS * 1000),
            **network,
        },
        "pool_size": lasting,
        "pool_use_lifo": True,
        "max_overflow": connections - lasting,
        "pool_timeout": POOL_SECONDS,
    }


def prepare(engine: Engine, room: int) -> None:
    """Limit each connection; with the option `learnapp_write` it enters the gate, in which `room` may wait long.

    Without it, what is read needs no transaction, as each statement sees what is committed when it begins; nor is
    the server asked first whether a connection is still good. That halves the ways to the server and back.
    """
    server, gate = FrozenServer(), WriteGate(room)

    @event.listens_for(engine, "do_connect")
    def connecting(
        _dialect: object, _record: object, args: tuple[Any, ...], options: dict[str, Any]
    ) -> LimitedConnection:
        with server.ask():
            try:
                made = LimitedConnection.connect(*args, **options)
            except psycopg.errors.ConnectionTimeout:
                server.note()
                raise
        made.server, made.gate = server, gate
        return made

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("learnapp_write"):
            begin_write(connection, options.get("learnapp_patience", BUSY_SECONDS))
        elif not (raw := _raw(connection)).autocommit:
            raw.autocommit = True

    @event.listens_for(engine, "checkout")
    def taken(connection: LimitedConnection, _record: object, _proxy: object) -> None:
        if connection.is_lost():
            raise exc.InvalidatePoolError("the server has ended it")


def state_conditions(metadata: MetaData) -> None:
    """Let each index of a part of a table be one here, too, with the condition that it has on SQLite.

    Models state it for SQLite alone: an argument for PostgreSQL would load its dialect wherever there is a model.
    """
    for index in chain.from_iterable(table.indexes for table in metadata.tables.values()):
        index.dialect_options["postgresql"]["where"] = index.dialect_options["sqlite"]["where"]


def begin_write(connection: Connection, patience: float) -> None:
    """Let the connection write and wait `patience` (s) for a lock; raises OperationalError while too many wait."""
    try:
        _raw(connection).enter(patience)
    except psycopg.Error as error:
        raise exc.DBAPIError.instance("BEGIN", None, error, psycopg.Error) from error


def _raw(connection: Connection) -> LimitedConnection:
    return cast(LimitedConnection, connection.connection.dbapi_connection)


def lift_limits(connection: Connection) -> None:
    """Let this connection's statements and waits for locks take as long as they need."""
    connection.exec_driver_sql("SET statement_timeout = 0")
    connection.exec_driver_sql("SET lock_timeout = 0")
    connection.commit()
