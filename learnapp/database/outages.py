"""Outages: why a database cannot serve just now, and what is thrown away so that it serves again by itself."""

from threading import Lock

from sqlalchemy import Engine, event, exc
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


_renewing = Lock()


def throw_away_spoilt_connections(engine: Engine) -> None:
    """Open new connections after a fault that old ones would keep.

    All are closed, those in use when they are given back: SQLite's share memory that stays read-only with them.
    """

    @event.listens_for(engine, "handle_error")
    def failed(context: ExceptionContext) -> None:
        if is_lasting(context.sqlalchemy_exception):
            context.is_disconnect = True
            if (execution := context.execution_context) is not None and execution.cursor is not None:
                execution.cursor.close()  # kept by the error's traceback, it would keep SQLite's files open
            renew_connections(engine)


def renew_connections(engine: Engine) -> None:
    """Close all connections, those that are in use as soon as they are given back."""

    def given_back(_connection: DBAPIConnection | None, record: ConnectionPoolEntry) -> None:
        record.invalidate()

    with _renewing:
        spoilt = engine.pool
        engine.dispose(close=False)  # from here on there is another pool
        event.listen(spoilt, "checkin", given_back)
        spoilt.dispose()


def _code(error: exc.DBAPIError) -> int | str | None:
    """Return SQLite's extended code or PostgreSQL's state."""
    code: int | str | None = getattr(error.orig, "sqlite_errorcode", None) or getattr(error.orig, "sqlstate", None)
    return code
