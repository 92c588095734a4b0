"""Values of settings: how one is read, and what is wrong with it whatever the others are."""

from __future__ import annotations

import difflib
import ipaddress
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import available_timezones

from sqlalchemy import URL, make_url

LOOPBACK = ("127.0.0.1", "localhost", "::1")
INSECURE_SECRET = "development-only-never-serve-with-this"  # noqa: S105 - refused outside debug
# Further names of ours that are allowed: what tests are told, and the word with which a step down may delete.
NO_SETTINGS = ("LEARNAPP_TEST_", "LEARNAPP_ALLOW_DATA_LOSS")
TIME_ZONES = frozenset(available_timezones())


def parts(text: str, mark: str) -> list[str]:
    """Return the parts of a list that stands in one setting."""
    return [part.strip() for part in text.split(mark) if part.strip()]


def is_loopback(host: str | None) -> bool:
    """Tell whether a host name or an address means this machine alone."""
    name = (host or "").strip("[]").rstrip(".").lower()
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return name == "localhost"
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback


def database_address(text: str, folder: Path) -> URL:
    """Return a database's address with the driver that we use; a relative file lies in the folder.

    Raises ArgumentError or ValueError where it cannot be read.
    """
    url = make_url(text)
    if url.drivername in {"postgres", "postgresql"}:
        return url.set(drivername="postgresql+psycopg")
    if url.drivername == "sqlite" and url.database:
        return url.set(database=str(folder / url.database))
    return url


def unknown_names(environ: Mapping[str, str], known: list[str]) -> Iterator[str]:
    """Yield a sentence for each variable of ours that no setting reads: a slip would go unnoticed."""
    for name in sorted(environ):
        if name.startswith("LEARNAPP_") and name not in known and not name.startswith(NO_SETTINGS):
            plain = {one.removeprefix("LEARNAPP_"): one for one in known}
            near = difflib.get_close_matches(name.removeprefix("LEARNAPP_"), plain, 1)
            hint = f" Did you mean {plain[near[0]]}?" if near else " `flask settings` lists all."
            yield f"There is no setting {name}.{hint}"


def problems_of_one(variable: str, value: Any, rules: Mapping[str, Any]) -> Iterator[str]:
    """Yield a sentence for a value that is out of its range, or a list with an empty or a doubled part."""
    if isinstance(value, int) and "least" in rules and not rules["least"] <= value <= rules["most"]:
        yield f"{variable} must be from {rules['least']} to {rules['most']} ({rules['unit']})."
    if isinstance(value, str) and any(ord(sign) < 32 or ord(sign) == 127 for sign in value):
        yield f"{variable} holds a line break or another control character."
    if value and "mark" in rules:
        found = [part.strip() for part in value.split(rules["mark"])]
        if not all(found):
            yield f"{variable} has an empty part; its form is: {rules['unit']}."
        for part, count in Counter(found).items():
            if count > 1 and variable != "LEARNAPP_SECRET_KEY_FALLBACKS":
                yield f"{variable} names {part} twice."


def can_be_reached(address: str) -> bool:
    url = split_address(address)
    if url is None or any(sign.isspace() for sign in address):
        return False
    return bool(url.hostname) if url.scheme == "https" else url.scheme in {"tel", "mailto"} and bool(url.path)


def split_address(address: str) -> SplitResult | None:
    """Return the parts of an address, None where it is empty or cannot be read, its port included."""
    try:
        url = urlsplit(address)
        return url if url.port != 0 and address else None
    except ValueError:
        return None


def is_ipv6(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.strip("[]")).version == 6
    except ValueError:
        return False
