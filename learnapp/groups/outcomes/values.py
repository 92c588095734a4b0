"""Outcomes as frozen values: what a member has done of all that is asked, and how many have done an assignment."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from learnapp.groups.assignments.dates import EffectiveDates
from learnapp.groups.outcomes.counting import LessonOutcome
from learnapp.groups.values import Member


@dataclass(frozen=True)
class MemberWork:
    """What a member has done of all that is asked of them, by lesson's key."""

    member: Member
    last_active_at: datetime | None
    dates: Mapping[str, EffectiveDates]
    outcomes: Mapping[str, LessonOutcome]

    @property
    def result_due(self) -> bool:
        """Tell whether a result is due that was not given yet."""
        return any(outcome.result_due for outcome in self.outcomes.values())


@dataclass(frozen=True, slots=True)
class DoneCount:
    """How many members have done an assignment, of how many of whom it is asked."""

    done: int = 0
    asked: int = 0
