"""Needs-help rule: who may need help, by which evidence, and when that is cleared or laid aside. Pure.

The sentence on the page is made of the constants here. Nothing else is looked at: no hint, certainty, review or route,
no time that was spent, and no attempt in which nothing was done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from learnapp.groups.assignments.local_time import shift_days

LOW_TRIES, LOW_PERCENT = 2, 60
MANY_TRIES = 3
OVERDUE_DAYS = 3
IDLE_DAYS = 3
HANDLED_DAYS = 7

HelpKind = Literal["asked", "low", "many_tries", "overdue", "not_done"]


@dataclass(frozen=True, slots=True)
class FinishedTry:
    """A counted attempt that was finished: its share of all marks, and when."""

    share: float
    at: datetime


@dataclass(frozen=True, slots=True)
class LessonEvidence:
    """What the rule looks at of a lesson that is asked of a member.

    `cleared`: passed or completed, even too late to count; of a care lesson only completed. `tries` of a care lesson
    are left out.
    """

    lesson: str
    care: bool = False
    cleared: bool = False
    due: datetime | None = None
    tries: tuple[FinishedTry, ...] = ()


@dataclass(frozen=True, slots=True)
class HelpReason:
    """Why a member may need help: at a lesson (its key) unless they asked, since when it can be told, after tries."""

    kind: HelpKind
    at: datetime
    lesson: str | None = None
    tries: int = 0


def help_reasons(
    lessons: Iterable[LessonEvidence],
    help_asked_at: datetime | None,
    last_active_at: datetime | None,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[HelpReason, ...]:
    """Return why a member may need help, newest evidence first; days are local days of the group's zone."""
    reasons = [HelpReason("asked", help_asked_at)] if help_asked_at else []
    idle_since = shift_days(last_active_at, IDLE_DAYS, zone) if last_active_at else None
    for lesson in lessons:
        if not lesson.cleared:
            reasons += _of_tries(lesson)
            reasons += _of_due(lesson, idle_since, now, zone)
    return tuple(sorted(reasons, key=lambda reason: reason.at, reverse=True))


def is_handled(reasons: tuple[HelpReason, ...], handled_at: datetime | None, now: datetime, zone: ZoneInfo) -> bool:
    """Tell whether a leader has handled these reasons: within the last days, and no evidence is newer than that."""
    if handled_at is None or now >= shift_days(handled_at, HANDLED_DAYS, zone):
        return False
    return all(reason.at <= handled_at for reason in reasons)


def _of_tries(lesson: LessonEvidence) -> list[HelpReason]:
    count = len(lesson.tries)
    if lesson.care or count < min(LOW_TRIES, MANY_TRIES):
        return []
    best, newest = max(one.share for one in lesson.tries), max(one.at for one in lesson.tries)
    # Thirds add up to what they should, as in the mark that is shown.
    if count >= LOW_TRIES and 100 * best + 1e-6 < LOW_PERCENT:
        return [HelpReason("low", newest, lesson.lesson, count)]
    return [HelpReason("many_tries", newest, lesson.lesson, count)] if count >= MANY_TRIES else []


def _of_due(lesson: LessonEvidence, idle_since: datetime | None, now: datetime, zone: ZoneInfo) -> list[HelpReason]:
    if lesson.due is None or now < (overdue_since := shift_days(lesson.due, OVERDUE_DAYS, zone)):
        return []
    if lesson.care:
        return [HelpReason("not_done", overdue_since, lesson.lesson)]
    if idle_since is not None and now < idle_since:
        return []
    return [HelpReason("overdue", max(overdue_since, idle_since or overdue_since), lesson.lesson)]
