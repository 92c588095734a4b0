"""Learning errors: what can go wrong, one name each; `web/errors.py` turns them into pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from learnapp.content.catalog import Lesson
    from learnapp.quiz.item import Missing


class LearningError(Exception):
    """Every error of this feature."""


class AttemptNotFound(LearningError):
    """No such attempt, or somebody else's, or no such item in it: to be answered with the same 404."""


class AttemptClosed(LearningError):
    """The attempt takes no more answers: it is finished, or another one of the same lesson is in front."""

    def __init__(self, attempt_id: int, state: str) -> None:
        super().__init__(f"attempt {attempt_id} is {state}")
        self.attempt_id = attempt_id
        self.state = state


class StaleSave(LearningError):
    """Something newer was saved meanwhile, from another tab or device."""

    def __init__(self, attempt_id: int, seq: int) -> None:
        super().__init__(f"attempt {attempt_id} is at {seq}")


class AlreadySubmitted(LearningError):
    """The item has been checked and cannot be changed any more."""

    def __init__(self, item_id: str) -> None:
        super().__init__(f"item {item_id} has been submitted")


class Unanswered(LearningError):
    """Something must still be filled in before the item can be checked; nothing was stored."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        super().__init__(", ".join(gap.part for gap in missing))
        self.missing = missing


class NoHintLeft(LearningError):
    """The item has no further hint, or the quiz gives none."""


class LessonClosed(LearningError):
    """The course is taken in order and another lesson comes first."""

    def __init__(self, lesson: Lesson, first: Lesson) -> None:
        super().__init__(f"{lesson.key} opens after {first.key}")
        self.lesson = lesson
        self.first = first


class LessonKeptBack(LearningError):
    """The lesson is for another age band than the reader's, or waits for them to tell one."""

    def __init__(self, lesson: Lesson) -> None:
        super().__init__(f"{lesson.key} is not for this age band")
        self.lesson = lesson


class AttemptKeptBack(LearningError):
    """The attempt holds questions that are not for the reader's age band; it was begun under another."""

    def __init__(self, lesson: str) -> None:
        super().__init__(f"an attempt at {lesson} is not for this age band")
        self.lesson = lesson


class NoShortVersion(LearningError):
    """The lesson has no short version, hence no short quiz."""


class NothingMissed(LearningError):
    """Every item of the attempt has full marks, so there is nothing to practise."""


class NotFinished(LearningError):
    """The attempt is still open; finish it before practising what was missed."""


class CardNotFound(LearningError):
    """No such review card or review, or somebody else's, or not to be shown: answered with the same 404."""


class CardMovedOn(LearningError):
    """The card was answered from another window, or is not due: what was sent changes nothing."""

    def __init__(self, card_id: int) -> None:
        super().__init__(f"card {card_id} has moved on")
        self.card_id = card_id
