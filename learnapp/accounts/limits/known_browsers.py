"""Known browsers: a cookie by which one that signed in to an account before is let past that account's count.

Whoever guesses then keeps nobody out of a browser of their own. The cookie holds a random number and for each account
a proof that only the secret makes, from which no name can be told; nothing is kept on the server.
"""

import hmac
import re
import secrets

from learnapp.accounts.limits.throttle import throttle_key
from learnapp.config.derived_keys import keyed_digests

ACCOUNTS = 8  # that one browser is known for: the newest
COOKIE = re.compile(r"[0-9a-f]{16}(\.[0-9a-f]{32}){1,8}")


def account_key(name_key: str, cookie: str) -> tuple[str, bool]:
    """Return the key under which failures at an account are counted, and whether this browser has its own."""
    number, *proofs = cookie.split(".") if COOKIE.fullmatch(cookie) else ("",)
    own = _proofs(number, name_key)
    if any(hmac.compare_digest(one, proof) for one in own for proof in proofs):
        return throttle_key("browser", f"{number} {name_key}"), True
    return throttle_key("account", name_key), False


def remember(name_key: str, cookie: str) -> str:
    """Return the cookie of a browser that has signed in to one account more."""
    number, *proofs = cookie.split(".") if COOKIE.fullmatch(cookie) else (secrets.token_hex(8),)
    own = _proofs(number, name_key)
    return ".".join([number, *[proof for proof in proofs if proof not in own][1 - ACCOUNTS :], own[0]])


def _proofs(number: str, name_key: str) -> list[str]:
    """Return the proof that is given now, then those that were given with former secrets."""
    return keyed_digests("known browser", f"{number} {name_key}")
