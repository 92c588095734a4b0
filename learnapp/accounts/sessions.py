"""Signed-in browsers: each holds a random token, the database its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, or_, select

from learnapp.accounts.models import STAFF, LoginSession, User
from learnapp.db import AnySession, begin_write, execute

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a browser stays signed in."""

    away: timedelta = timedelta(days=30)
    staff_away: timedelta = timedelta(minutes=30)
    staff_whole: timedelta = timedelta(hours=12)


def new_token() -> str:
    """Return a token that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is kept of a token; it needs no salt, because it is random itself."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def open_session(session: AnySession, user_id: int, now: datetime) -> str:
    """Sign a browser in and return the token that it must show from now on."""
    token = new_token()
    session.add(LoginSession(user_id=user_id, token_hash=token_hash(token), created_at=now, seen_at=now))
    session.flush()
    return token


def close_session(session: AnySession, session_id: int) -> None:
    """Sign one browser out: its token and every copy of its cookie are dead."""
    begin_write(session)
    session.execute(delete(LoginSession).where(LoginSession.id == session_id))


def close_all(session: AnySession, user_id: int) -> None:
    """Sign a person out everywhere."""
    begin_write(session)
    session.execute(delete(LoginSession).where(LoginSession.user_id == user_id))


def list_sessions(session: AnySession, user_id: int) -> list[LoginSession]:
    """Return where a person is signed in, the latest first."""
    query = select(LoginSession).where(LoginSession.user_id == user_id)
    return list(session.scalars(query.order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())))


def is_alive(role: str, created_at: datetime, seen_at: datetime, now: datetime, limits: Limits) -> bool:
    """Tell whether a session still counts: staff's end sooner, used or not."""
    if role in STAFF:
        return now - seen_at < limits.staff_away and now - created_at < limits.staff_whole
    return now - seen_at < limits.away


def needs_touch(role: str, seen_at: datetime, now: datetime) -> bool:
    """Tell whether to note that somebody was here: staff once a minute, others once a day."""
    return now - seen_at >= (MINUTE if role in STAFF else DAY)


def purge_sessions(session: AnySession, now: datetime, limits: Limits) -> int:
    """Delete the sessions that no longer count; return how many."""
    begin_write(session)
    staff = select(User.id).where(User.role.in_(STAFF))
    seen, opened = LoginSession.seen_at, LoginSession.created_at
    staff_ended = or_(seen <= now - limits.staff_away, opened <= now - limits.staff_whole)
    ended = or_(seen <= now - limits.away, and_(LoginSession.user_id.in_(staff), staff_ended))
    return execute(session, delete(LoginSession).where(ended), {}).rowcount
