"""Figures in templates: names that stay whole, and lengths in percent."""

from flask import Flask
from markupsafe import Markup, escape

from learnapp.content.load.markdown import keep_names


def names(text: str) -> Markup:
    """Return plain text as HTML in which hyphened names stay on one line."""
    return Markup(keep_names(str(escape(text))))  # noqa: S704 - escaped here


def pct(value: float) -> str:
    """Return a length in percent for SVG, with at most two decimals: "33.33%"."""
    return f"{round(value, 2) + 0:g}%"


def init_app(app: Flask) -> None:
    """Give templates the filters `names` and `pct`."""
    app.jinja_env.filters.update(names=names, pct=pct)
