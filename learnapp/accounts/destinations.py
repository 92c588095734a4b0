"""Where to go after signing in: only to a page of this site."""

from __future__ import annotations

import re

LONGEST = 500
# Parts that each begin with one slash, of what stands in addresses of ours: no empty part, no backslash, no
# space, nothing beyond ASCII and no control character, so that no browser reads a host out of it.
_ONSITE = re.compile(r"(?:/|(?:/[\w.~!$&'()*+,;=:@%-]+)+/?)(?:\?[\w.~!$&'()*+,;=:@%/?-]*)?", re.ASCII)


def onsite(address: str | None) -> str | None:
    """Return the address if it leads to a page of this site, else None; total."""
    if not address or len(address) > LONGEST or not _ONSITE.fullmatch(address):
        return None
    return address
