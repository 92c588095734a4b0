"""Counting rules: which of a member's attempts count, and how far they are with a lesson that is asked. Pure.

Due blocks nothing. What arrives after the close and tries beyond the number that counts stay practice. What was done
before the assignment counts for it. An attempt that is open at the close counts with what was submitted by then, out
of the marks of all its items; nothing is written for that. One whose result waits counts once it is graded. Practice of
missed items never counts. A lesson is done when it is complete, read and its quiz passed, in whichever try; the mark
is the best of those that count.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from learnapp.groups.assignments.dates import EffectiveDates, is_asked
from learnapp.learning.models import MISSED
from learnapp.learning.progress.rules import passes, percent

OutcomeState = Literal["not_asked", "not_started", "begun", "handed_in", "not_done", "done", "done_late"]
NOT_ASKED: OutcomeState = "not_asked"
NOT_STARTED: OutcomeState = "not_started"
BEGUN: OutcomeState = "begun"
HANDED_IN: OutcomeState = "handed_in"
NOT_DONE: OutcomeState = "not_done"
DONE: OutcomeState = "done"
DONE_LATE: OutcomeState = "done_late"


@dataclass(frozen=True, slots=True)
class SubmittedAnswer:
    """When an answer was submitted, by the arrival of its request, and what it earned."""

    submitted_at: datetime
    points: float


@dataclass(frozen=True, slots=True)
class AttemptRecord:
    """An attempt as counting needs it; `answers` are needed only where it was not finished before a close.

    `ungraded`: its result waits, and it was only begun, has answers that were saved, or was handed in.
    """

    kind: str
    started_at: datetime
    finished_at: datetime | None
    points: float | None
    max_points: float
    passed: bool | None
    answers: tuple[SubmittedAnswer, ...] = ()
    ungraded: Literal["begun", "saved", "handed_in"] | None = None

    def is_handed_in(self, dates: EffectiveDates, now: datetime) -> bool:
        """Tell whether it only waits for its result: by the button, or with what was saved at the close."""
        return self.ungraded == "handed_in" or (self.ungraded == "saved" and dates.has_closed(now))


@dataclass(frozen=True, slots=True)
class LessonRecord:
    """What is stored about one member and one lesson; `begun` tells whether anything is."""

    begun: bool = False
    read_at: datetime | None = None
    completed_at: datetime | None = None
    attempts: tuple[AttemptRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedAttempt:
    """An attempt that counts: the share of all marks, and since when; `whole` tells whether it was finished in time."""

    share: float
    points: float
    max_points: float
    passed: bool
    at: datetime
    answered: int
    whole: bool


@dataclass(frozen=True, slots=True)
class LessonOutcome:
    """How far a member is with a lesson; `counted` in the order in which the tries count.

    `passed` and `complete` tell whether they ever were, even too late to count. `result_due`: as far as these dates
    tell, a result is due that was not given yet.
    """

    state: OutcomeState
    late_days: int = 0
    done_at: datetime | None = None
    counted: tuple[CountedAttempt, ...] = ()
    passed: bool = False
    complete: bool = False
    result_due: bool = False

    @property
    def done(self) -> bool:
        """Tell whether the lesson is done, in time or late."""
        return self.state in (DONE, DONE_LATE)

    @property
    def best(self) -> CountedAttempt | None:
        """Return the attempt whose mark counts; of equal ones the first."""
        return max(self.counted, key=lambda attempt: attempt.share, default=None)

    @property
    def percent(self) -> int | None:
        """Return the mark in whole percent, None before the first attempt that counts."""
        return percent(self.best.points, self.best.max_points) if self.best else None


def counted_attempts(
    attempts: Iterable[AttemptRecord], dates: EffectiveDates, now: datetime, pass_marks: Mapping[str, int]
) -> tuple[CountedAttempt, ...]:
    """Return the attempts that count: those finished in time, once it has closed those open by then, first tries first.

    One that was begun and in which nothing was submitted by the close counts as none. `pass_marks` are in percent, by
    the kind of attempt.
    """
    main = [attempt for attempt in attempts if attempt.kind != MISSED and attempt.ungraded is None]
    finished = [_whole(attempt) for attempt in main if attempt.finished_at and dates.counts(attempt.finished_at)]
    cut = []
    if dates.has_closed(now):
        open_at_close = (one for one in main if not (one.finished_at and dates.counts(one.finished_at)))
        cut = [_cut(one, in_time, pass_marks[one.kind]) for one in open_at_close if (in_time := _in_time(one, dates))]
    in_order = sorted(finished, key=lambda one: one.at) + sorted(cut, key=lambda one: one.at)
    return tuple(in_order[: dates.tries])


def answers_at_close(attempts: Sequence[AttemptRecord], dates: EffectiveDates) -> tuple[int, int] | None:
    """Return how many answers of the newest attempt that was open at the close were in time, of how many questions.

    None where none was open then, or its result waits.
    """
    main = (attempt for attempt in attempts if attempt.kind != MISSED and attempt.ungraded is None)
    begun = [attempt for attempt in main if dates.counts(attempt.started_at)]
    cut = [attempt for attempt in begun if not (attempt.finished_at and dates.counts(attempt.finished_at))]
    return (len(_in_time(cut[-1], dates)), round(cut[-1].max_points)) if cut else None


def lesson_outcome(
    record: LessonRecord,
    dates: EffectiveDates | None,
    joined_at: datetime,
    now: datetime,
    pass_marks: Mapping[str, int],
) -> LessonOutcome:
    """Return how far a member is with a lesson; no dates: it is not asked of them."""
    if dates is None or not is_asked(dates, joined_at):
        return LessonOutcome(NOT_ASKED)
    counted = counted_attempts(record.attempts, dates, now, pass_marks)
    done_at = _done_at(record, counted, dates)
    result_due = any(attempt.ungraded for attempt in record.attempts) and not dates.results_wait(now)
    ever = (any(attempt.passed for attempt in record.attempts), record.completed_at is not None, result_due)
    if done_at is None:
        handed_in = any(attempt.is_handed_in(dates, now) for attempt in record.attempts)
        state = HANDED_IN if handed_in else BEGUN if record.begun else NOT_STARTED
        return LessonOutcome(state, 0, None, counted, *ever)
    late_days = dates.late_days(done_at)
    return LessonOutcome(DONE_LATE if late_days else DONE, late_days, done_at, counted, *ever)


def for_leaders(outcome: LessonOutcome, *, care: bool) -> LessonOutcome:
    """Return what leaders may see of it: of a care lesson only whether it was ever completed, without a date.

    Any number, time or kind would tell by which way somebody took it, or their age group. No date decides here, since
    leaders choose the dates: by trying one close after another they would find the minute.
    """
    if not care:
        return outcome
    if outcome.state == NOT_ASKED:
        return LessonOutcome(NOT_ASKED)
    return LessonOutcome(DONE if outcome.complete else NOT_DONE)


def _in_time(attempt: AttemptRecord, dates: EffectiveDates) -> tuple[SubmittedAnswer, ...]:
    return tuple(answer for answer in attempt.answers if dates.counts(answer.submitted_at))


def _whole(attempt: AttemptRecord) -> CountedAttempt:
    counted = _counted(attempt, attempt.points or 0.0, attempt.finished_at or attempt.started_at)
    return replace(counted, passed=bool(attempt.passed), whole=True)


def _cut(attempt: AttemptRecord, in_time: tuple[SubmittedAnswer, ...], pass_mark: int) -> CountedAttempt:
    points = round(sum(answer.points for answer in in_time), 9)
    counted = _counted(attempt, points, max(answer.submitted_at for answer in in_time))
    return replace(counted, passed=passes(points, attempt.max_points, pass_mark), answered=len(in_time))


def _counted(attempt: AttemptRecord, points: float, at: datetime) -> CountedAttempt:
    share = points / attempt.max_points if attempt.max_points else 0.0
    return CountedAttempt(share, points, attempt.max_points, False, at, round(attempt.max_points), False)


def _done_at(record: LessonRecord, counted: tuple[CountedAttempt, ...], dates: EffectiveDates) -> datetime | None:
    """Return since when the lesson is done for the assignment: complete, or passed by what came before the close."""
    if record.completed_at and dates.counts(record.completed_at):
        return record.completed_at
    if record.read_at is None or not dates.counts(record.read_at):
        return None
    passed = [max(attempt.at, record.read_at) for attempt in counted if attempt.passed]
    return min(passed, default=None)
