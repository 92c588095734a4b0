"""Screens of a quiz: the list of questions, the one in front or its feedback, the result."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.answers_wording import answer_parts
from learnapp.learning.attempts.feedback import ItemFeedback, Part, build_feedback, build_steps
from learnapp.learning.attempts.forms import Fields
from learnapp.learning.attempts.question import Question, build_question, plain
from learnapp.learning.attempts.values import FULL_MARKS, AttemptDetail, AttemptItem
from learnapp.learning.errors import AnswerTooLate, ResultsWait, TooManyAttempts
from learnapp.learning.other_quizzes import QuizLabels, labels_of
from learnapp.learning.progress.rules import percent
from learnapp.learning.terms import Terms
from learnapp.quiz.behaviours import tries_left
from learnapp.quiz.certainty import CertaintyLevel, count_by_certainty
from learnapp.quiz.item import Missing
from learnapp.web.i18n import clock_time, local_time, on_day


@dataclass(frozen=True)
class AttemptScreen:
    """One look at an open attempt: a question to answer, a verdict, or (neither) the end before finishing.

    `newer_question` is the question as another window left it, where a save was stale; `too_late` are the terms by
    which the quiz had closed as it came, `steps` the reasons of replies that were given in a conversation.
    """

    attempt: AttemptDetail
    lesson: Lesson | None
    attempt_item: AttemptItem | None = None
    question: Question | None = None
    item_feedback: ItemFeedback | None = None
    newer_question: Question | None = None
    too_late: Terms | None = None
    steps: tuple[Part, ...] = ()

    @property
    def url(self) -> str:
        return url_for("attempts.attempt", attempt_id=self.attempt.summary.id)

    @property
    def labels(self) -> QuizLabels | None:
        """Return how the quiz is called where no lesson has it."""
        return labels_of(self.attempt.summary.lesson)

    @property
    def end_words(self) -> str:
        """Return how the end of the quiz is called."""
        finish = _("Finish the final") if self.labels else _("Finish the quiz")
        return _("Hand in") if self.attempt.summary.deferred else finish

    @property
    def place(self) -> str:
        """Return where in the quiz this is, as the page's title tells one question from another."""
        if self.attempt_item is None:
            return self.end_words
        numbers = {"number": self.attempt_item.number, "total": len(self.attempt.items)}
        if self.item_feedback:
            return _("Question %(number)s of %(total)s, answered", **numbers)
        return _("Question %(number)s of %(total)s", **numbers)

    @property
    def immediate(self) -> bool:
        """Tell whether answers are checked one by one."""
        return self.attempt.behaviour != "deferred"

    def is_done(self, attempt_item: AttemptItem) -> bool:
        """Tell whether nothing is left to do at a question."""
        return attempt_item.state.submitted if self.immediate else attempt_item.answered

    @property
    def marks(self) -> list[str]:
        """Return how far each question is, as it is drawn on top of the page."""
        here = self.attempt_item.number if self.attempt_item else 0
        items = self.attempt.items
        return ["here" if one.number == here else "done" if self.is_done(one) else "" for one in items]

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
        return tries_left(self.attempt.behaviour, tried.state) if tried else 0


@dataclass(frozen=True)
class AttemptResult:
    """A finished attempt with its verdicts; `closed_by_age`: its lesson is not for the reader's age band any more."""

    attempt: AttemptDetail
    lesson: Lesson | None
    item_feedbacks: tuple[ItemFeedback, ...]
    closed_by_age: bool = False

    def without(self, item_ids: Collection[str]) -> "AttemptResult":
        """Return the result without the verdicts on these items."""
        told = (one for one in self.item_feedbacks if one.presented_item.item.id not in item_ids)
        return replace(self, item_feedbacks=tuple(told))

    @property
    def hidden_count(self) -> int:
        """Return how many questions are not shown again, because they are beyond the reader's reach."""
        return len(self.attempt.items) - len(self.item_feedbacks)

    @property
    def score_words(self) -> str:
        """Return the score in a sentence."""
        right = sum(item_points(one) >= FULL_MARKS for one in self.attempt.items)
        return _("%(right)s of %(total)s answered right.", right=right, total=len(self.attempt.items))

    def words(self, complete: bool) -> str:
        """Return what the score means; `complete` tells whether the lesson is done with it."""
        if self.attempt.summary.is_practice:
            return _("That was practice. Your result for the lesson stays as it was.")
        if self.attempt.summary.passed:
            rest = _("The lesson is done.") if complete else _("Reading the lesson is what is left.")
            return f"{_('The quiz is passed.')} {rest}"
        return _(
            "That makes %(percent)s%%, and the quiz is passed from %(mark)s%% on. You can take it again as often as you"
            " like.",
            percent=self.percent,
            mark=self.attempt.quiz.pass_mark,
        )

    @property
    def missed(self) -> list[ItemFeedback]:
        """Return what was missed and may be asked again."""
        return [one for one in self.item_feedbacks if not one.right]

    @property
    def answered_right(self) -> list[ItemFeedback]:
        """Return what was answered right."""
        return [one for one in self.item_feedbacks if one.right]

    @property
    def percent(self) -> int:
        return percent(self.attempt.summary.points or 0.0, self.attempt.summary.max_points)

    @property
    def certainty(self) -> tuple[CertaintyLevel, ...]:
        """Return how sure the learner was beside how it went; empty where it was not asked or not told."""
        answers = ((answered.certainty, item_points(answered)) for answered in self.attempt.items)
        return tuple(level for level in count_by_certainty(answers) if level.count)


@dataclass(frozen=True)
class WaitingScreen:
    """An attempt whose quiz tells nothing yet: what was answered, (number, question, its answers), in plain words.

    `again` tells whether the quiz may be begun once more before that.
    """

    attempt: AttemptDetail
    lesson: Lesson | None
    terms: Terms
    answers: tuple[tuple[int, str, tuple[str, ...]], ...]
    again: bool


def item_points(attempt_item: AttemptItem) -> float:
    """Return what an answer earned."""
    return attempt_item.state.points or 0.0


def rest_words(error: ResultsWait) -> str:
    """Return that a quiz rests until its results are shown."""
    return _("Results of this quiz are shown %(when)s. Until then nothing is told that would give an answer away, so it"
             " cannot be begun or practiced. What you have answered is kept.", when=error.terms.when)  # fmt: skip


def too_late_words(error: AnswerTooLate) -> str:
    """Return that an answer came after the close."""
    return _("This answer came too late to count. What was saved before is kept. Results are shown %(when)s.",
             when=error.terms.when)  # fmt: skip


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
    too_late: Terms | None = None,
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
    steps = build_steps(catalog, attempt_item, access)
    return AttemptScreen(attempt, lesson, attempt_item, question, None, newer_question, too_late, steps)


def build_waiting(
    catalog: Catalog, attempt: AttemptDetail, terms: Terms, access: AgeAccess, now: datetime
) -> WaitingScreen:
    """Return what stands in place of a result: answers in the words of their own page, and no verdict."""
    lesson = catalog.lesson_by_key(attempt.summary.lesson)
    allowed = access.shown_items(attempt.summary.lesson, attempt.quiz)
    shown = (item for item in attempt.items if item.item.id in allowed)
    answers = tuple((item.number, plain(item.item.stem), tuple(answer_parts(item))) for item in shown)
    return WaitingScreen(attempt, lesson, terms, answers, attempt.summary.handed_in and terms.takes(now))


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
