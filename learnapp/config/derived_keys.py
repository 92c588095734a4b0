"""Derived keys: from the app's secret, one for each purpose, and digests of what a page may carry but not tell."""

import hmac

from flask import current_app

DIGEST_LETTERS = 32


def believed_secrets() -> tuple[str, ...]:
    """Return the secret that signs as long as this process lives, then the former ones that are still believed."""
    return (current_app.config["SECRET_KEY"], *(current_app.config.get("SECRET_KEY_FALLBACKS") or ()))


def derived_key(purpose: str) -> bytes:
    """Return the key of one purpose; whoever learns it learns neither the secret nor the key of another."""
    return _key(current_app.config["SECRET_KEY"], purpose)


def keyed_digest(purpose: str, text: str) -> str:
    """Return letters that stand for a text, the same for the same one, from which nobody else can tell it."""
    return digest_with(current_app.config["SECRET_KEY"], purpose, text)


def keyed_digests(purpose: str, text: str) -> list[str]:
    """Return the digest of a text, then those that the former secrets made of it while they are believed."""
    return [digest_with(secret, purpose, text) for secret in believed_secrets()]


def digest_with(secret: str, purpose: str, text: str) -> str:
    """Return the digest that this secret makes of a text."""
    return hmac.digest(_key(secret, purpose), text.encode(), "sha256").hex()[:DIGEST_LETTERS]


def seed_from(key: bytes, name: str) -> int:
    """Return a seed that only this key and name decide."""
    return int.from_bytes(hmac.digest(key, name.encode(), "sha256")[:8])


def _key(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), purpose.encode(), "sha256")
