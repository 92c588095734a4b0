"""A look ahead at a module: a few of its questions before reading, so that one reads with questions in mind.

Nothing is graded or stored, and no key is shown: the same questions come again in the lessons' quizzes. A
module with a strong lesson has none, since nobody is to meet such a thing unprepared. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Literal

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog, Lesson, Module
from learnapp.learning.attempts.values import FULL_MARKS, PresentedItem
from learnapp.learning.review.items import reviewable
from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.item import ItemResponse

MOST, LEAST = 6, 5


@dataclass(frozen=True, slots=True)
class Advice:
    """One lesson after the look ahead: how many of its questions were asked, answered and known."""

    lesson: Lesson
    asked: int
    answered: int
    known: int

    @property
    def state(self) -> Literal["left out", "new", "known"]:
        """Return what the answers say of the lesson; a question left out says nothing."""
        if not self.answered:
            return "left out"
        return "known" if self.known == self.answered else "new"


def pretest_items(catalog: Catalog, module: Module, access: AgeAccess) -> tuple[PresentedItem, ...]:
    """Return the questions to ask before a module, the lessons taking turns; none where it has none."""
    if any(one.sensitivity == "strong" or not access.can_open(one) for one in module.lessons):
        return ()
    known = reviewable(catalog)
    by_lesson = [
        [known[one.key, item.id] for item in one.quiz.items if (one.key, item.id) in known and item.by_choice]
        for one in module.lessons
    ]
    turns = [one for one in chain.from_iterable(zip_longest(*by_lesson)) if one is not None]
    order = {one.key: number for number, one in enumerate(module.lessons)}
    chosen = sorted(turns[:MOST], key=lambda one: order[one.lesson.key])
    if len(chosen) < LEAST:
        return ()
    return tuple(one.present(0, ItemState(), number=number) for number, one in enumerate(chosen, 1))


def advise(
    module: Module, presented_items: Sequence[PresentedItem], responses: Mapping[int, ItemResponse | None]
) -> tuple[Advice, ...]:
    """Return what may be new, lesson by lesson; `responses` by question number."""
    advice = []
    for lesson in module.lessons:
        asked = [one for one in presented_items if one.lesson == lesson.key]
        answers = [(one.item, responses.get(one.number)) for one in asked]
        points = [item.grade(response) for item, response in answers if response is not None]
        if asked:
            known = sum(one >= FULL_MARKS for one in points)
            advice.append(Advice(lesson, len(asked), len(points), known))
    return tuple(advice)
