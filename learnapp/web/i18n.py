"""Languages and time zones: what a reader chose, else what the browser asks for, else the default."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from babel import support
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, get_locale, get_translations
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


def _strings() -> support.Translations:
    """Return the translations of this request's language."""
    if "strings" not in g:
        g.strings = get_translations()
    found: support.Translations = g.strings
    return found


def direction() -> str:
    """Return the side from which the language is written: ltr or rtl."""
    found = get_locale()
    return str(found.text_direction) if found else "ltr"


def language_tag() -> str:
    """Return the language for `lang` attributes, such as pt-BR."""
    found = get_locale()
    return str(found).replace("_", "-") if found else "en"


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
    # Flask-Babel looks for its domain and locale at every string; ours looks once a request.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _strings().ugettext(text),
        lambda one, many, number: _strings().ungettext(one, many, number),
        newstyle=True,
    )
    app.jinja_env.filters["local"] = local_time
