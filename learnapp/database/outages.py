"""Outages: why a database cannot serve just now, and what is thrown away so that it serves again by itself."""

from weakref import WeakKeyDictionary

from sqlalchemy import Dialect, Engine, event, exc
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

# Why a database cannot serve just now: SQLite's primary codes; PostgreSQL's states and classes of states.
SQLITE_REASONS = {5: "locked", 6: "locked", 8: "read-only", 10: "failing", 13: "full", 14: "missing"}
SQLITE_REASONS |= {11: "damaged", 26: "damaged"}
POSTGRES_REASONS = dict.fromkeys(("55P03", "40P01", "40001"), "locked")
POSTGRES_REASONS |= {"25006": "read-only", "57014": "slow"}
POSTGRES_REASONS |= {"53100": "full", "53": "busy", "57": "lost", "58": "failing", "08": "lost", "XX": "damaged"}
# A connection that was opened while this was so may stay so: SQLite falls back to reading without a word.
LASTING = {"read-only", "failing", "damaged", "missing"}
FOREIGN_KEY = {787, "23503"}


class FilesChanged(Exception):
    """A database's files are not those that its connections have open; mixed into the driver's own error.

    Its connections are kept: they hold what was acknowledged, and new ones would open something else.
    """


def why_unavailable(error: BaseException) -> str | None:
    """Name why the database cannot serve now (locked, full, read-only, lost), or None for other errors."""
    if isinstance(error, exc.TimeoutError):
        return "busy"
    if not isinstance(error, exc.DBAPIError):
        return None
    code = _code(error)
    if isinstance(code, int):
        return SQLITE_REASONS.get(code & 0xFF)
    if code is not None:
        return POSTGRES_REASONS.get(code) or POSTGRES_REASONS.get(code[:2])
    # PostgreSQL's driver itself found the connection gone; a mistake in a statement always has a state.
    gone = isinstance(error, exc.OperationalError | exc.InterfaceError)
    return "lost" if gone and type(error.orig).__module__.startswith("psycopg") else None


def is_owner_gone(error: BaseException) -> bool:
    """Tell whether a row could not be stored because what it belongs to has been deleted meanwhile."""
    return isinstance(error, exc.IntegrityError) and _code(error) in FOREIGN_KEY


def is_lasting(error: BaseException | None) -> bool:
    """Tell whether connections may keep this fault when its cause has gone, so that they are thrown away."""
    return (
        isinstance(error, exc.DBAPIError)
        and not isinstance(error.orig, FilesChanged)
        and why_unavailable(error) in LASTING
    )


# How often the connections of an engine, which is known by its dialect, were thrown away.
_generations: WeakKeyDictionary[Dialect, int] = WeakKeyDictionary()


def throw_away_spoilt_connections(engine: Engine) -> None:
    """Open new connections after a fault that old ones would keep.

    All are closed, those in use when they are given back: SQLite's share memory that stays read-only with them.
    """

    @event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        if is_lasting(context.sqlalchemy_exception):
            context.is_disconnect = True
            renew_connections(engine)

    @event.listens_for(engine, "connect")
    def connected(_connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
        record.info["generation"] = _generations.get(engine.dialect)

    @event.listens_for(engine, "checkin")
    def given_back(connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        if connection is not None and record.info.get("generation") != _generations.get(engine.dialect):
            record.invalidate()


def renew_connections(engine: Engine) -> None:
    """Close all connections, those that are in use as soon as they are given back."""
    _generations[engine.dialect] = _generations.get(engine.dialect, 0) + 1
    engine.dispose()


def _code(error: exc.DBAPIError) -> int | str | None:
    """Return SQLite's extended code or PostgreSQL's state."""
    code: int | str | None = getattr(error.orig, "sqlite_errorcode", None) or getattr(error.orig, "sqlstate", None)
    return code
