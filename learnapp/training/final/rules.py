"""Rules of finals: how long a form stays open, and when another one may be begun. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from learnapp.content.programs import FormKind
from learnapp.learning.models import ASIDE, FINISHED

AGAIN_AFTER = timedelta(hours=24)  # after a form was finished or set aside, by the server's clock
OPEN_FOR = timedelta(days=30)

FormStatus = Literal["open", "aside", "finished"]


@dataclass(frozen=True, slots=True)
class FinalAttempt:
    """A form that somebody was given, without its answers."""

    id: int
    kind: FormKind
    state: str
    item_ids: tuple[str, ...]
    started_at: datetime
    finished_at: datetime | None
    passed: bool | None

    @property
    def over_at(self) -> datetime:
        """Return the moment at which it is set aside if it is not finished before."""
        return self.started_at + OPEN_FOR

    def status(self, now: datetime) -> FormStatus:
        """Return whether it takes answers, was set aside without counting, or is finished."""
        if self.state == FINISHED:
            return "finished"
        return "aside" if self.state == ASIDE or is_over(self.started_at, now) else "open"

    @property
    def again_at(self) -> datetime:
        """Return from when on a further form may be begun, once this one has ended."""
        return (self.finished_at or self.over_at) + AGAIN_AFTER


def is_over(started_at: datetime, now: datetime) -> bool:
    """Tell whether a form that began at a moment takes no more answers for its age."""
    return now >= started_at + OPEN_FOR


def open_form(attempts: Sequence[FinalAttempt], now: datetime) -> FinalAttempt | None:
    """Return the form that takes answers, of attempts with the newest first."""
    return next((attempt for attempt in attempts if attempt.status(now) == "open"), None)


def asked_now(finals: Mapping[str, Sequence[FinalAttempt]], now: datetime) -> frozenset[str]:
    """Return the ids of the items that somebody's open forms ask, of whatever program."""
    current = (form for attempts in finals.values() if (form := open_form(attempts, now)) is not None)
    return frozenset(item_id for form in current for item_id in form.item_ids)


def waits_until(attempts: Sequence[FinalAttempt], now: datetime) -> datetime | None:
    """Return until when no further form may be begun, None where one may; of attempts with the newest first."""
    ended = [attempt.again_at for attempt in attempts[:1] if attempt.status(now) != "open"]
    return next((again_at for again_at in ended if again_at > now), None)


def last_pass(attempts: Sequence[FinalAttempt]) -> FinalAttempt | None:
    """Return the form that was passed last, of attempts with the newest first."""
    return next((attempt for attempt in attempts if attempt.passed), None)
