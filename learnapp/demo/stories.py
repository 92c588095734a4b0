"""Stories of made-up students: how far each has come, and what sets some of them apart on the board. Pure.

A class is asked its lessons in order. Each story is written for one thing that teachers meet; the others of a class
are drawn by chance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

# What the main class is asked, with the days from now to publication and due day.
ASKED = (("cut-off", -41, -27), ("daily-limits", -24, -5), ("fear", -4, 9))
# A lesson of the main class whose results come later, and the days from now to publication and close.
LATER = ("one-story/an-ideology-is-built", -2, 3)
SOON = (("cut-off", -5, 2),)
LAST_TERM = (("cut-off", -41, -30),)
DUE_LAST = 1  # of what is asked, the last that was due
STUDENTS = 30


@dataclass(frozen=True, slots=True)
class Story:
    """What one student has done: `reach` lessons, then finished tries at the next one, by their share of the marks.

    `opened`: they read the next one and left its quiz half done. `active`: how many days ago that was. `late`: days
    by which the lesson done last was late. `asked`, `handled`: days since they asked for help, and since their teacher
    handled it. `own_due`: days from now to a due day of their own. All but `reach` concern the module due last.
    """

    reach: int
    tries: tuple[float, ...] = ()
    opened: bool = False
    active: int = 1
    late: int = 0
    asked: int | None = None
    handled: int | None = None
    standing_days: int = 0
    own_due: int | None = None
    excused: bool = False
    short: bool = False
    name: str | None = None


# Lessons done before the module that was due last, before its lesson that is hard to bear, after that, and after all.
FIRST, CARE, AFTER_CARE, ALL_DUE = 3, 4, 5, 8
STORIES = {
    "in the middle of it": Story(AFTER_CARE + 1, opened=True, name="Ben"),
    "low marks after two tries": Story(AFTER_CARE, tries=(0.3, 0.5)),
    "not passed after three tries": Story(AFTER_CARE, tries=(0.5, 0.65, 0.65)),
    "overdue and not here": Story(AFTER_CARE),
    "care lesson not done": Story(CARE, opened=True),
    "asked": Story(ALL_DUE, asked=1),
    "handled": Story(AFTER_CARE, handled=1),
    "handled, and new evidence": Story(AFTER_CARE, asked=5, handled=3, tries=(0.3, 0.3)),
    "more time": Story(AFTER_CARE, own_due=4),
    "excused": Story(FIRST, excused=True),
    "standing days": Story(ALL_DUE, late=2, standing_days=3),
    "late": Story(ALL_DUE, late=2),
    "early": Story(ALL_DUE + 1, short=True),
}


def main_stories(rng: Random) -> list[Story]:
    """Return the stories of the main class, those that are written first."""
    reached = rng.choices((ALL_DUE, ALL_DUE + 1, ALL_DUE + 2), (6, 2, 1), k=STUDENTS - len(STORIES))
    return [*STORIES.values(), *(Story(reach, short=rng.random() < 0.2) for reach in reached)]


def one_module(rng: Random, *, over: bool) -> list[Story]:
    """Return the stories of a class that is asked one module of three lessons; where it is over most have done all."""
    reached = rng.choices(range(4), (1, 1, 2, 12) if over else (9, 8, 7, 6), k=STUDENTS)
    return [Story(reach, opened=not over and reach < 3 and rng.random() < 0.4) for reach in reached]


def first_share(rng: Random) -> Sequence[float]:
    """Return the shares of the marks of somebody who passes a quiz: most at once, some at the second try."""
    return (0.5, 0.8) if rng.random() < 0.25 else (rng.choice((0.7, 0.8, 1.0)),)
