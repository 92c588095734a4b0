"""Learning errors: what can go wrong, one name each; `web/errors.py` turns them into pages."""

from datetime import datetime

from learnapp.learning.terms import Terms
from learnapp.quiz.item import Missing


class LearningError(Exception):
    """Every error of this feature; its arguments say what it is about."""


class AttemptNotFound(LearningError):
    """No such attempt, or somebody else's, or no such item in it: to be answered with the same 404."""


class AttemptClosed(LearningError):
    """The attempt takes no more answers: it is finished, or another one of the same lesson is in front."""


class AttemptOver(LearningError):
    """The attempt has been open for too long and takes no more answers; what was saved stays."""


class StaleSave(LearningError):
    """Something newer was saved meanwhile, from another tab or device, or the card is not due: nothing was stored."""


class AlreadySubmitted(LearningError):
    """The item has been checked and cannot be changed any more."""


class Unanswered(LearningError):
    """Something must still be filled in before the item can be checked; nothing was stored."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(", ".join(gap.part for gap in missing))
        self.missing = missing


class NoHintLeft(LearningError):
    """The item has no further hint, or the quiz gives none."""


class TooManyAttempts(LearningError):
    """A day has room for no more attempts, at this lesson or at all; one may be begun again in so many seconds."""

    def __init__(self, most: int, again_at: datetime, seconds: int, *, lesson: bool) -> None:
        super().__init__(f"{most} attempts a day, again in {seconds} seconds")
        self.most, self.again_at, self.seconds, self.lesson = most, again_at, seconds, lesson


class QuizClosed(LearningError):
    """The quizzes of the course open in order and another lesson comes first."""


class LessonNotForAge(LearningError):
    """The lesson is for another age band than the reader's, or waits for them to tell one."""


class AttemptNotForAge(LearningError):
    """The attempt holds questions that are not for the reader's age band; it was begun under another."""


class NoShortVersion(LearningError):
    """The lesson has no short version, hence no short quiz."""


class NothingMissed(LearningError):
    """Every item of the attempt has full marks, so there is nothing to practise."""


class QuizSealed(LearningError):
    """Nothing of the quiz is told, as a deferred attempt at it waits: ask whether its results are due."""


class ResultsWait(LearningError):
    """The results of the quiz are shown later, and until then it cannot be begun or practised."""

    def __init__(self, terms: Terms) -> None:
        super().__init__(f"results are shown at {terms.shown_at}")
        self.terms = terms


class AnswerTooLate(ResultsWait):
    """The answer came after the last moment at which it would count: what was saved before stays."""


class NotFinished(LearningError):
    """The attempt is still open; finish it before practising what was missed."""


class CardNotFound(LearningError):
    """No such review card or review, or somebody else's, or not to be shown: answered with the same 404."""
