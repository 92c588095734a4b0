"""A look ahead at a module: a few of its questions before reading, so that one reads with questions in mind.

Nothing is graded, and no key is shown: the same questions come again in the lessons' quizzes. Each counts once,
since whoever may answer again and again can try until it is right. A module with a strong lesson has none, since
nobody is to meet such a thing unprepared. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Literal

from learnapp.config.derived_keys import seed_from
from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog, Lesson, Module
from learnapp.content.closed_cards import quiz_access
from learnapp.learning.attempts.values import FULL_MARKS, PresentedItem
from learnapp.learning.review.items import ReviewItem, reviewable
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


def choose_items(catalog: Catalog, module: Module, access: AgeAccess) -> tuple[ReviewItem, ...]:
    """Return the questions to ask before a module, the lessons taking turns; none where it has none."""
    if any(lesson.sensitivity == "strong" or not access.can_open(lesson) for lesson in module.lessons):
        return ()
    review_items, keys = reviewable(catalog), [lesson.key for lesson in module.lessons]
    by_lesson = [
        [
            review_items[key, item.id]
            for item in quiz_access(access, lesson, None).items(lesson.quiz)
            if (key, item.id) in review_items and item.by_choice
        ]
        for key, lesson in zip(keys, module.lessons, strict=True)
    ]
    turns = [item for item in chain.from_iterable(zip_longest(*by_lesson)) if item is not None]
    chosen = sorted(turns[:MOST], key=lambda item: keys.index(item.lesson.key))
    return tuple(chosen) if len(chosen) >= LEAST else ()


def pretest_items(catalog: Catalog, module: Module, access: AgeAccess, key: bytes) -> tuple[PresentedItem, ...]:
    """Return the chosen questions as they are shown, all their parts in an order that `key` decides.

    A seed that anybody knows would tell the order of the file.
    """
    seed, chosen = seed_from(key, module.slug), choose_items(catalog, module, access)
    return tuple(item.present(seed, ItemState(), number=number) for number, item in enumerate(chosen, 1))


def is_known(presented_item: PresentedItem, response: ItemResponse) -> bool:
    """Tell whether an answer earns full marks."""
    return presented_item.item.grade(response) >= FULL_MARKS


def advise(module: Module, presented_items: Sequence[PresentedItem], known: Mapping[int, bool]) -> tuple[Advice, ...]:
    """Return what may be new, lesson by lesson; `known` tells it of the questions answered, by their numbers."""
    advice = []
    for lesson in module.lessons:
        numbers = [presented.number for presented in presented_items if presented.lesson == lesson.key]
        answers = [known[number] for number in numbers if number in known]
        if numbers:
            advice.append(Advice(lesson, len(numbers), len(answers), sum(answers)))
    return tuple(advice)
