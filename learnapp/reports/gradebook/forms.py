"""File that the form of a gradebook brings."""

from flask import request


def sent_file() -> bytes:
    """Return the file that a form brought, empty where none did."""
    file = request.files.get("export")
    return file.read() if file else b""
