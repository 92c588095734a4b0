"""Screens of a quiz: the list of questions, the one in front or its feedback, the result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from flask import url_for

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.feedback import ItemFeedback, build_feedback, points_text
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.attempts.question import Question, build_question
from learnapp.learning.attempts.store import Sheet, Slot
from learnapp.learning.progress.rules import percent
from learnapp.quiz.behaviours import tries_left
from learnapp.quiz.certainty import Level, calibrate
from learnapp.quiz.item import Missing

END = "end"


@dataclass(frozen=True)
class Screen:
    """One look at an open attempt: a question to answer, a verdict, or (neither) the end before finishing.

    `newer` is the question as another window left it, where a save came too late.
    """

    sheet: Sheet
    lesson: Lesson | None
    slot: Slot | None
    question: Question | None
    verdict: ItemFeedback | None
    newer: Question | None = None

    @property
    def url(self) -> str:
        return url_for("attempts.attempt", attempt_id=self.sheet.head.id)

    @property
    def immediate(self) -> bool:
        """Tell whether answers are checked one by one."""
        return self.sheet.form.behaviour != "deferred"

    @property
    def talking(self) -> bool:
        """Tell whether the question is a conversation, where a reply is said and stands."""
        return self.slot is not None and self.slot.item.stepwise

    @property
    def done(self) -> tuple[bool, ...]:
        """Tell for each question whether nothing is left to do there."""
        return tuple(slot.state.submitted if self.immediate else slot.answered for slot in self.sheet.slots)

    @property
    def left(self) -> list[int]:
        """Return the numbers of the questions that are still to be done."""
        return [number for number, done in enumerate(self.done, 1) if not done]

    @property
    def next(self) -> int | None:
        """Return the next question, else the first one left to do; None when the end is next."""
        here = self.slot.number if self.slot else 0
        if here < len(self.sheet.slots):
            return here + 1
        return next((number for number in self.left if number != here), None)

    @property
    def retry(self) -> bool:
        """Tell whether the answer as it stands was tried and may be changed."""
        return bool(self.slot and self.slot.state.checked and not self.slot.state.submitted)

    @property
    def tries(self) -> int:
        """Return how often this question may still be tried."""
        return tries_left(self.sheet.form.behaviour, self.slot.state) if self.slot else 0


@dataclass(frozen=True)
class Result:
    """A finished attempt: its score in numbers and its verdicts.

    `closed`: nothing of the lesson is for the reader's age band any more.
    """

    sheet: Sheet
    lesson: Lesson | None
    verdicts: tuple[ItemFeedback, ...]
    closed: bool = False

    @property
    def left_out(self) -> int:
        """Return how many questions are not shown again, because they are beyond the reader's reach."""
        return len(self.sheet.slots) - len(self.verdicts)

    @property
    def to_practice(self) -> bool:
        """Tell whether something that was missed may be asked again."""
        return any(not verdict.right for verdict in self.verdicts)

    @property
    def points(self) -> str:
        return points_text(self.sheet.head.points or 0.0)

    @property
    def out_of(self) -> str:
        return points_text(self.sheet.head.max_points)

    @property
    def percent(self) -> int:
        return percent(self.sheet.head.points or 0.0, self.sheet.head.max_points)

    @cached_property
    def certainty(self) -> tuple[Level, ...]:
        """Return how sure the learner was beside how it went; empty where it was not asked or not told."""
        told = calibrate((slot.certainty, slot.state.points or 0.0) for slot in self.sheet.slots)
        return tuple(level for level in told if level.count)


def open_screen(
    catalog: Catalog,
    sheet: Sheet,
    number: int | None,
    access: AgeAccess,
    typed: Fields | None = None,
    missing: Iterable[Missing] = (),
    newer: Slot | None = None,
) -> Screen:
    """Return the screen of question `number` (None: the end), holding what was typed or what is stored."""
    lesson = catalog.lesson_by_key(sheet.head.lesson)
    if number is None:
        return Screen(sheet, lesson, None, None, None)
    slot = sheet.slot(number)
    if slot.feedback:
        return Screen(sheet, lesson, slot, None, build_feedback(catalog, slot, access))
    question = build_question(slot, typed, missing)
    return Screen(sheet, lesson, slot, question, None, build_question(newer) if newer else None)


def result(catalog: Catalog, sheet: Sheet, access: AgeAccess) -> Result:
    """Return the result of a finished attempt, with the verdicts that are within the reader's reach."""
    allowed = access.shown_items(sheet.head.lesson, sheet.form)
    verdicts = tuple(build_feedback(catalog, slot, access) for slot in sheet.slots if slot.item.id in allowed)
    closed = sheet.head.lesson in access.closed
    return Result(sheet, catalog.lesson_by_key(sheet.head.lesson), verdicts, closed)


def following(action: str, slot: Slot) -> int | None:
    """Return the question to show after an action: the same one, or the next (None: the end)."""
    deferred = slot.form.behaviour == "deferred"
    kept_only = action == "check" and deferred and not slot.item.goes_on(slot.state.response)
    if action != "later" and not kept_only:
        return slot.number
    return slot.number + 1 if slot.number < len(slot.head.item_ids) else None
