"""Addresses of this site: those that a form or a header names, so that none leads to another site."""

import re

from flask import request

LONGEST = 500
# Parts that each begin with one slash, of what stands in addresses of ours: no empty part, no backslash, no
# space, nothing beyond ASCII and no control character, so that no browser reads a host out of it.
_PATH = re.compile(r"(?:/|(?:/[\w.~!$&'()*+,;=:@%-]+)+/?)(?:\?[\w.~!$&'()*+,;=:@%/?-]*)?", re.ASCII)


def same_site_path(address: str | None) -> str | None:
    """Return the path and query of an address of this site, None for any other; total."""
    if not address:
        return None
    path = address.removeprefix(request.host_url.rstrip("/"))
    return path if len(path) <= LONGEST and _PATH.fullmatch(path) else None
