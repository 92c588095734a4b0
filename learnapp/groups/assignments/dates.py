"""Dates of assignments: those that leaders chose, those that hold for one member, and what is late or too late. Pure.

Nothing else reads the date columns of assignments and extensions. A moment is chosen as a local day with or without a
time and stored in UTC; one without a time is the last moment of its day. Of what differs for one member the most
lenient counts, field by field: the later end, the earlier beginning, the greater number; None is no limit.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from learnapp.database.db import table_of
from learnapp.groups.assignments.local_time import (
    LocalTime,
    end_of_day,
    is_end_of_day,
    local_moment,
    local_time_of,
    shift_days,
)
from learnapp.groups.assignments.models import AFTER_RELEASE, AT_ONCE, Assignment, Extension

# What clocks and networks differ by: never shown to anybody.
GRACE = timedelta(seconds=10)
# What arrived in time may still wait for the database: no result is shown sooner after the last answer.
SETTLED = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ChosenDates:
    """What leaders chose for all whom an assignment goes to."""

    opens: datetime | None = None
    due: datetime | None = None
    due_all_day: bool = False
    closes: datetime | None = None
    feedback: str = AT_ONCE
    release: datetime | None = None
    tries: int | None = None


@dataclass(frozen=True, slots=True)
class ExtendedDates:
    """What leaders chose for one member; None is as for the others."""

    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    extra_tries: int = 0
    excused: bool = False


ASSIGNMENT_COLUMNS = tuple(table_of(Assignment).c[field.name] for field in fields(ChosenDates))
EXTENSION_COLUMNS = tuple(table_of(Extension).c[field.name] for field in fields(ExtendedDates))


@dataclass(frozen=True, slots=True)
class EffectiveDates:
    """What holds for one member, in the group's zone. None: it opened long ago, is never due, never closes.

    `release` is when feedback is shown, None where it is shown at once; `extended` tells whether a date is the
    member's own.
    """

    zone: ZoneInfo
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    feedback: str = AT_ONCE
    release: datetime | None = None
    tries: int | None = None
    excused: bool = False
    extended: bool = False

    @property
    def due_all_day(self) -> bool:
        """Tell whether it is due at the end of a day, and not at a time."""
        return self.due is not None and is_end_of_day(self.due, self.zone)

    def is_open(self, now: datetime) -> bool:
        """Tell whether members are asked for it by now; what they do before counts all the same."""
        return self.opens is None or self.opens <= now

    def has_closed(self, now: datetime) -> bool:
        """Tell whether what arrives now counts no more."""
        return not self.counts(now)

    def counts(self, arrived: datetime) -> bool:
        """Tell whether what arrived then counts."""
        return self.closes is None or arrived <= self.closes + GRACE

    @property
    def last_arrival(self) -> datetime | None:
        """Return the last arrival that is taken where results wait: by the close, else by their release."""
        end = self.closes or self.release
        return end + GRACE if end else None

    @property
    def results_at(self) -> datetime | None:
        """Return from when on results are shown, None where that is at once."""
        end = self.closes or self.release
        return max(self.release, end + SETTLED) if self.release and end else None

    def results_wait(self, now: datetime) -> bool:
        """Tell whether results are still to be shown."""
        return self.results_at is not None and now < self.results_at

    def late_days(self, moment: datetime) -> int:
        """Return by how many local days, begun ones counted, a moment is late; 0 where it is in time."""
        if self.due is None or moment <= self.due:
            return 0
        days = (moment.astimezone(self.zone).date() - self.due.astimezone(self.zone).date()).days
        return days + 1 if moment > shift_days(self.due, days, self.zone) else days


def effective_dates(
    chosen: ChosenDates, zone: ZoneInfo, standing_days: int = 0, extension: ExtendedDates | None = None
) -> EffectiveDates:
    """Return what holds for a member: of their extension, standing days and the assignment the most lenient.

    Standing days move due and closes by whole local days. What is due after it would close closes when it is due, and
    feedback waits until it has closed for this member.
    """
    own = extension or ExtendedDates()
    due = end_of_day(chosen.due, zone) if chosen.due and chosen.due_all_day else chosen.due
    for_all = EffectiveDates(zone, chosen.opens, due, _closes(chosen.closes, due), chosen.feedback, tries=chosen.tries)
    own_due = _latest(due, standing_days, own.due, zone)
    dates = replace(
        for_all,
        opens=min(for_all.opens, own.opens) if for_all.opens and own.opens else for_all.opens,
        due=own_due,
        closes=_closes(_latest(for_all.closes, standing_days, own.closes, zone), own_due),
        tries=None if chosen.tries is None else chosen.tries + own.extra_tries,
        excused=own.excused,
    )
    waits = chosen.feedback == AFTER_RELEASE
    release = max(filter(None, (chosen.release, dates.closes)), default=None) if waits else None
    return replace(dates, release=release, extended=dates != for_all)


def most_lenient(several: Iterable[EffectiveDates]) -> EffectiveDates:
    """Return what holds where the same is asked of a member several times: each limit as the most lenient has it.

    Feedback alone is as the strictest has it: it waits for the latest release.
    """
    found = tuple(several)
    found = tuple(dates for dates in found if not dates.excused) or found
    waiting = tuple(dates for dates in found if dates.feedback == AFTER_RELEASE)
    return EffectiveDates(
        found[0].zone,
        opens=None if None in (opens := [dates.opens for dates in found]) else min(filter(None, opens)),
        due=_no_limit_or_latest(dates.due for dates in found),
        closes=_no_limit_or_latest(dates.closes for dates in found),
        feedback=AFTER_RELEASE if waiting else AT_ONCE,
        release=max((dates.release for dates in waiting if dates.release), default=None),
        tries=None if None in (tries := [dates.tries for dates in found]) else max(filter(None, tries)),
        excused=found[0].excused,
        extended=any(dates.extended for dates in found),
    )


def shift_weeks(chosen: ChosenDates, weeks: int, zone: ZoneInfo, new_zone: ZoneInfo | None = None) -> ChosenDates:
    """Return the dates of a copy: each by so many weeks later, on the same day of the week at the same local time.

    A copy for a group elsewhere has the same times on its own clocks.
    """

    def moved(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        local = moment.astimezone(zone)
        return local_moment(local.date() + timedelta(weeks=weeks), local.time(), new_zone or zone)

    return replace(
        chosen,
        opens=moved(chosen.opens),
        due=moved(chosen.due),
        closes=moved(chosen.closes),
        release=moved(chosen.release),
    )


def weeks_to_come(several: Iterable[ChosenDates], zone: ZoneInfo, now: datetime) -> int:
    """Return by how many weeks the first of these dates has to be later in order to lie ahead; 0 where it does."""
    moments = (moment for one in several for moment in (one.opens, one.due, one.closes, one.release) if moment)
    first = min(moments, default=now + timedelta(days=1))
    weeks = max(0, (now - first) // timedelta(weeks=1))
    # Where clocks were changed between, a week is an hour shorter or longer.
    while shift_days(first, 7 * weeks, zone) <= now:
        weeks += 1
    return weeks


def chosen_fields(chosen: ChosenDates | ExtendedDates, zone: ZoneInfo) -> dict[str, LocalTime]:
    """Return the days and times that were chosen, by the name of the date, as a form shows them."""
    names = [name for name in ("opens", "due", "closes", "release") if getattr(chosen, name, None)]
    return {name: local_time_of(getattr(chosen, name), zone) for name in names}


def chosen_numbers(chosen: ChosenDates | ExtendedDates) -> dict[str, int | bool | str | None]:
    """Return what was chosen besides dates, by its name, as a form shows it."""
    if isinstance(chosen, ChosenDates):
        return {"tries": chosen.tries, "feedback": chosen.feedback}
    return {"extra_tries": chosen.extra_tries or None, "excused": chosen.excused}


def is_asked(dates: EffectiveDates, joined_at: datetime) -> bool:
    """Tell whether an assignment with these dates asks anything of a member who joined then."""
    return not dates.excused and dates.counts(joined_at)


def _latest(for_all: datetime | None, standing_days: int, own: datetime | None, zone: ZoneInfo) -> datetime | None:
    """Return the latest of what was chosen, moved by standing days, and the member's own; without a limit, none."""
    if for_all is None:
        return None
    return max(for_all, shift_days(for_all, standing_days, zone), own or for_all)


def _closes(closes: datetime | None, due: datetime | None) -> datetime | None:
    return max(closes, due) if closes and due else closes


def _no_limit_or_latest(moments: Iterable[datetime | None]) -> datetime | None:
    found = tuple(moments)
    limits = tuple(moment for moment in found if moment)
    return max(limits) if len(limits) == len(found) else None
