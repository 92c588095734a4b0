"""Access to what operators alone may see: from this machine, or with the operator's token."""

from hmac import compare_digest

from flask import request

from learnapp.config.settings import current_settings
from learnapp.config.values import is_loopback

# Any of these says that the request came through a proxy, so that the nearest address is not the client's.
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def is_operator() -> bool:
    """Tell whether the request is an operator's: no proxy passed it on from elsewhere, or it brings the token."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    wanted = current_settings().metrics
    if scheme.lower() == "bearer" and wanted not in {"", "loopback"}:
        return compare_digest(token.strip().encode(), wanted.encode())
    nearest = request.environ.get("werkzeug.proxy_fix.orig", request.environ).get("REMOTE_ADDR")
    return is_loopback(nearest) and not any(name in request.environ for name in FORWARDED)
