"""Wording of outcomes: what is left for them, and what of a quiz counts."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from learnapp.learning.progress.lesson_progress import LessonProgress


def left_words(left: Sequence[LessonProgress]) -> str:
    """Return which lesson is the next to do, and how long the rest takes."""
    minutes = sum(progress.minutes_left for progress in left)
    words = ngettext("About %(num)s minute left.", "About %(num)s minutes left.", minutes) if minutes else ""
    if len(left) > 1:
        words = _("Next: “%(title)s”.", title=left[0].lesson.title) + f" {words}"
    return words


def in_time_words(in_time: tuple[int, int]) -> str:
    """Return how many answers of a quiz that was open at the close count."""
    count, total = in_time
    if count == total:
        return _("All your answers were in time and count.")
    return ngettext(
        "%(num)s of your %(total)s answers was in time and counts.",
        "%(num)s of your %(total)s answers were in time and count.",
        count,
        total=total,
    )


def tries_words(tries: int, used: int) -> str:
    """Return how many tries count, and whether one is left."""
    if used >= tries:
        return _("Your tries that count are used. Further ones are practice.")
    return ngettext("The first try counts.", "The first %(num)s tries count, and of them the best.", tries) + (
        " " + ngettext("You have finished %(num)s.", "You have finished %(num)s.", used) if used else ""
    )
