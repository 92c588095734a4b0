"""Form tokens: each POST form carries one, so that no other site can send it in a reader's name.

A token is a fingerprint of what this browser alone holds: the token of its login, before there is one a random key
in its session. The first of several guests' requests makes the guest under that very key, so that forms which are
open then stay good.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import Any, TypeVar, cast

from flask import Flask, current_app, g, request, session
from flask_login import current_user
from markupsafe import Markup

from learnapp.config.derived_keys import believed_secrets
from learnapp.web.browser.cookies import held_tokens

View = TypeVar("View", bound=Callable[..., Any])

BROWSER_KEY = "browser"
# Stands in a page that is kept for many readers, until one of them gets it.
TOKEN_MARK = Markup("<!--token-->")
SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class FormExpired(Exception):
    """The form's token is missing, or of another login."""


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
    """Return the token of this browser's forms, or in a page that will be kept the mark in its place."""
    if g.get("is_kept"):
        return TOKEN_MARK
    return _token_of(current_user.token or browser_key(), believed_secrets()[0])


def tokenless(view: View) -> View:
    """Let a view's form pass without a token, as it changes nothing."""
    view.tokenless = True  # type: ignore[attr-defined]
    return view


def check() -> None:
    """Let what changes something pass with its token only; raises FormExpired, CookiesBlocked."""
    if not current_app.config["WTF_CSRF_ENABLED"] or request.endpoint is None or request.method in SAFE:
        return
    if getattr(current_app.view_functions[request.endpoint], "tokenless", False):
        return
    if not _is_token_of(current_user.token or session.get(BROWSER_KEY, "")):
        raise FormExpired if request.cookies else CookiesBlocked


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
    tokens = (_token_of(key, secret).encode() for secret in believed_secrets())
    return bool(key) and any(hmac.compare_digest(sent, token) for token in tokens)


def _token_of(key: str, secret: str) -> str:
    return hmac.new(secret.encode(), f"form:{key}".encode(), hashlib.sha256).hexdigest()
