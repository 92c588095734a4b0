"""Cookies of ours: names, what protects them, and Flask's session by its signature alone.

`login` holds the token of an account's login, `guest` that of a guest, `display` how pages look, `known` that somebody
has signed in here before. Each is set by
what it is about alone, so that a response that comes late, about one of them, takes none of the others' place.
"""

from typing import Any

from flask import Flask, Response, current_app, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from itsdangerous import BadSignature
from werkzeug.wrappers import Request

SESSION, LOGIN, GUEST, KNOWN = "session", "login", "guest", "known"
LEGACY_TOKEN = "_user_id"  # noqa: S105 - where 0.1.0 kept the token, in Flask's session


class AgelessSession(SecureCookieSessionInterface):
    """Flask's session cookie, read by its signature alone.

    Its age would be taken from clocks, which go back, and those of two machines differ: what was signed a moment
    ahead would be refused. Whatever in it must end has its end in the database.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        serializer = self.get_signing_serializer(app)
        cookie = request.cookies.get(self.get_cookie_name(app))
        if serializer is None or not cookie:
            return super().open_session(app, request)  # type: ignore[arg-type]
        try:
            return SecureCookieSession(serializer.loads(cookie))
        except BadSignature:
            return SecureCookieSession()


def cookie_name(kind: str) -> str:
    """Return a cookie's name, which begins as that of Flask's session does."""
    return f"{str(current_app.config['SESSION_COOKIE_NAME']).removesuffix(SESSION)}{kind}"


def set_cookie(response: Response, kind: str, value: str, seconds: int | None) -> None:
    """Have the browser keep a cookie for so long, without a time until it is closed."""
    response.set_cookie(cookie_name(kind), value, seconds, **_protection())


def delete_cookie(response: Response, kind: str) -> None:
    """Have the browser delete a cookie."""
    response.delete_cookie(cookie_name(kind), **_protection())


def sent_cookie(kind: str) -> str:
    """Return the cookie that came with this request, or ""."""
    return request.cookies.get(cookie_name(kind), "")


def held_tokens() -> dict[str, str]:
    """Return the tokens that this browser holds, ended or not, by kind; an account's comes first."""
    values = ((kind, sent_cookie(kind).partition(".")[0]) for kind in (LOGIN, GUEST))
    return {kind: token for kind, token in (*values, (LEGACY_TOKEN, session.get(LEGACY_TOKEN))) if token}


def _protection() -> dict[str, Any]:
    config = current_app.config
    path, secure = config["SESSION_COOKIE_PATH"] or "/", config["SESSION_COOKIE_SECURE"]
    return {"path": path, "secure": secure, "httponly": True, "samesite": "Lax"}
