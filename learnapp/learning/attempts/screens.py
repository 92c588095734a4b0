"""Screens of a quiz: the list of questions, the one in front or its feedback, the result."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from flask import url_for
from flask_babel import gettext as _

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.feedback import ItemFeedback, build_feedback, points_text
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.attempts.question import Question, build_question
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem
from learnapp.learning.models import MISSED
from learnapp.learning.progress.rules import percent
from learnapp.quiz.behaviours import ItemState, tries_left
from learnapp.quiz.certainty import Level, calibrate
from learnapp.quiz.item import Missing

END = "end"


@dataclass(frozen=True)
class AttemptScreen:
    """One look at an open attempt: a question to answer, a verdict, or (neither) the end before finishing.

    `newer` is the question as another window left it, where a save came too late.
    """

    attempt: AttemptDetail
    lesson: Lesson | None
    attempt_item: AttemptItem | None = None
    question: Question | None = None
    item_feedback: ItemFeedback | None = None
    newer: Question | None = None

    @property
    def url(self) -> str:
        return url_for("attempts.attempt", attempt_id=self.attempt.summary.id)

    @property
    def immediate(self) -> bool:
        """Tell whether answers are checked one by one."""
        return self.attempt.quiz.behaviour != "deferred"

    @property
    def talking(self) -> bool:
        """Tell whether the question is a conversation, where a reply is said and stands."""
        return self.attempt_item is not None and self.attempt_item.item.stepwise

    @property
    def done(self) -> tuple[bool, ...]:
        """Tell for each question whether nothing is left to do there."""
        return tuple(one.state.submitted if self.immediate else one.answered for one in self.attempt.items)

    @property
    def left(self) -> list[int]:
        """Return the numbers of the questions that are still to be done."""
        return [number for number, done in enumerate(self.done, 1) if not done]

    @property
    def next(self) -> int | None:
        """Return the next question, else the first one left to do; None when the end is next."""
        here = self.attempt_item.number if self.attempt_item else 0
        if here < len(self.attempt.items):
            return here + 1
        return next((number for number in self.left if number != here), None)

    def state_words(self, attempt_item: AttemptItem) -> str:
        """Return how far a question in the list is, as it is read out after its number."""
        if self.attempt_item and self.attempt_item.number == attempt_item.number:
            words = _(", you are here")
        elif self.done[attempt_item.number - 1]:
            words = _(", answered")
        else:
            words = _(", begun") if attempt_item.answered else _(", not answered")
        return f"{words}{_(', flagged')}" if attempt_item.flagged else str(words)

    @property
    def retry(self) -> bool:
        """Tell whether the answer as it stands was tried and may be changed."""
        state = self.attempt_item.state if self.attempt_item else ItemState()
        return state.checked and not state.submitted

    @property
    def tries(self) -> int:
        """Return how often this question may still be tried."""
        return tries_left(self.attempt.quiz.behaviour, self.attempt_item.state) if self.attempt_item else 0


@dataclass(frozen=True)
class AttemptResult:
    """A finished attempt: its score in numbers and its verdicts.

    `closed`: nothing of the lesson is for the reader's age band any more.
    """

    attempt: AttemptDetail
    lesson: Lesson | None
    item_feedbacks: tuple[ItemFeedback, ...]
    closed: bool = False

    @property
    def left_out(self) -> int:
        """Return how many questions are not shown again, because they are beyond the reader's reach."""
        return len(self.attempt.items) - len(self.item_feedbacks)

    @property
    def practice(self) -> bool:
        """Tell whether it was a round with what was missed, which changes no result."""
        return self.attempt.summary.kind == MISSED

    def words(self, complete: bool) -> str:
        """Return what the score means; `complete` tells whether the lesson is done with it."""
        if self.practice:
            return str(_("That was practice. Your result for the lesson stays as it was."))
        if self.attempt.summary.passed:
            left = _("The lesson is done.") if complete else _("Reading the lesson is what is left.")
            return f"{_('%(percent)s%%: the quiz is passed.', percent=self.percent)} {left}"
        return str(
            _(
                "%(percent)s%%. The quiz is passed from %(mark)s%% on, and you can take it again as often as you like.",
                percent=self.percent,
                mark=self.attempt.quiz.pass_mark,
            )
        )

    @property
    def to_practice(self) -> bool:
        """Tell whether something that was missed may be asked again."""
        return any(not one.right for one in self.item_feedbacks)

    @property
    def points(self) -> str:
        return points_text(self.attempt.summary.points or 0.0)

    @property
    def out_of(self) -> str:
        return points_text(self.attempt.summary.max_points)

    @property
    def percent(self) -> int:
        return percent(self.attempt.summary.points or 0.0, self.attempt.summary.max_points)

    @cached_property
    def certainty(self) -> tuple[Level, ...]:
        """Return how sure the learner was beside how it went; empty where it was not asked or not told."""
        answers = ((one.certainty, one.state.points or 0.0) for one in self.attempt.items)
        return tuple(level for level in calibrate(answers) if level.count)


def open_screen(
    catalog: Catalog,
    attempt: AttemptDetail,
    number: int | None,
    access: AgeAccess,
    typed: Fields | None = None,
    missing: Iterable[Missing] = (),
    newer: AttemptItem | None = None,
) -> AttemptScreen:
    """Return the screen of question `number` (None: the end), holding what was typed or what is stored."""
    lesson = catalog.lesson_by_key(attempt.summary.lesson)
    if number is None:
        return AttemptScreen(attempt, lesson)
    attempt_item = attempt.item(number)
    if attempt_item.shows_feedback:
        item_feedback = build_feedback(catalog, attempt_item, access)
        return AttemptScreen(attempt, lesson, attempt_item, None, item_feedback)
    question, other = build_question(attempt_item, typed, missing), build_question(newer) if newer else None
    return AttemptScreen(attempt, lesson, attempt_item, question, None, other)


def result(catalog: Catalog, attempt: AttemptDetail, access: AgeAccess) -> AttemptResult:
    """Return the result of a finished attempt, with the verdicts that are within the reader's reach."""
    allowed = access.shown_items(attempt.summary.lesson, attempt.quiz)
    shown = [one for one in attempt.items if one.item.id in allowed]
    item_feedbacks = tuple(build_feedback(catalog, one, access) for one in shown)
    closed = attempt.summary.lesson in access.closed
    return AttemptResult(attempt, catalog.lesson_by_key(attempt.summary.lesson), item_feedbacks, closed)
