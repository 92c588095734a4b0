"""Headers: what a browser asks for, what it may load from here, and what it may keep."""

from typing import Any

from flask import Flask, Response, request

from learnapp.config.settings import Settings
from learnapp.web.browser.cookies import held_tokens

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


def hsts(settings: Settings) -> str:
    """Return for how long browsers shall demand https, and for which names."""
    return f"{HSTS}; includeSubDomains" if settings.hsts_subdomains else HSTS


def wants_json() -> bool:
    """Tell whether a script asked and expects JSON."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def add_to_file(settings: Settings, headers: Any) -> None:
    """Add the headers to a static file."""
    for name, value in ALWAYS.items():
        headers[name] = value
    if settings.secure:
        headers["Strict-Transport-Security"] = hsts(settings)


def init_app(app: Flask) -> None:
    """Add the headers to each response."""
    settings = app.config["SETTINGS"]
    secure, transport = settings.secure, hsts(settings)

    @app.after_request
    def add(response: Response) -> Response:
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if secure or request.is_secure:
            response.headers["Strict-Transport-Security"] = transport
        if held_tokens():
            response.headers["Cache-Control"] = "no-store"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-cache"
        return response
