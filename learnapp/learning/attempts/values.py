"""Attempts as frozen values: the summary, one item with its answer, and the whole with its quiz."""

from dataclasses import dataclass, replace
from datetime import datetime

from learnapp.learning.errors import AttemptNotFound
from learnapp.learning.models import FINISHED, HANDED_IN, MISSED, OPEN
from learnapp.quiz.behaviours import Behaviour, ItemState, may_show_feedback
from learnapp.quiz.item import Item, Presentation
from learnapp.quiz.quiz import QuizVersion

FULL_MARKS = 1 - 1e-9


@dataclass(frozen=True, slots=True)
class AttemptSummary:
    """An attempt without its answers. `points` and `passed` are None until it is finished.

    `sealed`: a deferred attempt at the same quiz, this one or another, is not graded yet, so nothing of it is told.
    """

    id: int
    user_id: int
    lesson: str
    kind: str
    state: str
    deferred: bool
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
    sealed: bool = False

    @property
    def open(self) -> bool:
        """Tell whether it takes answers."""
        return self.state == OPEN

    @property
    def finished(self) -> bool:
        return self.state == FINISHED

    @property
    def handed_in(self) -> bool:
        """Tell whether it takes no more answers and waits to be graded."""
        return self.state == HANDED_IN

    @property
    def is_practice(self) -> bool:
        """Tell whether it asks only what was missed, so that its result does not count for the lesson."""
        return self.kind == MISSED


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Some of the finished attempts at a lesson, newest first: page `number` of `pages`, of `count` in all."""

    attempts: tuple[AttemptSummary, ...] = ()
    number: int = 1
    pages: int = 1
    count: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentedItem:
    """An item as one learner sees it, in an attempt, a review or a pretest.

    `lesson` is a lesson's key, `short` tells whether it is of the short version's quiz, `number` counts from 1, and
    `presentation` is the order of the item's parts, the same at every look.
    """

    lesson: str
    short: bool
    quiz: QuizVersion
    item: Item
    number: int
    state: ItemState
    certainty: int | None
    presentation: Presentation


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptItem(PresentedItem):
    """An item in its attempt, with what is kept about the answer.

    `behaviour` tells when answers are graded: that of the quiz, or deferred where results waited as the attempt began.
    """

    summary: AttemptSummary
    behaviour: Behaviour
    flagged: bool
    submitted_at: datetime | None
    saved_at: datetime | None

    @property
    def shows_feedback(self) -> bool:
        """Tell whether key, points and feedback may be shown to the learner now."""
        return not self.summary.sealed and may_show_feedback(self.behaviour, self.state, self.summary.finished)

    @property
    def shows_steps(self) -> bool:
        """Tell whether the steps of an answer that stand already may be explained, while others are to come.

        What was said in a conversation cannot be taken back, so its reasons give nothing away.
        """
        return self.item.stepwise and not self.summary.sealed and self.behaviour != "deferred"

    @property
    def save_token(self) -> str:
        """Name the item's newest save, as its page sends it back in the field `seen`; empty before the first."""
        return self.saved_at.isoformat() if self.saved_at else ""

    @property
    def answered(self) -> bool:
        """Tell whether an answer is stored, checked or not."""
        return self.state.response is not None


@dataclass(frozen=True)
class AttemptDetail:
    """A whole attempt: its summary, the quiz of its revision and its items in the order shown."""

    summary: AttemptSummary
    quiz: QuizVersion
    behaviour: Behaviour
    items: tuple[AttemptItem, ...]

    def item(self, number: int) -> AttemptItem:
        """Return the item shown as this number, from 1; raises AttemptNotFound for another number."""
        if not 1 <= number <= len(self.items):
            raise AttemptNotFound
        return self.items[number - 1]

    def without_answers(self) -> "AttemptDetail":
        """Return the attempt as if nothing had been answered: as a device keeps it."""
        blank = {"state": ItemState(), "certainty": None, "flagged": False, "submitted_at": None}
        return replace(self, items=tuple(replace(item, **blank) for item in self.items))  # type: ignore[arg-type]

    @property
    def missed(self) -> tuple[str, ...]:
        """Return the ids of the items without full marks; empty while the attempt is not finished."""
        if not self.summary.finished:
            return ()
        return tuple(graded.item.id for graded in self.items if (graded.state.points or 0) < FULL_MARKS)

    @property
    def resume_number(self) -> int:
        """Return where to go on: the item last worked on, or the next one that is still to be done."""
        ids = self.summary.item_ids
        at = ids.index(self.summary.current_item) if self.summary.current_item in ids else 0
        following = (*self.items[at:], *self.items[:at])
        return next(
            (attempt_item.number for attempt_item in following if not attempt_item.state.submitted), len(self.items)
        )
