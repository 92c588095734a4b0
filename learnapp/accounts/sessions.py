"""Signed-in browsers: each holds a random token, the database its hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, or_, select

from learnapp.accounts.devices import UNKNOWN_DEVICE, Device
from learnapp.accounts.models import LoginSession, User
from learnapp.config.settings import Settings
from learnapp.database.db import AnySession, begin_write, execute
from learnapp.web.login import GUEST, LEARNER, STAFF

SESSIONS_AT_ONCE = 20
DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


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


def lifetime(role: str, settings: Settings) -> timedelta:
    """Return how long a session lasts: a guest's as their row, staff's in any case, others' after their last visit."""
    if role in STAFF:
        return timedelta(hours=settings.staff_session_hours)
    return timedelta(days=settings.guest_days if role == GUEST else settings.session_days)


def is_alive(role: str, created_at: datetime, seen_at: datetime, now: datetime, settings: Settings) -> bool:
    """Tell whether a session still counts: those of accounts end one day, used or not, staff's sooner."""
    if role == LEARNER and now - created_at >= timedelta(days=settings.session_longest_days):
        return False
    if role not in STAFF:
        return now - seen_at < lifetime(role, settings)
    idle = timedelta(minutes=settings.staff_idle_minutes)
    return now - seen_at < idle and now - created_at < lifetime(role, settings)


def needs_touch(role: str, seen_at: datetime, now: datetime) -> bool:
    """Tell whether to note that somebody was here: staff once a minute, others once a day."""
    return now - seen_at >= (MINUTE if role in STAFF else DAY)


def purge_sessions(session: AnySession, now: datetime, settings: Settings) -> int:
    """Delete the sessions that no longer count; return how many."""
    begin_write(session)

    def of(*roles: str) -> ColumnElement[bool]:
        return LoginSession.user_id.in_(select(User.id).where(User.role.in_(roles)))

    ended = [of(role) & (LoginSession.seen_at <= now - lifetime(role, settings)) for role in (GUEST, LEARNER)]
    ended.append(of(LEARNER) & (LoginSession.created_at <= now - timedelta(days=settings.session_longest_days)))
    is_idle = LoginSession.seen_at <= now - timedelta(minutes=settings.staff_idle_minutes)
    is_old = LoginSession.created_at <= now - lifetime(STAFF[0], settings)
    return execute(session, delete(LoginSession).where(or_(*ended, of(*STAFF) & (is_idle | is_old))), {}).rowcount
