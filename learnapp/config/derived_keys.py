"""Derived keys: from the app's secret, one for each purpose, and digests of what a page may carry but not tell."""

import hmac

from flask import current_app

DIGEST_LETTERS = 32


def derived_key(purpose: str) -> bytes:
    """Return the key of one purpose; whoever learns it learns neither the secret nor the key of another."""
    return hmac.digest(current_app.config["SECRET_KEY"].encode(), purpose.encode(), "sha256")


def keyed_digest(purpose: str, text: str) -> str:
    """Return letters that stand for a text, the same for the same one, from which nobody else can tell it."""
    return hmac.digest(derived_key(purpose), text.encode(), "sha256").hex()[:DIGEST_LETTERS]


def seed_from(key: bytes, name: str) -> int:
    """Return a seed that only this key and name decide."""
    return int.from_bytes(hmac.digest(key, name.encode(), "sha256")[:8])
