"""Review items: the questions that are kept in mind, decided by the content alone. Pure.

A question comes to review unless it is a conversation (practice, not recall), belongs to an earlier lesson
(that one has cards of its own), or rests on a fact that is gated or never quizzed: by what it tests and by
what its feedback cites. The short quiz gives cards too: who took the short route is asked only what it told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import BaseModel

from learnapp.content.catalog import Catalog, Lesson
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import QuizForm

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A question to review, with its lesson and the quiz that it is from."""

    lesson: Lesson
    form: QuizForm
    item: Item
    short: bool

    def names(self) -> Iterator[Key]:
        """Yield the names that lead here: lesson key and item id, those of today last."""
        for lesson in (*self.lesson.was, self.lesson.key):
            yield from ((lesson, item) for item in (*self.item.was, self.item.id))


def reviewable(catalog: Catalog) -> Mapping[Key, ReviewItem]:
    """Return every question that review may ask, by lesson key and item id; kept for the catalog in use.

    Former names lead to it, too: an attempt keeps the ids of the quiz as it was asked.
    """
    global _kept
    if _kept is None or _kept[0] is not catalog:
        _kept = (catalog, {name: one for one in _review_items(catalog) for name in one.names()})
    return _kept[1]


def cited(item: Item) -> frozenset[str]:
    """Return every fact that an item tests or that its feedback rests on."""
    found = set(item.facts)
    pieces: list[BaseModel] = [item]
    while pieces:
        for name, value in pieces.pop():
            if name == "see" and value is not None:
                found.add(value)
            inner = value if isinstance(value, tuple) else (value,)
            pieces.extend(one for one in inner if isinstance(one, BaseModel))
    return frozenset(found)


def _review_items(catalog: Catalog) -> Iterator[ReviewItem]:
    gated = {fact for lesson in catalog.lessons.values() for fact in lesson.gated}

    def open_to_all(fact: str) -> bool:
        known = catalog.facts.get(fact)
        return known is not None and known.quizzable and fact not in gated

    for lesson in catalog.lessons.values():
        for form in lesson.forms:
            for item in form.items:
                fits = not item.stepwise and not item.review
                if fits and all(map(open_to_all, cited(item))):
                    yield ReviewItem(lesson, form, item, short=form is lesson.short_quiz)


_kept: tuple[Catalog, Mapping[Key, ReviewItem]] | None = None
