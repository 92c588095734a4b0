"""Rules of readiness: what makes somebody ready on a day, and what of it is missing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.overview.review import FRESH

Part = Literal["program", "final", "certificate", "updates", "review"]
PartState = Literal["yes", "soon", "no"]
Standing = Literal["ready", "nearly", "not_yet"]
PARTS: tuple[Part, ...] = ("program", "final", "certificate", "updates", "review")

SOON_MINUTES = 60  # what takes no longer is nearly done


@dataclass(frozen=True, slots=True)
class ReadinessFacts:
    """What is stored of somebody in a program, as it bears on a day and the moment at which an event begins.

    `minutes_left` are those of lessons and conversations, `final_next` tells that the final can be taken or goes on,
    `certificate_next` that one can be claimed or renewed in time. `questions` are those that come back to them, `known`
    is the predicted recall on the day, from 0 to 1, `review_minutes` how long it takes just before to bring it up.
    """

    day: date
    moment: datetime
    lessons_left: int = 0
    conversations_left: int = 0
    minutes_left: int = 0
    passed: bool = True
    final_next: bool = False
    certificate: IssuedCertificate | None = None
    certificate_next: bool = False
    updates_left: int = 0
    questions: int = 1
    known: float = 1.0
    review_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Readiness:
    """How somebody stands for a day: ready where every part is there, nearly where what is missing is done soon."""

    facts: ReadinessFacts
    parts: Mapping[Part, PartState]

    @property
    def standing(self) -> Standing:
        """Return whether they are ready, nearly ready or not yet."""
        states = set(self.parts.values())
        if states == {"yes"}:
            return "ready"
        return "not_yet" if "no" in states else "nearly"

    @property
    def missing(self) -> tuple[Part, ...]:
        """Return the parts that are not there, in order."""
        return tuple(part for part in PARTS if self.parts[part] != "yes")


def readiness(facts: ReadinessFacts) -> Readiness:
    """Return how somebody stands for a day; nothing of it is stored."""
    program = _state(not facts.lessons_left + facts.conversations_left, soon=facts.minutes_left <= SOON_MINUTES)
    parts: dict[Part, PartState] = {
        "program": program,
        "final": _state(facts.passed, soon=facts.final_next),
        "certificate": _state(_is_valid(facts), soon=facts.certificate_next),
        "updates": _state(not facts.updates_left, soon=True),
        "review": _state(facts.known >= FRESH, soon=facts.review_minutes <= SOON_MINUTES),
    }
    return Readiness(facts, parts)


def _is_valid(facts: ReadinessFacts) -> bool:
    return facts.certificate is not None and facts.certificate.status(facts.moment) == "valid"


def _state(there: bool, *, soon: bool) -> PartState:
    return "yes" if there else "soon" if soon else "no"
