"""Who may need help: one student for each clause of the rule and each of its boundaries."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from learnapp.reports.board.needs_help import (
    HANDLED_DAYS,
    IDLE_DAYS,
    LOW_PERCENT,
    LOW_TRIES,
    MANY_TRIES,
    OVERDUE_DAYS,
    FinishedTry,
    LessonEvidence,
    help_reasons,
    is_handled,
)

BERLIN = ZoneInfo("Europe/Berlin")
# A Friday at noon; the clocks of Berlin were put back on 25 October.
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR, DAY, SECOND = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)


def tries(*percents: float, days_ago: int = 1) -> tuple[FinishedTry, ...]:
    """Return finished tries with these results, the last one so many days ago."""
    count = len(percents)
    return tuple(
        FinishedTry(percent / 100, NOW - days_ago * DAY - (count - number) * HOUR)
        for number, percent in enumerate(percents, start=1)
    )


@dataclass(frozen=True)
class Student:
    """A student with one lesson, and the reasons that must stand beside their name."""

    name: str
    lesson: LessonEvidence
    expected: tuple[str, ...]
    asked_at: datetime | None = None
    active_at: datetime | None = None


def of(
    name: str,
    *expected: str,
    asked_at: datetime | None = None,
    active_at: datetime | None = None,
    care: bool = False,
    cleared: bool = False,
    due: datetime | None = None,
    tried: tuple[FinishedTry, ...] = (),
) -> Student:
    return Student(name, LessonEvidence("m/l", care, cleared, due, tried), expected, asked_at, active_at)


STUDENTS = (
    of("has done nothing, and nothing is due"),
    of("one try at 0", tried=tries(0)),
    of("two tries, the best 59", "low", tried=tries(20, 59)),
    of("two tries, the best 60", tried=tries(60, 20)),
    of("two tries, the best a hair below 60", "low", tried=tries(59.99, 0)),
    of("two tries of three fifths in thirds", tried=tries(0, 100 * (0.1 + 0.2 + 0.3))),
    of("three tries, the best 59", "low", tried=tries(59, 0, 0)),
    of("three tries at 65, not passed", "many_tries", tried=tries(65, 65, 65)),
    of("two tries at 65, not passed", tried=tries(65, 65)),
    of("two bad tries, then passed", cleared=True, tried=tries(10, 20, 90)),
    of("three tries, then completed", cleared=True, tried=tries(65, 65, 65), due=NOW - 9 * DAY),
    of("due 2 days and 23 hours ago", due=NOW - 3 * DAY + HOUR),
    of("due 3 days ago less a second", due=NOW - 3 * DAY + SECOND),
    of("due 3 days ago", "overdue", due=NOW - 3 * DAY),
    of("due 3 days ago, here 2 days and 23 hours ago", due=NOW - 3 * DAY, active_at=NOW - 3 * DAY + HOUR),
    of("due 3 days ago, here 3 days ago", "overdue", due=NOW - 3 * DAY, active_at=NOW - 3 * DAY),
    of("due 9 days ago, and completed after that", due=NOW - 9 * DAY, cleared=True),
    of("a care lesson due 3 days ago, here an hour ago", "not_done", care=True, due=NOW - 3 * DAY, active_at=NOW),
    of("a care lesson due 2 days and 23 hours ago", care=True, due=NOW - 3 * DAY + HOUR),
    of("a care lesson tried three times in vain", care=True, tried=tries(0, 0, 0)),
    of("a care lesson due 9 days ago, and completed", care=True, cleared=True, due=NOW - 9 * DAY),
    of("asked", "asked", asked_at=NOW - DAY),
    of("asked, with all done", "asked", asked_at=NOW, cleared=True),
    of("asked and took it back"),
    of(
        "asked, has two bad tries and is overdue",
        *("asked", "overdue", "low"),
        asked_at=NOW,
        due=NOW - 3 * DAY,
        tried=tries(0, 0, days_ago=4),
        active_at=NOW - 4 * DAY,
    ),
)


@pytest.mark.parametrize("student", STUDENTS, ids=lambda student: student.name)
def test_who_may_need_help_and_why(student: Student) -> None:
    reasons = help_reasons([student.lesson], student.asked_at, student.active_at, NOW, BERLIN)
    assert tuple(reason.kind for reason in reasons) == student.expected


def test_the_boundaries_are_those_of_the_constants() -> None:
    assert (LOW_TRIES, LOW_PERCENT, MANY_TRIES, OVERDUE_DAYS, IDLE_DAYS, HANDLED_DAYS) == (2, 60, 3, 3, 3, 7)


def test_days_are_local_days_where_clocks_change() -> None:
    # Due on Saturday at 18:00 of summer time; on Tuesday 18:00 of winter time is 73 hours later.
    due = datetime(2026, 10, 24, 16, tzinfo=UTC)
    lesson = LessonEvidence("m/l", due=due)
    assert help_reasons([lesson], None, None, due + timedelta(hours=72, minutes=59), BERLIN) == ()
    assert help_reasons([lesson], None, None, due + timedelta(hours=73), BERLIN)


def test_each_lesson_has_a_reason_of_its_own_and_the_newest_evidence_stands_first() -> None:
    lessons = (
        LessonEvidence("m/old", due=NOW - 9 * DAY),
        LessonEvidence("m/tried", tries=tries(0, 0)),
        LessonEvidence("m/new", due=NOW - 4 * DAY),
    )
    reasons = help_reasons(lessons, NOW - 2 * DAY, None, NOW, BERLIN)
    assert [(reason.kind, reason.lesson) for reason in reasons] == [
        ("low", "m/tried"),
        ("overdue", "m/new"),
        ("asked", None),
        ("overdue", "m/old"),
    ]


@pytest.mark.parametrize(
    ("evidence_at", "handled_at", "handled"),
    [
        (NOW - 2 * DAY, None, False),
        (NOW - 2 * DAY, NOW - DAY, True),
        (NOW - DAY, NOW - DAY, True),
        (NOW - DAY + SECOND, NOW - DAY, False),  # newer evidence came
        (NOW - 9 * DAY, NOW - 7 * DAY + SECOND, True),
        (NOW - 9 * DAY, NOW - 7 * DAY, False),  # a week has passed
    ],
)
def test_handled_hides_for_a_week_unless_newer_evidence_comes(
    evidence_at: datetime, handled_at: datetime | None, handled: bool
) -> None:
    reasons = help_reasons([], evidence_at, None, NOW, BERLIN)
    assert is_handled(reasons, handled_at, NOW, BERLIN) is handled


def test_a_further_bad_try_is_newer_evidence() -> None:
    handled_at = NOW - 2 * DAY
    before = help_reasons([LessonEvidence("m/l", tries=tries(0, 0, days_ago=3))], None, NOW, NOW, BERLIN)
    after = help_reasons([LessonEvidence("m/l", tries=tries(0, 0, 0))], None, NOW, NOW, BERLIN)
    assert is_handled(before, handled_at, NOW, BERLIN)
    assert not is_handled(after, handled_at, NOW, BERLIN)
