"""Feedback on an item as a page shows it after submission: every answer with its verdict, reason and link.

Call `build_feedback` only where `presented_item.shows_feedback` allows it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.content.ages import AgeAccess
from learnapp.content.blocks import VoiceNote, groups_in
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.question import plain, translated
from learnapp.learning.attempts.values import AttemptItem, PresentedItem
from learnapp.quiz.display import Explanation, Message, Words

Look = Literal["right", "wrong", "plain"]


@dataclass(frozen=True, slots=True)
class Row:
    """One option or part with its looks, what was filled in if that was wrong, and the address and words of a link."""

    explanation: Explanation
    look: Look
    given: str
    link: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong together: what was chosen or is right, and what was neither and stays folded.

    A conversation folds every reply that was not given.
    """

    heading: Words
    rows: tuple[Row, ...]
    folded: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ItemFeedback:
    """What is said of an answered question: how it went in words, its parts, and the voices it rests on."""

    presented_item: PresentedItem
    right: bool
    words: str
    parts: tuple[Part, ...]
    notes: tuple[VoiceNote, ...]


def build_feedback(catalog: Catalog, presented_item: PresentedItem, access: AgeAccess) -> ItemFeedback:
    """Return the feedback on a submitted answer, in the order shown; its links lead to what the age band may see."""
    lesson, item = catalog.lesson_by_key(presented_item.lesson), presented_item.item
    explanations = tuple(item.explain(presented_item.state.response, presented_item.presentation))
    parts = _parts(catalog, presented_item, access, explanations)
    notes = _notes(lesson, item.facts[0]) if lesson else ()
    points = presented_item.state.points or 0.0
    return ItemFeedback(presented_item, points >= 1, _words(presented_item, points, explanations), parts, notes)


def build_steps(catalog: Catalog, attempt_item: AttemptItem, access: AgeAccess) -> tuple[Part, ...]:
    """Return the feedback on the steps of an answer that stand, while it goes on; none where it has to wait."""
    if not attempt_item.shows_steps:
        return ()
    response = attempt_item.state.response
    taken = attempt_item.item.steps_taken(response)
    explanations = attempt_item.item.explain(response, attempt_item.presentation)
    return _parts(catalog, attempt_item, access, (one for one in explanations if one.part < taken))


def points_text(points: float) -> str:
    """Return marks as readers expect them: 5, 4.5, 0.67."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def _look(explanation: Explanation) -> Look:
    if explanation.verdict == "right":
        return "right"
    return "wrong" if (explanation.chosen or explanation.given) and explanation.verdict == "wrong" else "plain"


def _given(explanation: Explanation) -> str:
    if explanation.verdict != "wrong":
        return ""
    if isinstance(explanation.given, Message):
        return translated(explanation.given)
    return _("Your answer: %(words)s", words=plain(explanation.given)) if explanation.given else ""


def _parts(
    catalog: Catalog, presented_item: PresentedItem, access: AgeAccess, explanations: Iterable[Explanation]
) -> tuple[Part, ...]:
    lesson, stepwise = catalog.lesson_by_key(presented_item.lesson), presented_item.item.stepwise

    def row(one: Explanation) -> Row:
        link = _link(catalog, lesson, one, access, presented_item.short)
        return Row(one, _look(one), _given(one), link)

    def part(found: list[Explanation]) -> Part:
        chosen = [one for one in found if one.chosen]
        right = [one for one in found if not one.chosen and (one.label or one.verdict == "right") and not stepwise]
        folded = [one for one in found if one not in chosen and one not in right]
        return Part(found[0].heading, tuple(map(row, chosen + right)), tuple(map(row, folded)))

    return tuple(part(list(found)) for _number, found in groupby(explanations, attrgetter("part")))


def _words(presented_item: PresentedItem, points: float, explanations: Sequence[Explanation]) -> str:
    """Return the verdict in one sentence."""
    if presented_item.state.response is None:
        return _("Not answered.")
    if presented_item.item.stepwise:
        return _conversation_words([one for one in explanations if one.chosen])
    if points >= 1:
        return _("That is right.")
    labelled = [one for one in explanations if one.label]
    right = sum(one.verdict == "right" for one in labelled)
    if right and len(labelled) > 1:
        return _("%(right)s of %(total)s are right.", right=right, total=len(labelled))
    return _("Partly right.") if points > 0 else _("Not quite.")


def _conversation_words(replies: Sequence[Explanation]) -> str:
    good = sum(reply.verdict == "right" for reply in replies)
    if good == len(replies):
        return ngettext("Your reply worked well.", "All your replies worked well.", good)
    if good:
        return ngettext(
            "%(num)s of your %(total)s replies worked well.",
            "%(num)s of your %(total)s replies worked well.",
            good,
            total=len(replies),
        )
    return ngettext("There is a reply that works better.", "There are replies that work better.", len(replies))


def _link(
    catalog: Catalog, lesson: Lesson | None, explanation: Explanation, access: AgeAccess, short: bool
) -> tuple[str, str] | None:
    found = catalog.paragraph_of(explanation.fact, lesson, short=short, shown=access.can_show)
    if found is None:
        return None
    taught, anchor, number = found
    href = url_for("lessons.lesson", module=taught.module, lesson=taught.slug, _anchor=anchor)
    if lesson is None or taught.key != lesson.key:
        return href, _("Read paragraph %(number)s of “%(title)s”", number=number, title=taught.title)
    if explanation.verdict == "right":
        return href, _("See where it says so, paragraph %(number)s", number=number)
    return href, _("Read paragraph %(number)s again", number=number)


def _notes(lesson: Lesson, fact: str) -> tuple[VoiceNote, ...]:
    """Return the margin notes of the paragraph that teaches a fact, as the lesson shows them."""
    groups = (group for group, _card in groups_in(lesson.blocks))
    return next((group.notes for group in groups if any(fact in paragraph.facts for paragraph in group.items)), ())
