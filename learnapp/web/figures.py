"""What the figure macros need: words broken into lines, and numbers as SVG lengths."""

from __future__ import annotations

import re
import textwrap

from flask import Flask
from markupsafe import Markup

BETWEEN_TAGS = re.compile(r">\s+<")


def lines(text: str, letters: int) -> list[str]:
    """Break a text into lines of at most so many letters; a longer word is broken as well."""
    return textwrap.wrap(str(text), max(letters, 1), break_on_hyphens=True)


def rem(value: float) -> str:
    """Return a length down: 1.25rem."""
    return f"{round(value, 2):g}rem"


def pct(value: float) -> str:
    """Return a length across: 33.3%."""
    return f"{round(value, 2):g}%"


def tidy(drawing: Markup) -> Markup:
    """Drop the white space between the elements of a drawing, where it means nothing."""
    return Markup(BETWEEN_TAGS.sub("><", drawing.strip()))  # noqa: S704 - was safe before, stays safe


def init_app(app: Flask) -> None:
    """Give templates the filters `lines` and `tidy` and the functions `rem` and `pct`."""
    app.jinja_env.filters.update(lines=lines, tidy=tidy)
    app.jinja_env.globals.update(rem=rem, pct=pct)
