"""Words of events: when and where one is, on the clocks of its own zone."""

from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.teams.events.values import TeamEvent
from learnapp.web.i18n import date_words


def event_when(event: TeamEvent) -> str:
    """Return the day and the time at which an event begins, with its zone."""
    zone = event.zone.replace("_", " ")
    return _("%(day)s, %(time)s (%(zone)s)", day=date_words(event.day), time=f"{event.starts:%H:%M}", zone=zone)


def days_words(event: TeamEvent, now: datetime) -> str:
    """Return how long it is to an event."""
    days = event.days_to_go(now)
    if days == 0:
        return _("It is today.")
    return _("It is over.") if days < 0 else ngettext("%(num)s day to go.", "%(num)s days to go.", days)
