"""Cookies of ours: names, what protects them, and Flask's session, read late and by its signature alone.

`login` holds the token of an account's login, `guest` that of a guest, `display` how pages look, `known` that somebody
has signed in here before. Each is set by what it is about alone, so that a response that comes late, about one of
them, takes none of the others' place.
"""

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from flask import Flask, Response, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature
from werkzeug.wrappers import Request

SESSION, LOGIN, GUEST, KNOWN = "session", "login", "guest", "known"
LEGACY_TOKEN = "_user_id"  # noqa: S105 - where 0.1.0 kept the token, in Flask's session


class LazySession(SessionMixin):
    """The values of a session, read from its cookie when the first one is asked for: an answer needs none of them."""

    modified = False

    def __init__(self, read: Callable[[], dict[str, Any]]) -> None:
        self._read = read

    @cached_property
    def _values(self) -> dict[str, Any]:
        return self._read()

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self._values[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


class AgelessSession(SecureCookieSessionInterface):
    """Flask's session cookie, read by its signature alone.

    Its age would be taken from clocks, which go back, and those of two machines differ: what was signed a moment
    ahead would be refused. Whatever in it must end has its end in the database.
    """

    def open_session(self, app: Flask, request: Request) -> LazySession:  # type: ignore[override]
        return LazySession(lambda: self.read_values(app, request))

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send what has changed of the session, and the other cookies that have changed."""
        _send_changes(response)
        if session.accessed or session.modified:
            super().save_session(app, session, response)

    def read_values(self, app: Flask, request: Request) -> dict[str, Any]:
        """Return what the session's cookie holds: nothing where none came, or the signature is not ours."""
        serializer = self.get_signing_serializer(app)
        try:
            return dict(serializer.loads(request.cookies.get(self.get_cookie_name(app), ""))) if serializer else {}
        except BadSignature:
            return {}


def cookie_name(kind: str) -> str:
    """Return a cookie's name, which begins as that of Flask's session does."""
    return f"{str(current_app.config['SESSION_COOKIE_NAME']).removesuffix(SESSION)}{kind}"


def set_cookie(response: Response, kind: str, value: str, seconds: int | None) -> None:
    """Have the browser keep a cookie for so long, without a time until it is closed."""
    response.set_cookie(cookie_name(kind), value, seconds, **_protection())


def delete_cookie(response: Response, kind: str) -> None:
    """Have the browser delete a cookie."""
    response.delete_cookie(cookie_name(kind), **_protection())


def change_cookie(kind: str, value: str | None, seconds: int | None = None) -> None:
    """Have the browser keep a cookie, or delete it (None), unless this request fails."""
    if "changed_cookies" not in g:
        g.changed_cookies = {}
    g.changed_cookies[kind] = (value, seconds)


def held_cookie(kind: str) -> str:
    """Return the cookie that this browser holds, also if it has only just got it, or ""."""
    value, _seconds = g.get("changed_cookies", {}).get(kind) or (sent_cookie(kind), None)
    return value or ""


def sent_cookie(kind: str) -> str:
    """Return the cookie that came with this request, or ""."""
    return request.cookies.get(cookie_name(kind), "")


def held_tokens() -> dict[str, str]:
    """Return the tokens that this browser holds, ended or not, by kind; an account's comes first."""
    held = {kind: token for kind in (LOGIN, GUEST) if (token := sent_cookie(kind).partition(".")[0])}
    if not held and LEGACY_TOKEN in session:
        held[LEGACY_TOKEN] = session[LEGACY_TOKEN]
    return held


def _send_changes(response: Response) -> None:
    changes = g.pop("changed_cookies", {})
    if not changes or response.status_code >= 400:
        return
    response.headers["Cache-Control"] = "no-store"
    for kind, (value, seconds) in changes.items():
        if value:
            set_cookie(response, kind, value, seconds)
        elif sent_cookie(kind):
            delete_cookie(response, kind)


def _protection() -> dict[str, Any]:
    config = current_app.config
    path, secure = config["SESSION_COOKIE_PATH"] or "/", config["SESSION_COOKIE_SECURE"]
    return {"path": path, "secure": secure, "httponly": True, "samesite": "Lax"}
