"""Review items: the questions that are kept in mind, decided by the content alone. Pure.

A question comes to review unless it is a conversation (practice, not recall), belongs to an earlier lesson
(that one has cards of its own), works with pieces of evidence that lie beside it in its quiz, or rests on a
fact that is gated or never quizzed: by what it tests and by what its feedback cites. The short quiz gives
cards too: who took the short route is asked only what it told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.values import PresentedItem
from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import QuizVersion

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A question to review, with its lesson and the quiz that it is from."""

    lesson: Lesson
    quiz: QuizVersion
    item: Item
    short: bool

    def present(self, seed: int, state: ItemState, *, number: int = 1, certainty: int | None = None) -> PresentedItem:
        """Return the question as it is shown, its parts in the order of this seed."""
        return PresentedItem(
            lesson=self.lesson.key,
            short=self.short,
            quiz=self.quiz,
            item=self.item,
            number=number,
            state=state,
            certainty=certainty,
            presentation=self.item.present(self.quiz.revision, seed),
        )

    def names(self) -> Iterator[Key]:
        """Yield the names that lead here: lesson key and item id, those of today last."""
        for lesson in (*self.lesson.was, self.lesson.key):
            yield from ((lesson, item) for item in (*self.item.was, self.item.id))


@lru_cache(maxsize=1)
def reviewable(catalog: Catalog) -> Mapping[Key, ReviewItem]:
    """Return every question that review may ask, by lesson key and item id, former ones too; once for a catalog."""
    return {name: found for found in _review_items(catalog) for name in found.names()}


def cited(item: Item) -> frozenset[str]:
    """Return every fact that an item tests or that its feedback rests on."""
    return frozenset((*item.facts, *(explanation.fact for explanation in item.answer_key())))


def _review_items(catalog: Catalog) -> Iterator[ReviewItem]:
    quizzable = {name for name, fact in catalog.facts.items() if fact.quizzable}
    open_to_all = quizzable.difference(*(lesson.gated for lesson in catalog.lessons.values()))
    for lesson in catalog.lessons.values():
        for quiz in lesson.quizzes:
            for item in quiz.items:
                if not (item.stepwise or item.review or item.pieces) and cited(item) <= open_to_all:
                    yield ReviewItem(lesson, quiz, item, short=quiz is lesson.short_quiz)
