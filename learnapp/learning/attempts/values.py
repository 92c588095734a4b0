"""An attempt as pages see it: frozen, with its pinned quiz and what may be told about each answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from learnapp.learning.errors import AttemptNotFound
from learnapp.learning.models import FINISHED, MISSED, OPEN
from learnapp.quiz.behaviours import ItemState, may_show_feedback
from learnapp.quiz.item import Item, Presentation
from learnapp.quiz.quiz import QuizForm

FULL_MARKS = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class Head:
    """An attempt without its answers. `points` and `passed` are None until it is finished."""

    id: int
    user_id: int
    lesson: str
    kind: str
    state: str
    revision: str
    item_ids: tuple[str, ...]
    seed: int
    seq: int
    last_save: str | None
    current_item: str | None
    started_at: datetime
    saved_at: datetime
    finished_at: datetime | None
    points: float | None
    max_points: float
    passed: bool | None

    @property
    def open(self) -> bool:
        """Tell whether it takes answers."""
        return self.state == OPEN

    @property
    def finished(self) -> bool:
        return self.state == FINISHED

    @property
    def counts(self) -> bool:
        """Tell whether its result counts for the lesson; practising what was missed does not."""
        return self.kind != MISSED


@dataclass(frozen=True, slots=True)
class Slot:
    """One item in its attempt: what is shown, what was answered, what may be told about it.

    `number` counts from 1 in the order shown.
    `presentation` is the order in which this learner sees the item's parts, the same at every look.
    """

    head: Head
    form: QuizForm
    item: Item
    number: int
    state: ItemState
    flagged: bool
    certainty: int | None
    submitted_at: datetime | None
    saved_at: datetime | None
    presentation: Presentation

    @property
    def feedback(self) -> bool:
        """Tell whether key, points and feedback may be shown to the learner now."""
        return may_show_feedback(self.form.behaviour, self.state, self.head.finished)

    @property
    def answered(self) -> bool:
        """Tell whether an answer is stored, checked or not."""
        return self.state.response is not None


@dataclass(frozen=True)
class Sheet:
    """A whole attempt: its head, its pinned quiz and one slot an item in the order shown."""

    head: Head
    form: QuizForm
    slots: tuple[Slot, ...]

    def slot(self, number: int) -> Slot:
        """Return the item shown as this number, from 1; raises AttemptNotFound for another number."""
        if not 1 <= number <= len(self.slots):
            raise AttemptNotFound
        return self.slots[number - 1]

    @cached_property
    def answered(self) -> int:
        return sum(slot.answered for slot in self.slots)

    @cached_property
    def submitted(self) -> int:
        return sum(slot.state.submitted for slot in self.slots)

    @cached_property
    def missed(self) -> tuple[str, ...]:
        """Return the ids of the items without full marks; empty while the attempt is not finished."""
        if not self.head.finished:
            return ()
        return tuple(slot.item.id for slot in self.slots if (slot.state.points or 0) < FULL_MARKS)

    @cached_property
    def resume_number(self) -> int:
        """Return where to go on: the item last worked on, or the next one that is still to be done."""
        ids = self.head.item_ids
        at = ids.index(self.head.current_item) if self.head.current_item in ids else 0
        ahead = [slot for slot in (*self.slots[at:], *self.slots[:at]) if not slot.state.submitted]
        return ahead[0].number if ahead else len(self.slots)
