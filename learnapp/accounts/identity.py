"""Current user: one lean SELECT a request turns a cookie's token into a person; log in, log out.

Two cookies hold a random token each, nothing about person, address or browser: `login` that of an account, `guest`
that of a guest, who stays in the browser while somebody is signed in there, and is seen again after that.
"""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from flask import Flask, Response, current_app, g, request, session
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from learnapp.accounts import sessions
from learnapp.accounts.models import LoginSession, User
from learnapp.database.db import brief_write, db, table_of
from learnapp.web import clock
from learnapp.web.browser import cookies
from learnapp.web.browser.cookies import GUEST, LEGACY_TOKEN, LOGIN
from learnapp.web.browser.form_tokens import BROWSER_KEY
from learnapp.web.http.headers import wants_json
from learnapp.web.login import STAFF, Visitor, login_manager

STAY = "stay"  # after a login's token: its cookie outlives the browser
JOIN_CODE = "join_code"  # what the session keeps at sign-in: whoever came by a code for a class goes on with it
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


def load_user(_request: object = None) -> CurrentUser | None:
    """Return who sends this request: an account, else a guest; None if their tokens have ended or the database failed.

    Whoever looks at a page again after a day has the cookie renewed together with the row.
    """
    if g.get("user_unavailable"):
        return None
    now = clock.now()
    for kind, token in cookies.held_tokens().items():
        user, seen_at = _find_user(token, now)
        if user is None:
            continue
        is_touched = _touch(user, seen_at, now)
        if kind == LEGACY_TOKEN or (is_touched and (user.is_guest or stays())):
            keep_login(user, stay=stays())
        return user
    return None


login_manager.request_loader(load_user)


def find_user(token: str) -> CurrentUser | None:
    """Return the user whom the token stands for, or None if it has ended."""
    return _find_user(token, clock.now())[0]


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
    _change_cookie(LOGIN, None)
    set_user(Visitor())


def forget_guest() -> None:
    """Take this browser's guest; the next one gets another token."""
    for name in (BROWSER_KEY, LEGACY_TOKEN):
        session.pop(name, None)
    _change_cookie(GUEST, None)


def drop_ended_login() -> bool:
    """Take a login that has ended; tell whether there was one."""
    token = _token(LOGIN) or session.get(LEGACY_TOKEN, "")
    if not token or find_user(token) is not None:
        return False
    session.pop(LEGACY_TOKEN, None)
    _change_cookie(LOGIN, None)
    return True


def keep_login(user: CurrentUser, *, stay: bool) -> None:
    """Have the browser keep a user's token, if it is to stay for as long as the row counts."""
    lifetime = sessions.lifetime(user.role, current_app.config["SETTINGS"])
    seconds = int(lifetime.total_seconds())
    if user.is_guest:
        _change_cookie(GUEST, user.token, seconds)
    elif stay:
        _change_cookie(LOGIN, f"{user.token}.{STAY}", seconds)
    else:
        _change_cookie(LOGIN, user.token)


def stays() -> bool:
    """Tell whether this browser keeps its login when it is closed; guests always stay."""
    return cookies.sent_cookie(LOGIN).endswith(f".{STAY}") or (LEGACY_TOKEN in session and session.permanent)


def set_user(user: Visitor) -> None:
    """Make somebody the current user for the rest of this request."""
    g._login_user = user  # where Flask-Login keeps it; its own function would write to the session


def send_cookies(response: Response) -> Response:
    """Send the cookies that have changed, unless what changed them failed."""
    changes = g.pop("login_cookies", {})
    if not changes or response.status_code >= 400:
        return response
    response.headers["Cache-Control"] = "no-store"
    for kind, (value, seconds) in changes.items():
        if value:
            cookies.set_cookie(response, kind, value, seconds)
        elif cookies.sent_cookie(kind):
            cookies.delete_cookie(response, kind)
    return response


def init_app(app: Flask) -> None:
    """Send cookies with every response that changes them."""
    app.after_request(send_cookies)


def _find_user(token: str, now: datetime) -> tuple[CurrentUser | None, datetime]:
    """Return also when the user's login was last seen."""
    row = db.session.connection().execute(_PERSON, {"hash": sessions.token_hash(token)}).first()
    if row is None:
        return None, now
    *user_values, session_id, created_at, seen_at = row
    user = CurrentUser(*user_values, session_id=session_id, token=token)
    settings = current_app.config["SETTINGS"]
    is_alive = sessions.is_alive(user.role, created_at, seen_at, now, settings)
    # A password that was handed out ends with all that it has opened.
    has_ended = user.secret_expires_at is not None and user.secret_expires_at <= now
    return (user if is_alive and not has_ended else None), seen_at


def _token(kind: str) -> str:
    """Return the token that this browser holds of a kind, also if it has only just got it, or ""."""
    value, _seconds = g.get("login_cookies", {}).get(kind) or (cookies.sent_cookie(kind), None)
    return (value or "").partition(".")[0]


def _change_cookie(kind: str, value: str | None, seconds: int | None = None) -> None:
    if "login_cookies" not in g:
        g.login_cookies = {}
    g.login_cookies[kind] = (value, seconds)


def _touch(user: CurrentUser, seen_at: datetime, now: datetime) -> bool:
    """Note that the user was here, and tell whether it was; skip it where the database is busy.

    Of those who are not staff only when they open a page: the cookie is renewed then, which must not come late.
    """
    is_page = request.method == "GET" and not wants_json()
    if not sessions.needs_touch(user.role, seen_at, now) or not (is_page or user.role in STAFF):
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
