"""Languages and time zones: those that readers and browsers choose, and dates, times and lists in their words."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache, lru_cache
from typing import cast

from babel import Locale, dates
from babel.lists import format_list
from babel.support import Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Babel, format_date, format_decimal, get_locale, get_translations, ngettext
from flask_babel import gettext as _
from sqlalchemy.exc import SQLAlchemyError

from learnapp.config.settings import ROOT, current_settings
from learnapp.config.values import TIME_ZONES
from learnapp.web import clock, display

HOURS_FROM = 90


def locale() -> Locale:
    """Return the language to speak."""
    offered = current_settings().language_codes
    language: str | None = None
    if has_request_context():
        try:
            language = display.current_display().language
        except SQLAlchemyError:
            pass  # the error page must not need the database that failed
        language = language or request.accept_languages.best_match(offered)
    return parse_locale(language or offered[0])


@cache
def parse_locale(code: str) -> Locale:
    """Return the language of a code such as de or pt-BR."""
    return Locale.parse(code, sep="-")


def local_time(moment: datetime) -> datetime:
    """Return the moment in the reader's time zone."""
    return moment.astimezone(display.zone())


def today() -> date:
    """Return the day in the reader's time zone."""
    return local_time(clock.now()).date()


def chosen_zone() -> str:
    """Return the zone that the reader has chosen, "" where none was: then a script shows the browser's."""
    name = display.current_display().time_zone
    return name if name in TIME_ZONES else ""


def zone_name() -> str:
    """Return the name of the zone in which times are written: Europe/Berlin."""
    return display.zone().key.replace("_", " ")


def clock_time(moment: datetime) -> str:
    """Return the time of day with its zone, unless the reader has chosen one: 14:32 (UTC)."""
    return time_words(moment, "clock") + ("" if chosen_zone() else f" ({zone_name()})")


def time_words(moment: datetime, style: str) -> str:
    """Return a moment in the reader's zone: "clock" 14:32, "date" 26 November 2026, "day" both with a comma."""
    local = local_time(moment)
    words = {"clock": f"{local:%H:%M}", "date": date_words(local.date())}
    return words.get(style) or f"{words['date']}, {words['clock']}"


def when(moment: datetime) -> str:
    """Return the day as people say it: today, yesterday, or the date."""
    day = local_time(moment).date()
    days = (today() - day).days
    if days <= 1:
        return _("yesterday") if days == 1 else _("today")
    return _("on %(date)s", date=format_date(day, "d MMMM", rebase=False))


def date_words(day: date) -> str:
    """Return a date in words, in English with the day first: 14 March 2027."""
    return _date_words(day, str(get_locale()))


@lru_cache(maxsize=1024)
def _date_words(day: date, language: str) -> str:
    return dates.format_date(day, "long", Locale("en", "GB") if language == "en" else Locale.parse(language))


def on_day(moment: date) -> str:
    """Return a day to come as people say it: tomorrow, on Tuesday, on 14 March."""
    days = (moment - today()).days
    if days <= 1:
        return _("tomorrow") if days == 1 else _("today")
    return _("on %(date)s", date=format_date(moment, "EEEE" if days < 7 else "d MMMM", rebase=False))


def enumeration(parts: Iterable[object]) -> str:
    """Return things in a row as a sentence has them: 9, 10 and 11."""
    return format_list([str(part) for part in parts], locale=get_locale())


def duration(minutes: int) -> str:
    """Return a time that is needed: 25 minutes, and from 90 minutes on in hours or halves of them."""
    if minutes < HOURS_FROM:
        return ngettext("%(num)s minute", "%(num)s minutes", minutes)
    # Never one hour alone: what is told in hours is one and a half at least.
    return _("%(number)s hours", number=format_decimal(round(minutes / 30) / 2))


def init_app(app: Flask) -> None:
    """Give the app its languages."""
    Babel(
        app,
        default_locale=app.config["SETTINGS"].language_codes[0].replace("-", "_"),
        default_translation_directories=str(ROOT / "learnapp" / "translations"),
        locale_selector=locale,
        timezone_selector=lambda: display.zone().key,
    )
    # Flask-Babel looks for its locale at every string, which is a third of the time of a quiz page.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: _translations().ugettext(text),
        lambda singular, plural, number: _translations().ungettext(singular, plural, number),
        newstyle=True,
    )


def _translations() -> Translations:
    """Return the translations of this request's language, looked up once."""
    if "translations" not in g:
        g.translations = get_translations()
    return cast(Translations, g.translations)
