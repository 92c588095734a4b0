"""Words of standings: how many are ready, what is missing to whom, and the rows of the list and its file."""

from collections.abc import Iterator
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from learnapp.teams.events.values import TeamEvent
from learnapp.teams.events.wording import days_words
from learnapp.teams.standings.values import EventStandings, KeptStanding, Missing, VolunteerStanding
from learnapp.web.i18n import date_words

STANDING_WORDS = {"ready": _l("Ready"), "nearly": _l("Nearly"), "not_yet": _l("Not yet")}


def missing_words(missing: Missing) -> str:
    """Return one thing that is missing."""
    part, about = missing
    number = about if isinstance(about, int) else 0
    if part == "lessons":
        return ngettext("%(num)s lesson to finish", "%(num)s lessons to finish", number)
    if part == "practice":
        return ngettext("%(num)s conversation to practice", "%(num)s conversations to practice", number)
    if part == "updates":
        return ngettext("%(num)s change to read", "%(num)s changes to read", number)
    if part == "review":
        return ngettext(
            "About %(num)s minute of review just before the day",
            "About %(num)s minutes of review just before the day",
            number,
        )
    if part == "expires" and not isinstance(about, int) and about is not None:
        return _("The certificate ends on %(day)s, before the day", day=date_words(about))
    fixed = {
        "final": _("The final to pass"),
        "certificate": _("The certificate to get"),
        "withdrawn": _("The certificate was withdrawn"),
    }
    return fixed[part]


def missing_line(one: VolunteerStanding) -> str:
    """Return all that is missing to somebody."""
    return " · ".join(map(missing_words, one.missing))


def dated_line(one: VolunteerStanding) -> str:
    """Return what somebody has done, each with its day."""
    parts = []
    if one.practiced_on:
        parts.append(_("Practice done on %(day)s", day=date_words(one.practiced_on)))
    if one.passed_on:
        parts.append(_("Final passed on %(day)s", day=date_words(one.passed_on)))
    if one.valid_until and not any(part == "expires" for part, _about in one.missing):
        parts.append(_("Certificate until %(day)s", day=date_words(one.valid_until)))
    return " · ".join(parts)


def standing_label(one: VolunteerStanding) -> str:
    """Return how somebody stands, and whether they come with a partner."""
    stands = str(STANDING_WORDS[one.standing])
    return _("%(stands)s, comes with a partner", stands=stands) if one.partnered else stands


def kept_label(one: KeptStanding) -> str:
    """Return how somebody stood when the event was closed, and by what."""
    if one.ready:
        return _("Ready, by the rule")
    return _("Not ready, came with a partner") if one.partnered else _("Not ready")


def event_lead(event: TeamEvent, standings: EventStandings, now: datetime) -> str:
    """Return how many are expected and wanted, and how long it is to the day."""
    count = len(standings.volunteers)
    expected = ngettext("%(num)s volunteer is expected", "%(num)s volunteers are expected", count)
    wanted = ", " + _("%(num)s wanted", num=event.places) if event.places else ""
    return f"{expected}{wanted}. {days_words(event, now)}"


def standings_words(standings: EventStandings) -> str:
    """Return how many are ready, nearly and not yet."""
    ready, nearly, not_yet = standings.counts.values()
    return _("%(ready)s ready, %(nearly)s nearly, %(not_yet)s not yet.", ready=ready, nearly=nearly, not_yet=not_yet)


def standing_rows(standings: EventStandings) -> Iterator[list[str]]:
    """Yield the heading and a row for each volunteer: the list on paper and the file have the same."""
    yield [_("Name"), _("Stands"), _("Missing"), _("Practice done"), _("Final passed"), _("Certificate until")]
    for one in standings.volunteers:
        days = (one.practiced_on, one.passed_on, one.valid_until)
        yield [one.name, standing_label(one), missing_line(one), *(day.isoformat() if day else "" for day in days)]


def kept_rows(kept: list[KeptStanding]) -> Iterator[list[str]]:
    """Yield the heading and a row for each volunteer of an event that is closed."""
    yield [_("Name"), _("Stood")]
    for one in kept:
        yield [one.name, kept_label(one)]
