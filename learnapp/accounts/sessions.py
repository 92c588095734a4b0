"""Signed-in browsers: each holds a random token, the database its hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from learnapp.accounts.models import LoginSession, User
from learnapp.config import Settings
from learnapp.db import AnySession, begin_write, execute
from learnapp.web.login import STAFF

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


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


def is_alive(role: str, created_at: datetime, seen_at: datetime, now: datetime, settings: Settings) -> bool:
    """Tell whether a session still counts: staff's end sooner, used or not."""
    if role not in STAFF:
        return now - seen_at < timedelta(days=settings.session_days)
    idle = timedelta(minutes=settings.staff_idle_minutes)
    return now - seen_at < idle and now - created_at < timedelta(hours=settings.staff_session_hours)


def needs_touch(role: str, seen_at: datetime, now: datetime) -> bool:
    """Tell whether to note that somebody was here: staff once a minute, others once a day."""
    return now - seen_at >= (MINUTE if role in STAFF else DAY)


def purge_sessions(session: AnySession, now: datetime, settings: Settings) -> int:
    """Delete the sessions that no longer count; return how many."""
    begin_write(session)
    is_staff = LoginSession.user_id.in_(select(User.id).where(User.role.in_(STAFF)))
    is_unused = LoginSession.seen_at <= now - timedelta(days=settings.session_days)
    is_idle = LoginSession.seen_at <= now - timedelta(minutes=settings.staff_idle_minutes)
    is_old = LoginSession.created_at <= now - timedelta(hours=settings.staff_session_hours)
    return execute(session, delete(LoginSession).where(is_unused | is_staff & (is_idle | is_old)), {}).rowcount
