"""Words for moments, marks and places, as templates show them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from babel.lists import format_list
from flask import Flask, url_for
from flask_babel import format_date, format_decimal, format_time, get_locale, ngettext
from flask_babel import gettext as _

from learnapp.accounts.own_data import forms
from learnapp.content.catalog import Lesson
from learnapp.learning.attempts.feedback import points_text
from learnapp.web import clock
from learnapp.web.i18n import local_time

HOURS_FROM = 90


def clock_time(moment: datetime) -> str:
    """Return the time of day in the reader's zone: 14:32."""
    return str(format_time(moment, "HH:mm"))


def day(moment: datetime) -> str:
    """Return date and time of day in the reader's zone."""
    return f"{format_date(moment, 'long')}, {clock_time(moment)}"


def when(moment: datetime) -> str:
    """Return the day as people say it: today, yesterday, or the date."""
    days = (local_time(clock.now()).date() - local_time(moment).date()).days
    words: str = _("on %(date)s", date=format_date(moment, "d MMMM"))
    if days <= 1:
        words = _("yesterday") if days == 1 else _("today")
    return words


def date_words(moment: date) -> str:
    """Return a date in words: 14 March 2027."""
    return str(format_date(moment, "d MMMM y", rebase=False))


def coming(moment: date) -> str:
    """Return a day to come as people say it: tomorrow, on Tuesday, on 14 March."""
    days = (moment - local_time(clock.now()).date()).days
    words: str = _("on %(date)s", date=format_date(moment, "d MMMM", rebase=False))
    if days <= 1:
        words = _("tomorrow") if days == 1 else _("today")
    elif days < 7:
        words = _("on %(date)s", date=format_date(moment, "EEEE", rebase=False))
    return words


def listed(parts: Iterable[object]) -> str:
    """Return things in a row as a sentence has them: 9, 10 and 11."""
    return str(format_list([str(part) for part in parts], "standard", locale=get_locale()))


def duration(minutes: int) -> str:
    """Return a time that is needed: 25 minutes, and from 90 minutes on in hours or halves of them."""
    if minutes < HOURS_FROM:
        words: str = ngettext("%(num)s minute", "%(num)s minutes", minutes)
        return words
    # Never one hour alone: what is told in hours is one and a half at least.
    hours: str = _("%(number)s hours", number=format_decimal(round(minutes / 30) / 2))
    return hours


def lesson_url(lesson: Lesson, anchor: str | None = None) -> str:
    """Return the address of a lesson, or of a place in it."""
    return url_for("lessons.lesson", module=lesson.module, lesson=lesson.slug, _anchor=anchor)


def init_app(app: Flask) -> None:
    """Give templates these words."""
    app.jinja_env.filters.update(clock=clock_time, day=day, when=when, points=points_text)
    app.jinja_env.filters.update(date=date_words, coming=coming, listed=listed, duration=duration)
    app.jinja_env.globals.update(
        lesson_url=lesson_url,
        age_groups=forms.bands,
    )
