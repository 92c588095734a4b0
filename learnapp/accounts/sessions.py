"""Signed-in browsers: each holds a random token, the database its hash."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select

from learnapp.accounts.devices import UNKNOWN_DEVICE, Device
from learnapp.accounts.models import LoginSession, User
from learnapp.config.settings import Settings
from learnapp.database.db import AnySession, begin_write, execute
from learnapp.web.login import GUEST, LEARNER, STAFF

SESSIONS_AT_ONCE = 20
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    """How long sessions of a role count: `idle` after the last visit, and `longest` in any case.

    `cookie` is for how long a browser keeps its token, `noted` how often it is noted that somebody was here.
    """

    idle: timedelta
    longest: timedelta
    cookie: timedelta
    noted: timedelta


def session_limits(settings: Settings) -> dict[str, SessionLimits]:
    """Return the limits of each role: sessions of accounts end one day, used or not, staff's sooner."""
    guest, idle = timedelta(days=settings.guest_days), timedelta(days=settings.session_days)
    staff_longest = timedelta(hours=settings.staff_session_hours)
    staff = SessionLimits(timedelta(minutes=settings.staff_idle_minutes), staff_longest, staff_longest, MINUTE)
    return {
        GUEST: SessionLimits(guest, timedelta.max, guest, DAY),
        LEARNER: SessionLimits(idle, timedelta(days=settings.session_longest_days), idle, DAY),
        **dict.fromkeys(STAFF, staff),
    }


def new_token() -> str:
    """Return a token that nobody guesses: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is kept of a token; it needs no salt, because it is random itself."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def open_session(session: AnySession, user_id: int, now: datetime, device: Device = UNKNOWN_DEVICE) -> str:
    """Sign a browser in and return the token that it must show from now on; the oldest beyond SESSIONS_AT_ONCE end."""
    token = new_token()
    login = {"token_hash": token_hash(token), "created_at": now, "seen_at": now}
    session.add(LoginSession(user_id=user_id, browser=device.browser, system=device.system, **login))
    session.flush()
    newest = select(LoginSession.id).where(LoginSession.user_id == user_id).order_by(LoginSession.id.desc())
    too_many = newest.offset(SESSIONS_AT_ONCE).limit(-1 if session.get_bind().dialect.name == "sqlite" else None)
    session.execute(delete(LoginSession).where(LoginSession.id.in_(too_many)))
    return token


def close_session(session: AnySession, user_id: int, session_id: int) -> bool:
    """Sign one of a person's browsers out: its token and every copy of its cookie are dead; tell whether it was one."""
    begin_write(session)
    own = (LoginSession.id == session_id) & (LoginSession.user_id == user_id)
    return execute(session, delete(LoginSession).where(own), {}).rowcount == 1


def close_all(session: AnySession, user_id: int) -> None:
    """Sign a person out everywhere."""
    begin_write(session)
    session.execute(delete(LoginSession).where(LoginSession.user_id == user_id))


def close_all_of_accounts(session: AnySession) -> int:
    """Sign everybody out who has an account, everywhere; return from how many browsers. Guests stay."""
    begin_write(session)
    accounts = select(User.id).where(User.role != GUEST)
    return execute(session, delete(LoginSession).where(LoginSession.user_id.in_(accounts)), {}).rowcount


def list_sessions(session: AnySession, user_id: int) -> list[LoginSession]:
    """Return where a person is signed in, the latest first."""
    query = select(LoginSession).where(LoginSession.user_id == user_id)
    return list(session.scalars(query.order_by(LoginSession.seen_at.desc(), LoginSession.id.desc())))


def purge_sessions(session: AnySession, now: datetime, settings: Settings) -> int:
    """Delete the sessions that no longer count; return how many."""
    begin_write(session)
    ended = []
    for role, limits in session_limits(settings).items():
        is_over = LoginSession.seen_at <= now - limits.idle
        if limits.longest < timedelta.max:
            is_over |= LoginSession.created_at <= now - limits.longest
        ended.append(LoginSession.user_id.in_(select(User.id).where(User.role == role)) & is_over)
    return execute(session, delete(LoginSession).where(or_(*ended)), {}).rowcount
