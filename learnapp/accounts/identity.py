"""Current user: one lean SELECT a request turns a cookie's token into a person; log in, log out.

Two cookies hold a random token each, nothing about person, address or browser: `login` that of an account, `guest`
that of a guest, who stays in the browser while somebody is signed in there, and is seen again after that.
"""

from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, current_user
from sqlalchemy import ColumnElement, Select, bindparam, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from learnapp.accounts import sessions
from learnapp.accounts.models import LoginSession, User
from learnapp.accounts.sessions import SessionLimits
from learnapp.database.db import brief_write, db, table_of
from learnapp.web.browser import cookies
from learnapp.web.browser.cookies import GUEST, LEGACY_TOKEN, LOGIN
from learnapp.web.browser.form_tokens import BROWSER_KEY
from learnapp.web.http.requests import wants_json
from learnapp.web.login import STAFF, Visitor

STAY = "stay"  # after a login's token: its cookie outlives the browser
JOIN_CODE = "join_code"  # what the session keeps at sign-in: whoever came by a code for a class goes on with it
TOUCH_PATIENCE = 0.1  # seconds: noting that somebody was here is never worth a wait


@dataclass(frozen=True, slots=True)
class CurrentUser(Visitor):
    """The current user, an account or a guest, as far as pages need to know. Not an ORM object."""

    id: int


class TokenLogin(LoginManager):  # type: ignore[misc]
    """Flask-Login's current user by our tokens alone, without its own session and its cookie to remember."""

    def _load_user(self) -> None:
        set_user(load_user() or Visitor())


# Tables, not classes: a statement on classes costs twice the time, and every request pays it.
_USERS, _SESSIONS = table_of(User).c, table_of(LoginSession).c
# The columns of `users` that are fields of CurrentUser, in the order in which it takes them.
_USER_COLUMNS = tuple(_USERS[field.name] for field in fields(CurrentUser) if field.name in _USERS)
_PERSON = select(*_USER_COLUMNS, _SESSIONS.id, _SESSIONS.created_at, _SESSIONS.seen_at).where(
    _SESSIONS.token_hash == bindparam("hash"), _USERS.id == _SESSIONS.user_id
)


@dataclass(slots=True)
class PersonQuery:
    """The SELECT of an app that finds who sends a request, and which of the facts in `names` hold of them."""

    select: Select[Any] = _PERSON
    names: tuple[str, ...] = ()


def load_user() -> CurrentUser | None:
    """Return who sends this request: an account, else a guest; None if their tokens have ended or the database failed.

    Whoever looks at a page again after a day has the cookie renewed together with the row.
    """
    if g.get("user_unavailable"):
        return None
    now = datetime.now(UTC)
    for kind, token in cookies.held_tokens().items():
        user, seen_at = _find_user(token, now)
        if user is None:
            continue
        is_touched = _touch(user, seen_at, now)
        if kind == LEGACY_TOKEN or (is_touched and (user.is_guest or stays())):
            keep_login(user, stay=stays())
        return user
    return None


def find_user(token: str) -> CurrentUser | None:
    """Return the user whom the token stands for, or None if it has ended."""
    return _find_user(token, datetime.now(UTC))[0]


def browser_guest() -> CurrentUser | None:
    """Return the guest whom this browser holds, also while somebody is signed in to an account."""
    token = _token(GUEST)
    user = find_user(token) if token else None
    return user if user is not None and user.is_guest else None


def log_in(token: str, *, stay: bool) -> None:
    """Sign this browser in with new secrets and a session that keeps JOIN_CODE; `stay` keeps a cookie when closed."""
    code = session.get(JOIN_CODE)
    log_out()
    if code:
        session[JOIN_CODE] = code
    user = find_user(token)
    if user is None:
        raise RuntimeError("a login that has just been opened is not there")
    keep_login(user, stay=stay)
    set_user(user)
    if _token(GUEST) and browser_guest() is None:  # the guest has become this account
        forget_guest()


def log_out() -> None:
    """Empty this browser's session and take its login; its guest stays."""
    session.clear()
    cookies.change_cookie(LOGIN, None)
    set_user(Visitor())


def forget_guest() -> None:
    """Take this browser's guest; the next one gets another token."""
    for name in (BROWSER_KEY, LEGACY_TOKEN):
        session.pop(name, None)
    cookies.change_cookie(GUEST, None)


def drop_ended_login() -> bool:
    """Take a login that has ended; tell whether there was one."""
    token = _token(LOGIN) or session.get(LEGACY_TOKEN, "")
    if not token or find_user(token) is not None:
        return False
    session.pop(LEGACY_TOKEN, None)
    cookies.change_cookie(LOGIN, None)
    return True


def keep_login(user: CurrentUser, *, stay: bool) -> None:
    """Have the browser keep a user's token, if it is to stay for as long as the row counts."""
    seconds = int(_limits()[user.role].cookie.total_seconds())
    if user.is_guest:
        cookies.change_cookie(GUEST, user.token, seconds)
    elif stay:
        cookies.change_cookie(LOGIN, f"{user.token}.{STAY}", seconds)
    else:
        cookies.change_cookie(LOGIN, user.token)


def stays() -> bool:
    """Tell whether this browser keeps its login when it is closed; guests always stay."""
    return cookies.sent_cookie(LOGIN).endswith(f".{STAY}") or (LEGACY_TOKEN in session and session.permanent)


def set_user(user: Visitor) -> None:
    """Make somebody the current user for the rest of this request."""
    g._login_user = user  # where Flask-Login keeps it; its own function would write to the session


def init_app(app: Flask) -> None:
    """Give views and templates the current user."""
    app.login_manager = TokenLogin()  # type: ignore[attr-defined]
    app.context_processor(lambda: {"current_user": current_user})
    app.extensions["accounts.person_query"] = PersonQuery()
    app.extensions["accounts.session_limits"] = sessions.session_limits(app.config["SETTINGS"])


def register_fact(app: Flask, name: str, holds: ColumnElement[bool]) -> None:
    """Have something that a room above knows of a row of `users` looked up with the current user, as one of `facts`.

    So a page that it does not concern need not ask.
    """
    query: PersonQuery = app.extensions["accounts.person_query"]
    query.select, query.names = query.select.add_columns(holds), (*query.names, name)


def _find_user(token: str, now: datetime) -> tuple[CurrentUser | None, datetime]:
    """Return also when the user's login was last seen."""
    query: PersonQuery = current_app.extensions["accounts.person_query"]
    row = db.session.connection().execute(query.select, {"hash": sessions.token_hash(token)}).first()
    if row is None:
        return None, now
    user_values, (session_id, created_at, seen_at, *held) = row[: len(_USER_COLUMNS)], row[len(_USER_COLUMNS) :]
    facts = frozenset(name for name, holds in zip(query.names, held, strict=True) if holds)
    user = CurrentUser(*user_values, session_id=session_id, facts=facts, token=token)
    limits = _limits()[user.role]
    is_alive = now - seen_at < limits.idle and now - created_at < limits.longest
    # A password that was handed out ends with all that it has opened.
    has_ended = user.secret_expires_at is not None and user.secret_expires_at <= now
    return (user if is_alive and not has_ended else None), seen_at


def _limits() -> dict[str, SessionLimits]:
    return cast(dict[str, SessionLimits], current_app.extensions["accounts.session_limits"])


def _token(kind: str) -> str:
    """Return the token that this browser holds of a kind, also if it has only just got it, or ""."""
    return cookies.held_cookie(kind).partition(".")[0]


def _touch(user: CurrentUser, seen_at: datetime, now: datetime) -> bool:
    """Note that the user was here, and tell whether it was; skip it where the database is busy.

    Of those who are not staff only when they open a page: the cookie is renewed then, which must not come late.
    """
    is_page = request.method == "GET" and not wants_json()
    if now - seen_at < _limits()[user.role].noted or not (is_page or user.role in STAFF):
        return False
    login = update(LoginSession).where(LoginSession.id == user.session_id)
    person = update(User).where(User.id == user.id, User.seen_at <= now - timedelta(days=1))
    try:
        with brief_write(db.engine, TOUCH_PATIENCE) as connection:
            for seen in (login, person):
                connection.execute(seen.values(seen_at=now))
    except (DBAPIError, PoolTimeout):
        return False
    return True
