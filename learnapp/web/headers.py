"""The headers of every response: what a browser may load from here, and what it may keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, request

from learnapp.web.login import has_login

if TYPE_CHECKING:
    from wsgiref.headers import Headers

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000"


def _add(response: Response) -> Response:
    response.headers.extend(ALWAYS)
    if request.is_secure or current_app.config["SETTINGS"].secure:
        response.headers["Strict-Transport-Security"] = HSTS
    if has_login():
        response.headers["Cache-Control"] = "no-store"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def add_to_file(secure: bool, headers: Headers) -> None:
    """Add the headers to a static file."""
    for name, value in ALWAYS.items():
        headers[name] = value
    if secure:
        headers["Strict-Transport-Security"] = HSTS


def init_app(app: Flask) -> None:
    """Add the headers to each response."""
    app.after_request(_add)
