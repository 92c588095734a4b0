"""Filters of templates: names that stay whole, lengths in percent, and those of forms, dates and times."""

from flask import Flask
from markupsafe import Markup, escape

from learnapp.content.load.markdown import keep_names
from learnapp.web import forms, i18n


def names(text: str) -> Markup:
    """Return plain text as HTML in which hyphened names stay on one line."""
    return Markup(keep_names(str(escape(text))))  # noqa: S704 - escaped here


def pct(value: float) -> str:
    """Return a length in percent for SVG, with at most two decimals: "33.33%"."""
    return f"{round(value, 2) + 0:g}%"


def init_app(app: Flask) -> None:
    """Give templates the filters."""
    app.jinja_env.filters.update(
        names=names,
        pct=pct,
        problems=forms.problems,
        field_attributes=forms.field_attributes,
        local=i18n.local_time,
        clock=i18n.clock_time,
        day=i18n.day,
        date=i18n.date_words,
        duration=i18n.duration,
        enumeration=i18n.enumeration,
    )
