"""Other quizzes than those of lessons, such as finals: their titles, how long they take answers, where one leads then.

Rooms above say all of this, as learning does not know what they ask.

Attempts at one have a name in place of a lesson's key, which begins with the folder of quizzes that no module may have.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Protocol

from learnapp.learning.errors import AttemptOver

if TYPE_CHECKING:
    from learnapp.content.ages import AgeAccess
    from learnapp.learning.attempts.values import AttemptSummary


class QuizLabels(NamedTuple):
    """How a quiz is called on its pages: its kind, its title, and the page that it was begun on, in words."""

    kind: str
    title: str
    url: str
    back: str

    @property
    def full_title(self) -> str:
        """Return the title with the kind before it."""
        return f"{self.kind}: {self.title}"


class OtherQuiz(Protocol):
    """What a room says of its quizzes; `name` stands in place of a lesson's key."""

    def labels(self, name: str) -> QuizLabels:
        """Return how the quiz is called."""

    def is_over(self, summary: AttemptSummary, now: datetime) -> bool:
        """Tell whether an attempt takes no more answers at a moment, though nobody has ended it."""

    def is_open_to(self, name: str, access: AgeAccess) -> bool:
        """Tell whether an age band may be asked this quiz."""

    def ended_url(self, summary: AttemptSummary) -> str:
        """Return the address of what stands in place of an attempt that takes no more answers."""


_quizzes: dict[str, OtherQuiz] = {}


def register_other_quiz(folder: str, quiz: OtherQuiz) -> None:
    """Have a room asked about the attempts whose names begin with this folder."""
    _quizzes[folder] = quiz


def find_other_quiz(name: str) -> OtherQuiz | None:
    """Return what an attempt with this name is about, None where it is about a lesson."""
    return _quizzes.get(name.partition("/")[0])


def labels_of(name: str) -> QuizLabels | None:
    """Return how a quiz is called that no lesson has, None for one of a lesson."""
    other = find_other_quiz(name)
    return other.labels(name) if other else None


def ended_url(summary: AttemptSummary, now: datetime) -> str | None:
    """Return where an attempt that no lesson has goes on once it is finished, set aside or too old; else None."""
    other = find_other_quiz(summary.lesson)
    ended = other is not None and (not summary.open or other.is_over(summary, now))
    return other.ended_url(summary) if other and ended else None


def is_open_to(name: str, access: AgeAccess) -> bool:
    """Tell whether an age band may be asked a quiz that no lesson has; one of a lesson is another's to tell."""
    other = find_other_quiz(name)
    return other is None or other.is_open_to(name, access)


def require_not_over(summary: AttemptSummary, now: datetime) -> None:
    """Raise AttemptOver where an open attempt has become too old to be answered."""
    other = find_other_quiz(summary.lesson)
    if other is not None and summary.open and other.is_over(summary, now):
        raise AttemptOver(summary.id)
