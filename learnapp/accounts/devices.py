"""Devices: the two words by which somebody knows a browser again in a list, worked out from what it calls itself."""

import re
from typing import NamedTuple

# The first that fits: many call themselves like others, too, and those stand later.
BROWSERS = {
    "Edge": "Edg",
    "Opera": "OPR/|Opera",
    "Samsung Internet": "SamsungBrowser",
    "Firefox": "Firefox|FxiOS",
    "Chrome": "Chrome|CriOS|Chromium",
    "Safari": "Safari",
}
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "ChromeOS": "CrOS",
    "Windows": "Windows",
    "Mac": "Macintosh|Mac OS",
    "Linux": "Linux|X11",
}


class Device(NamedTuple):
    """A browser and what it runs on, None where that is not one of the usual ones."""

    browser: str | None
    system: str | None


UNKNOWN_DEVICE = Device(None, None)


def device_of(user_agent: str) -> Device:
    """Return the device of a browser's own words, of which nothing else is kept."""
    return Device(_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent))


def _first(names: dict[str, str], words: str) -> str | None:
    return next((name for name, pattern in names.items() if re.search(pattern, words)), None)
