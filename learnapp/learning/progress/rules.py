"""Progress rules: how far someone is in one lesson, and how that grows. Pure: rows come in, rows go out.

A lesson is complete when it was read, by whichever route, and a quiz of it passed, the main one or the short
one. Nothing that was reached is ever taken back: the first date stays, the best score stays.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import floor

ROUTES = ("all", "closed", "short")  # closed: strong cards stay closed
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class LessonState:
    """What is stored about one learner and one lesson; all empty before the first visit."""

    place: str | None = None
    place_at: datetime | None = None
    read_at: datetime | None = None
    route: str | None = None
    passed_at: datetime | None = None
    completed_at: datetime | None = None
    best_points: float | None = None
    best_max: float | None = None

    @property
    def begun(self) -> bool:
        """Tell whether anything is known about this lesson yet."""
        return self != LessonState()

    @property
    def percent(self) -> int | None:
        """Return the best score in whole percent, or None before the first result."""
        return None if self.best_points is None else percent(self.best_points, self.best_max or 0)

    @property
    def best_share(self) -> float:
        """Return the best score as a share of the marks, less than 0 before the first result."""
        return self.best_points / self.best_max if self.best_points is not None and self.best_max else -1.0


def percent(points: float, out_of: float) -> int:
    """Return the share in whole percent, rounded down so that no mark is shown that was not reached."""
    if out_of <= 0:
        return 0
    return min(100, max(0, floor(100 * points / out_of + 1e-6)))


def passes(points: float, out_of: float, pass_mark: int) -> bool:
    """Tell whether the result reaches the mark, in percent; thirds add up to what they should."""
    return out_of > 0 and 100 * points / out_of + 1e-6 >= pass_mark


def after_reading(state: LessonState, now: datetime) -> LessonState:
    """Note that the lesson was read, and complete it if its quiz was passed before."""
    if state.read_at is not None:
        return state
    return _completed(replace(state, read_at=now))


def after_result(state: LessonState, points: float, out_of: float, passed: bool, now: datetime) -> LessonState:
    """Keep the better score and the first pass, and complete the lesson if it was read."""
    result = LessonState(best_points=points, best_max=out_of)
    best = max(state, result, key=lambda state: state.best_share)  # of two equal shares the one first reached stays
    passed_at = state.passed_at or (now if passed else None)
    return _completed(replace(state, best_points=best.best_points, best_max=best.best_max, passed_at=passed_at))


def merge_states(mine: LessonState, other: LessonState) -> LessonState:
    """Unite two states of one person: earliest dates, best score, newest place; my route decides."""
    newer = max(mine, other, key=lambda state: state.place_at or LONG_AGO)
    best = max(mine, other, key=lambda state: state.best_share)
    united = LessonState(
        place=newer.place,
        place_at=newer.place_at,
        read_at=_first(mine.read_at, other.read_at),
        route=mine.route or other.route,
        passed_at=_first(mine.passed_at, other.passed_at),
        completed_at=_first(mine.completed_at, other.completed_at),
        best_points=best.best_points,
        best_max=best.best_max,
    )
    return _completed(united)  # read as a guest and passed with the account


def state_until(state: LessonState, moment: datetime) -> LessonState:
    """Return a state without what was reached after a moment; of scores no dates are stored."""
    reached = ("place_at", "read_at", "passed_at", "completed_at")
    later = {name: None for name in reached if (at := getattr(state, name)) is not None and at > moment}
    return replace(state, **later) if later else state


def _completed(state: LessonState) -> LessonState:
    """Complete the lesson where both is done, since the later of the two: a result may be told long after its quiz."""
    if state.completed_at is None and state.read_at is not None and state.passed_at is not None:
        return replace(state, completed_at=max(state.read_at, state.passed_at))
    return state


def _first(one: datetime | None, two: datetime | None) -> datetime | None:
    return min(filter(None, (one, two)), default=None)
