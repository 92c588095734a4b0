"""Copies of pages, as devices keep them: they name nobody, hold no token of a form, show no message of the moment."""

from flask import g


def is_copy() -> bool:
    """Tell whether this request's page is made to be kept on a device."""
    return bool(copied_for())


def copied_for() -> str:
    """Return the tags of the person on whose device the copy is kept, "" where the page is no copy."""
    return str(g.get("copied_for", ""))
