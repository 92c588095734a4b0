"""Form tokens: each POST form carries one, so that no other site can send it in a reader's name.

A token is a fingerprint of what this browser alone holds: the token of its login, before there is one a random key
in its session. The first of several guests' requests makes the guest under that very key, so that forms which are
open then stay good.
"""

import hmac
import secrets
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request, session
from flask_login import current_user
from markupsafe import Markup
from werkzeug.datastructures import ImmutableMultiDict

from learnapp.config.derived_keys import believed_secrets
from learnapp.web.browser.cookies import LOGIN, held_tokens
from learnapp.web.copies import is_copy
from learnapp.web.spreadsheets import UNSHOWN

View = TypeVar("View", bound=Callable[..., Any])

BROWSER_KEY = "browser"
# Stands in a page that is kept for many readers, until one of them gets it.
TOKEN_MARK = Markup("<!--token-->")
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class FormExpired(Exception):
    """The form's token is missing, or of another login."""


class LoginEnded(Exception):
    """The form is of a login that this browser holds and that has ended."""


class CookiesBlocked(Exception):
    """A form came without any cookie: its page must have set one."""


def browser_key() -> str:
    """Return the random key of this browser's session, made when it is first asked for."""
    if BROWSER_KEY not in session:
        new_browser_key()
    return cast(str, session[BROWSER_KEY])


def new_browser_key() -> str:
    """Give this browser's session another key, and return it."""
    session[BROWSER_KEY] = secrets.token_urlsafe(32)
    return cast(str, session[BROWSER_KEY])


def form_token() -> str:
    """Return the token of this browser's forms, in a page that will be kept the mark in its place, in a copy none."""
    if g.get("is_kept"):
        return TOKEN_MARK
    if is_copy():
        return ""
    return _token_of(current_user.token or browser_key(), current_app.config["SECRET_KEY"])


def tokenless(view: View) -> View:
    """Let a view's form pass without a token, as it changes nothing."""
    view.tokenless = True  # type: ignore[attr-defined]
    return view


def passes_after_login(view: View) -> View:
    """Let a view's form pass also where the login of its page has ended, as the view only ends what is left of it."""
    view.passes_after_login = True  # type: ignore[attr-defined]
    return view


def check() -> None:
    """Let a form pass with its token only; raises FormExpired, LoginEnded, CookiesBlocked.

    What comes along with a method that changes nothing is no form, and no view gets to see it; nor does it see signs
    that no page may hold, but in passwords, which are shown on none.
    """
    if request.method in SAFE:
        request.form, request.files = ImmutableMultiDict(), ImmutableMultiDict()
        return
    if request.endpoint is None:
        return
    fields = list(request.form.items(multi=True))
    if any(UNSHOWN.search(value) for _name, value in fields):
        shown = ((name, value if "password" in (name or "") else UNSHOWN.sub("", value)) for name, value in fields)
        request.form = ImmutableMultiDict(shown)
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return
    view = current_app.view_functions[request.endpoint]
    if getattr(view, "tokenless", False) or _is_token_of(current_user.token or session.get(BROWSER_KEY, "")):
        return
    if not is_of_ended_login():
        raise FormExpired if request.cookies else CookiesBlocked
    if not getattr(view, "passes_after_login", False):
        raise LoginEnded


def is_of_ended_login() -> bool:
    """Tell whether a form was made for a login that this browser holds and that has ended."""
    token = held_tokens().get(LOGIN, "")
    return token != current_user.token and _is_token_of(token)


def is_of_this_browser() -> bool:
    """Tell whether a form was made for this browser, be its login ended or another one there by now."""
    keys = [session.get(BROWSER_KEY, ""), *held_tokens().values()]
    return not current_app.config["WTF_CSRF_ENABLED"] or any(map(_is_token_of, keys))


def init_app(app: Flask) -> None:
    """Check every request."""
    app.config.setdefault("WTF_CSRF_ENABLED", True)
    app.before_request(check)


def _is_token_of(key: str) -> bool:
    """Tell whether the request's form has the token of a key, made with this secret or with an earlier one."""
    sent = request.form.get("csrf_token", "").encode("utf-8", "replace")

    def is_made_with(secret: str) -> bool:
        return hmac.compare_digest(sent, _token_of(key, secret).encode())

    return bool(key) and (is_made_with(current_app.config["SECRET_KEY"]) or any(map(is_made_with, believed_secrets())))


def _token_of(key: str, secret: str) -> str:
    return hmac.digest(secret.encode(), f"form:{key}".encode(), "sha256").hex()
