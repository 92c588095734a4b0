"""Hosts and paths: which names requests may carry, the path below which the site is, probes that ask by any name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from werkzeug import Response
from werkzeug.middleware.dispatcher import DispatcherMiddleware

from learnapp.config.settings import Settings
from learnapp.web.http import headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# A load balancer or a container's host asks by the address of the machine, and knows of no path in front.
PROBES = ("/healthz", "/readyz", "/metrics")
HOST = re.compile(r"(\[(?P<ipv6>[0-9a-f:.]+)\]|(?P<name>[a-z0-9_.-]+))(:[0-9]{0,5})?")


@lru_cache(maxsize=256)
def is_one_of(host: str, names: tuple[str, ...]) -> bool:
    """Tell whether a Host header means one of these names, whatever its case, port or dot at the end.

    A name that begins with a dot stands for all below it; names beyond ASCII are compared as browsers send them.
    """
    asked = _bare(host)
    return bool(asked) and any(
        asked.endswith(wanted) if wanted.startswith(".") else asked == wanted for wanted in map(_bare_name, names)
    )


def _bare(host: str) -> str:
    """Return a Host header's name without its port, as browsers would write it; nothing where it is none."""
    if found := HOST.fullmatch(host.lower()):
        return (found["ipv6"] or found["name"]).removesuffix(".")
    return ""


def _bare_name(name: str) -> str:
    """Return a name of a setting as browsers send it."""
    plain = name.strip("[]").removesuffix(".").lower()
    try:
        return plain if ":" in plain or plain.isascii() else plain.encode("idna").decode("ascii")
    except UnicodeError:
        return plain


def below_path(settings: Settings, site: WSGIApplication) -> WSGIApplication:
    """Return a WSGI application with the site below its path; probes are answered with it and without."""
    prefix = settings.prefix

    def elsewhere(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] in PROBES:
            return site(environ, start)
        if environ["PATH_INFO"] == "/" and environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            answer = Response(status=302, headers={"Location": f"{prefix}/"})
        else:
            answer = Response(f"This site is below {prefix}/.\n", 404, content_type="text/plain; charset=utf-8")
        headers.add_to_file(settings, answer.headers)
        return answer(environ, start)

    return DispatcherMiddleware(elsewhere, {prefix: site})
