"""Current user: one lean SELECT a request turns the cookie's token into a person; log in, log out.

Flask's session holds that random token and the secret of forms, nothing about person, address or browser.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from flask import current_app, g, session
from flask_login import current_user, login_user, logout_user
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from learnapp.accounts import sessions
from learnapp.accounts.models import LoginSession, User
from learnapp.db import begin_write, brief_write, db, table_of
from learnapp.web import clock
from learnapp.web.login import GUEST, Visitor, login_manager

TOUCH_PATIENCE = 0.1  # seconds: noting that somebody was here is never worth a wait


@dataclass(frozen=True, slots=True)
class CurrentUser(Visitor):
    """The current user, an account or a guest, as far as pages need to know. Not an ORM object."""

    id: int


# Tables, not classes: a statement on classes costs twice the time, and every request pays it.
_USERS, _SESSIONS = table_of(User).c, table_of(LoginSession).c
# The columns of `users` that are fields of CurrentUser, in the order in which it takes them.
_USER_COLUMNS = tuple(_USERS[field.name] for field in fields(CurrentUser) if field.name in _USERS)
_PERSON = select(*_USER_COLUMNS, _SESSIONS.id, _SESSIONS.created_at, _SESSIONS.seen_at).where(
    _SESSIONS.token_hash == bindparam("hash"), _USERS.id == _SESSIONS.user_id
)


def load(token: str) -> CurrentUser | None:
    """Return the user whom the token stands for, or None if it has ended or the database has failed."""
    if g.get("user_unavailable"):
        return None
    row = db.session.connection().execute(_PERSON, {"hash": sessions.token_hash(token)}).first()
    if row is None:
        return None
    *user_values, session_id, created_at, seen_at = row
    user = CurrentUser(*user_values, session_id=session_id, token=token)
    now = clock.now()
    if not sessions.is_alive(user.role, created_at, seen_at, now, current_app.config["SETTINGS"]):
        return None
    if sessions.needs_touch(user.role, seen_at, now):
        _touch(user, now)
    return user


login_manager.user_loader(load)


def _touch(user: CurrentUser, now: datetime) -> None:
    """Note that the user was here, in a transaction of its own; skip it where the database is busy."""
    login = update(LoginSession).where(LoginSession.id == user.session_id)
    person = update(User).where(User.id == user.id, User.seen_at <= now - timedelta(days=1))
    try:
        with brief_write(db.engine, TOUCH_PATIENCE) as connection:
            for seen in (login, person):
                connection.execute(seen.values(seen_at=now))
    except (DBAPIError, PoolTimeout):
        pass


def get_or_create_user() -> CurrentUser:
    """Return the current user; a visitor becomes a guest now, with a row of its own, which the caller commits."""
    user = current_user._get_current_object()
    if isinstance(user, CurrentUser):
        return user
    begin_write(db.session)
    now = clock.now()
    guest = User(role=GUEST, name="", created_at=now, seen_at=now)
    db.session.add(guest)
    db.session.flush()
    return _set_current_user(sessions.open_session(db.session, guest.id, now), stay=True)


def log_in(token: str, *, stay: bool) -> None:
    """Sign this browser in with an empty session and new secrets; `stay` keeps the cookie when it is closed."""
    log_out()
    _set_current_user(token, stay=stay)


def log_out() -> None:
    """Empty this browser's session."""
    logout_user()
    session.clear()


def _set_current_user(token: str, *, stay: bool) -> CurrentUser:
    user = load(token)
    if user is None:
        raise RuntimeError("a session that has just been opened is not there")
    login_user(user)
    session.pop("_id", None)  # Flask-Login's hash of address and browser: nothing needs it, so it is not kept
    session.permanent = stay
    return user
