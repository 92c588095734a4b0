"""Screens of a quiz: the list of questions, the one in front or its feedback, the result."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.feedback import ItemFeedback, build_feedback
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.attempts.question import Question, build_question
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem
from learnapp.learning.errors import TooManyAttempts
from learnapp.learning.progress.rules import percent
from learnapp.quiz.behaviours import tries_left
from learnapp.quiz.certainty import CertaintyLevel, count_by_certainty
from learnapp.quiz.item import Missing
from learnapp.web.i18n import clock_time, local_time, on_day


@dataclass(frozen=True)
class AttemptScreen:
    """One look at an open attempt: a question to answer, a verdict, or (neither) the end before finishing.

    `newer_question` is the question as another window left it, where a save came too late.
    """

    attempt: AttemptDetail
    lesson: Lesson | None
    attempt_item: AttemptItem | None = None
    question: Question | None = None
    item_feedback: ItemFeedback | None = None
    newer_question: Question | None = None

    @property
    def url(self) -> str:
        return url_for("attempts.attempt", attempt_id=self.attempt.summary.id)

    @property
    def place(self) -> str:
        """Return where in the quiz this is, as the page's title tells one question from another."""
        if self.attempt_item is None:
            return _("Finish the quiz")
        numbers = {"number": self.attempt_item.number, "total": len(self.attempt.items)}
        if self.item_feedback:
            return _("Question %(number)s of %(total)s, answered", **numbers)
        return _("Question %(number)s of %(total)s", **numbers)

    @property
    def immediate(self) -> bool:
        """Tell whether answers are checked one by one."""
        return self.attempt.quiz.behaviour != "deferred"

    def is_done(self, attempt_item: AttemptItem) -> bool:
        """Tell whether nothing is left to do at a question."""
        return attempt_item.state.submitted if self.immediate else attempt_item.answered

    @property
    def numbers_to_do(self) -> list[int]:
        """Return the numbers of the questions that are still to be done."""
        return [attempt_item.number for attempt_item in self.attempt.items if not self.is_done(attempt_item)]

    @property
    def next(self) -> int | None:
        """Return the next question, else the first one left to do; None when the end is next."""
        current = self.attempt_item.number if self.attempt_item else 0
        if current < len(self.attempt.items):
            return current + 1
        return next((number for number in self.numbers_to_do if number != current), None)

    def state_words(self, attempt_item: AttemptItem) -> str:
        """Return how far a question in the list is, as it is read out after its number."""
        if self.attempt_item and self.attempt_item.number == attempt_item.number:
            words = _(", you are here")
        elif self.is_done(attempt_item):
            words = _(", answered")
        else:
            words = _(", begun") if attempt_item.answered else _(", not answered")
        return f"{words}{_(', flagged')}" if attempt_item.flagged else words

    @property
    def retries(self) -> int:
        """Return how often an answer that was just tried may be tried again; 0 where none was."""
        tried = self.attempt_item if self.attempt_item and self.attempt_item.state.checked else None
        return tries_left(self.attempt.quiz.behaviour, tried.state) if tried else 0


@dataclass(frozen=True)
class AttemptResult:
    """A finished attempt with its verdicts; `closed_by_age`: its lesson is not for the reader's age band any more."""

    attempt: AttemptDetail
    lesson: Lesson | None
    item_feedbacks: tuple[ItemFeedback, ...]
    closed_by_age: bool = False

    @property
    def hidden_count(self) -> int:
        """Return how many questions are not shown again, because they are beyond the reader's reach."""
        return len(self.attempt.items) - len(self.item_feedbacks)

    def words(self, complete: bool) -> str:
        """Return what the score means; `complete` tells whether the lesson is done with it."""
        if self.attempt.summary.is_practice:
            return _("That was practice. Your result for the lesson stays as it was.")
        if self.attempt.summary.passed:
            rest = _("The lesson is done.") if complete else _("Reading the lesson is what is left.")
            return f"{_('%(percent)s%%: the quiz is passed.', percent=self.percent)} {rest}"
        return _(
            "%(percent)s%%. The quiz is passed from %(mark)s%% on, and you can take it again as often as you like.",
            percent=self.percent,
            mark=self.attempt.quiz.pass_mark,
        )

    @property
    def has_missed_items(self) -> bool:
        """Tell whether something that was missed may be asked again."""
        return any(not item_feedback.right for item_feedback in self.item_feedbacks)

    @property
    def percent(self) -> int:
        return percent(self.attempt.summary.points or 0.0, self.attempt.summary.max_points)

    @property
    def certainty(self) -> tuple[CertaintyLevel, ...]:
        """Return how sure the learner was beside how it went; empty where it was not asked or not told."""
        answers = ((answered.certainty, answered.state.points or 0.0) for answered in self.attempt.items)
        return tuple(level for level in count_by_certainty(answers) if level.count)


def limit_words(error: TooManyAttempts) -> str:
    """Return why no further attempt begins now, and when one can."""
    when = _("%(day)s at %(time)s", day=on_day(local_time(error.again_at).date()), time=clock_time(error.again_at))
    if error.lesson:
        return _("You have begun this quiz %(num)s times within a day. All of it is kept, and the best result counts."
                 " You can begin it again %(when)s.", num=error.most, when=when)  # fmt: skip
    return _("You have begun %(num)s quizzes within a day. All of them are kept. You can begin another one %(when)s.",
             num=error.most, when=when)  # fmt: skip


def open_screen(
    catalog: Catalog,
    attempt: AttemptDetail,
    number: int | None,
    access: AgeAccess,
    typed: Fields | None = None,
    missing: Iterable[Missing] = (),
    newer_item: AttemptItem | None = None,
) -> AttemptScreen:
    """Return the screen of question `number` (None: the end), holding what was typed or what is stored."""
    lesson = catalog.lesson_by_key(attempt.summary.lesson)
    if number is None:
        return AttemptScreen(attempt, lesson)
    attempt_item = attempt.item(number)
    if attempt_item.shows_feedback:
        item_feedback = build_feedback(catalog, attempt_item, access)
        return AttemptScreen(attempt, lesson, attempt_item, None, item_feedback)
    question = build_question(attempt_item, typed, missing)
    newer_question = build_question(newer_item) if newer_item else None
    return AttemptScreen(attempt, lesson, attempt_item, question, None, newer_question)


def build_result(catalog: Catalog, attempt: AttemptDetail, access: AgeAccess) -> AttemptResult:
    """Return the result of a finished attempt, with the verdicts that are within the reader's reach."""
    lesson = attempt.summary.lesson
    allowed = access.shown_items(lesson, attempt.quiz)
    item_feedbacks = [
        build_feedback(catalog, answered, access) for answered in attempt.items if answered.item.id in allowed
    ]
    return AttemptResult(
        attempt, catalog.lesson_by_key(lesson), tuple(item_feedbacks), lesson in access.withheld_lessons
    )
