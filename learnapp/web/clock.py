"""Clock: where views get the present time, and when a request arrived; services get both as an argument."""

from datetime import UTC, datetime

from flask import g, request

# When the server had a whole request, before it waited for a thread: the name of that in the environment of WSGI.
ARRIVED_AT = "learnapp.arrived_at"


def now() -> datetime:
    """Return the present moment, aware and in UTC."""
    return datetime.now(UTC)


def arrival() -> datetime:
    """Return when the current request had arrived, before it waited for anything.

    What counts until a close is told by this: who was in time loses nothing to a busy database.
    """
    return request.environ.get(ARRIVED_AT) or g.get("arrived_at") or now()
