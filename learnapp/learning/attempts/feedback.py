"""Feedback on an item as a page shows it after submission: every answer with its verdict, reason and link.

Call `build_feedback` only where `presented_item.shows_feedback` allows it.
"""

from dataclasses import dataclass
from typing import Literal

from flask import url_for
from flask_babel import gettext as _

from learnapp.content.ages import AgeAccess
from learnapp.content.blocks import VoiceNote, groups_in
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.question import plain, translated
from learnapp.learning.attempts.values import PresentedItem
from learnapp.quiz.display import Explanation, Message

Look = Literal["right", "wrong", "plain"]


@dataclass(frozen=True, slots=True)
class Row:
    """One option or part with its looks, what was filled in if that was wrong, and the address and words of a link."""

    explanation: Explanation
    look: Look
    given: str
    link: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class ItemFeedback:
    """What is said of an answered question: how it went in words, its rows, and the voices it rests on."""

    presented_item: PresentedItem
    right: bool
    words: str
    rows: tuple[Row, ...]
    notes: tuple[VoiceNote, ...]


def build_feedback(catalog: Catalog, presented_item: PresentedItem, access: AgeAccess) -> ItemFeedback:
    """Return the feedback on a submitted answer, in the order shown; its links lead to what the age band may see."""
    lesson, item = catalog.lesson_by_key(presented_item.lesson), presented_item.item
    rows = []
    for explanation in item.explain(presented_item.state.response, presented_item.presentation):
        link = _link(catalog, lesson, explanation, access, presented_item.short) if lesson else None
        rows.append(Row(explanation, _look(explanation), _given(explanation), link))
    notes = _notes(lesson, item.facts[0]) if lesson else ()
    points = presented_item.state.points or 0.0
    return ItemFeedback(presented_item, points >= 1, _words(presented_item, points), tuple(rows), notes)


def points_text(points: float) -> str:
    """Return marks as readers expect them: 5, 4.5, 0.67."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _look(explanation: Explanation) -> Look:
    if explanation.verdict == "right":
        return "right"
    return "wrong" if explanation.chosen and explanation.verdict == "wrong" else "plain"


def _given(explanation: Explanation) -> str:
    if explanation.verdict != "wrong":
        return ""
    if isinstance(explanation.given, Message):
        return translated(explanation.given)
    return _("Your answer: %(words)s", words=plain(explanation.given)) if explanation.given else ""


def _words(presented_item: PresentedItem, points: float) -> str:
    if presented_item.item.outcome is not None:
        return translated(presented_item.item.outcome)
    if points >= 1:
        return _("That is right.")
    if presented_item.state.response is None:
        return _("Not answered.")
    return _("Partly right.") if points > 0 else _("Not quite.")


def _link(
    catalog: Catalog, lesson: Lesson, explanation: Explanation, access: AgeAccess, short: bool
) -> tuple[str, str] | None:
    found = catalog.paragraph_of(explanation.fact, lesson, short=short, shown=access.can_show)
    if found is None:
        return None
    taught, anchor, number = found
    href = url_for("lessons.lesson", module=taught.module, lesson=taught.slug, _anchor=anchor)
    if taught.key != lesson.key:
        return href, _("Read paragraph %(number)s of “%(title)s”", number=number, title=taught.title)
    if explanation.verdict == "right":
        return href, _("See where it says so, paragraph %(number)s", number=number)
    return href, _("Read paragraph %(number)s again", number=number)


def _notes(lesson: Lesson, fact: str) -> tuple[VoiceNote, ...]:
    """Return the margin notes of the paragraph that teaches a fact, as the lesson shows them."""
    groups = (group for group, _card in groups_in(lesson.blocks))
    return next((group.notes for group in groups if any(fact in paragraph.facts for paragraph in group.items)), ())
