"""What an age band opens. Pure: the ages are the lesson's, the band is what readers say of themselves.

A band is named by the youngest age in it. Who has told none gets what the youngest get, and is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from learnapp.content.catalog import Ages, Lesson
from learnapp.quiz.items import Item
from learnapp.quiz.quiz import QuizForm

Access = Literal["whole", "core", "ask", "closed"]

YOUNGEST, ADULT = 12, 18


def access(ages: Ages, band: int | None) -> Access:
    """Return how much of a lesson a band opens.

    whole; core: all but its gated cards; ask: nothing before the reader has told a band; closed: nothing.
    That a leader may release a core opens nothing by itself.
    """
    age = YOUNGEST if band is None else band
    if age >= ages.full:
        return "whole"
    if ages.core is not None and age >= ages.core:
        return "core"
    return "ask" if band is None else "closed"


@dataclass(frozen=True, slots=True)
class Reach:
    """How far into the course a band goes.

    `withheld` are the facts that are neither shown nor asked, `closed` the keys of lessons
    of which nothing is.
    """

    band: int | None
    withheld: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()

    def access(self, lesson: Lesson) -> Access:
        """Return how much of this lesson is open."""
        return access(lesson.age, self.band)

    def opens(self, lesson: Lesson) -> bool:
        """Tell whether the lesson may be read, with or without its gated cards."""
        return self.access(lesson) in ("whole", "core")

    def shows(self, lesson: Lesson, gated: bool) -> bool:
        """Tell whether a part of this lesson is sent: a gated card, or what stands outside of one."""
        return self.access(lesson) == "whole" if gated else self.opens(lesson)

    def items(self, form: QuizForm) -> tuple[Item, ...]:
        """Return the items of a quiz that may be asked and shown."""
        return tuple(item for item in form.items if self.withheld.isdisjoint(item.facts))

    def allowed(self, lesson: str, form: QuizForm) -> frozenset[str]:
        """Return which items of an attempt at this lesson may be asked and shown; the lesson is a key."""
        return frozenset(() if lesson in self.closed else (item.id for item in self.items(form)))

    def holds(self, lesson: str, form: QuizForm, item_ids: Iterable[str]) -> bool:
        """Tell whether all of these items of an attempt at this lesson may be asked and shown."""
        return self.allowed(lesson, form).issuperset(item_ids)

    def questions(self, form: QuizForm) -> int:
        """Return how many of them one go at the quiz asks."""
        return min(len(self.items(form)), form.count or len(form.items))


EVERYTHING = Reach(ADULT)


def reach(lessons: Iterable[Lesson], band: int | None) -> Reach:
    """Return a band's reach into these lessons, which are all that there are."""
    found = Reach(band)
    gates = [one for one in lessons if found.access(one) != "whole"]
    withheld = frozenset(fact for one in gates for fact in one.gated)
    return Reach(band, withheld, frozenset(one.key for one in gates if not found.opens(one)))
