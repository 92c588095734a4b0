"""Languages and time zones: what a reader chose, else what the browser asks for, else the default."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale
from sqlalchemy.exc import SQLAlchemyError

from learnapp.web import display

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


def locale() -> str:
    """Return the code of the language to speak."""
    offered = display.languages()
    if not has_request_context():
        return offered[0].replace("-", "_")
    try:
        wanted = display.chosen().language
    except SQLAlchemyError:
        wanted = ""  # the error page must not need the database that failed
    return (wanted or request.accept_languages.best_match(offered) or offered[0]).replace("-", "_")


def time_zone() -> str:
    """Return the name of the time zone to show moments in."""
    return display.zone().key


def direction() -> str:
    """Return the side from which the language is written: ltr or rtl."""
    current = get_locale()
    return str(current.text_direction) if current else "ltr"


def language_tag() -> str:
    """Return the language for `lang` attributes, such as pt-BR."""
    current = get_locale()
    return str(current).replace("_", "-") if current else "en"


def local_time(moment: datetime) -> datetime:
    """Return the moment in the reader's time zone."""
    if "zone" not in g:
        g.zone = display.zone()
    return moment.astimezone(g.zone)


def init_app(app: Flask) -> None:
    """Give the app its languages, and templates `_`, `ngettext` and the filter `local`."""
    first = app.config["SETTINGS"].languages.split(",")[0].strip().replace("-", "_")
    Babel(
        app,
        default_locale=first,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=locale,
        timezone_selector=time_zone,
    )
    app.jinja_env.filters["local"] = local_time
