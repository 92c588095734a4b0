"""What the figure macros need: words broken into lines, and numbers as SVG lengths."""

from __future__ import annotations

import re

from flask import Flask
from markupsafe import Markup, escape

from learnapp.content.load.markdown import keep_names
from learnapp.web import diagrams, letters

BETWEEN_TAGS = re.compile(r">\s+<")


def rem(value: float) -> str:
    """Return a length down: 1.25rem."""
    return f"{round(value, 2) + 0:g}rem"


def pct(value: float) -> str:
    """Return a length across: 33.3%."""
    return f"{round(value, 2) + 0:g}%"


def tidy(drawing: Markup) -> Markup:
    """Drop the white space between the elements of a drawing, where it means nothing."""
    return Markup(BETWEEN_TAGS.sub("><", drawing.strip()))  # noqa: S704 - was safe before, stays safe


def names(text: str) -> Markup:
    """Return plain text as HTML in which hyphened names stay on one line."""
    return Markup(keep_names(str(escape(text))))  # noqa: S704 - escaped here


def power_of_ten(exponent: int, like: str) -> str:
    """Write a power of ten as an amount like this one is written: "$10 billion"."""
    scales = {12: " trillion", 9: " billion", 6: " million"}
    coin = like[:1] if like[:1] in "$€£¥" else ""
    base = next((scale for scale in scales if exponent >= scale), 0)
    return f"{coin}{10 ** (exponent - base):,}{scales.get(base, '')}"


def init_app(app: Flask) -> None:
    """Give templates the filters `lines`, `tidy` and `names` and the functions that measure and place."""
    app.jinja_env.filters.update(lines=letters.lines, tidy=tidy, names=names)
    app.jinja_env.globals.update(
        rem=rem,
        pct=pct,
        span=letters.span,
        whole=letters.whole,
        power_of_ten=power_of_ten,
        diagram=diagrams.diagram,
    )
