"""Requests: hosts that they may name, their number and arrival, whether a script asks; what every answer carries."""

import secrets
from datetime import UTC, datetime
from logging import INFO
from time import perf_counter
from types import TracebackType

from flask import Flask, Request, Response, g, request
from werkzeug.exceptions import SecurityError
from werkzeug.routing import MapAdapter

from learnapp.web.browser.cookies import AgelessSession, held_tokens
from learnapp.web.http.headers import ALWAYS, hsts
from learnapp.web.http.hosts import PROBES, is_one_of
from learnapp.web.http.packing import pack
from learnapp.web.logs import log, request_fields, request_log

# When the server had a whole request, before it waited for a thread: the name of that in the environment of WSGI.
ARRIVED_AT = "learnapp.arrived_at"


class SiteFlask(Flask):
    """Flask that answers to the site's names only, and logs a failure without the address and the message.

    Werkzeug's own list of hosts knows no IPv6 address and no dot at the end.
    """

    own_hosts: tuple[str, ...] = ()
    session_interface = AgelessSession()

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        if request is not None:
            host = str(request.environ.get("HTTP_HOST", request.environ["SERVER_NAME"]))
            if request.environ["PATH_INFO"] in PROBES:
                request.environ["HTTP_HOST"] = self.own_hosts[0]
            elif not is_one_of(host, self.own_hosts):
                raise SecurityError("The host is not one of ours.")
        return super().create_url_adapter(request)

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        log.error("failure", exc_info=exc_info, extra={"fields": request_fields()})


def wants_json() -> bool:
    """Tell whether a script asked and expects JSON."""
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"


def init_app(app: Flask) -> None:
    """Give each request its number, and each answer its size, its headers and a line in the log."""
    settings = app.config["SETTINGS"]
    secure, transport = settings.secure, hsts(settings)

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(6)
        g.started_at = perf_counter()
        # What counts until a close is told by this: who was in time loses nothing to a busy database.
        g.arrived_at = request.environ.get(ARRIVED_AT) or datetime.now(UTC)

    @app.after_request
    def finish(response: Response) -> Response:
        if response.mimetype == "text/html" and response.location is None:
            pack(response)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if secure or request.is_secure:
            response.headers["Strict-Transport-Security"] = transport
        if held_tokens():
            response.headers["Cache-Control"] = "no-store"
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "private, no-cache"
        response.headers["X-Request-ID"] = g.get("request_id", "")
        started_at = g.get("started_at")  # None where the request failed before `begin`
        if request_log.isEnabledFor(INFO) and started_at is not None:
            ms = round((perf_counter() - started_at) * 1000, 1)
            request_log.info(
                "request", extra={"fields": {**request_fields(), "status": response.status_code, "ms": ms}}
            )
        return response
