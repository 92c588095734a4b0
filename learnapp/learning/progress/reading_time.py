"""Reading time and places: how long a lesson takes and where to go on, derived from its own blocks. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.blocks import groups_in
from learnapp.content.catalog import Lesson
from learnapp.content.readability import WORDS_A_MINUTE
from learnapp.learning.progress.rules import LessonState
from learnapp.quiz.quiz import QuizVersion

# Fifty seconds an item, feedback included: six items are about five minutes.
SECONDS_AN_ITEM = 50
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """A place in a lesson that a reader may come back to, with the reading from there to the end."""

    anchor: str
    number: int
    title: str
    minutes_left: int


def quiz_minutes(quiz: QuizVersion, access: AgeAccess = FULL_ACCESS) -> int:
    """Return the minutes that a quiz takes, at least 1."""
    return max(1, round(access.question_count(quiz) * SECONDS_AN_ITEM / 60))


def stated_minutes(lesson: Lesson, route: str | None) -> int:
    """Return the minutes that the lesson is said to take, with its quiz: the author's."""
    return lesson.short_minutes if route == "short" and lesson.short_minutes else lesson.minutes


def reading_minutes(lesson: Lesson, route: str | None) -> int:
    """Return the minutes of reading alone, counted."""
    return max(1, ceil(sum(words for *_, words in _stops(lesson, route)) / WORDS_A_MINUTE))


def places(lesson: Lesson, route: str | None) -> dict[str, ReadingPlace]:
    """Return where a reader of this route may come back to, by anchor, in order; a card, which stays closed, is one."""
    minutes = reading_minutes(lesson, route)
    stops = list(_stops(lesson, route))
    total = words_left = sum(words for *_, words in stops)
    by_anchor: dict[str, ReadingPlace] = {}
    for anchor, number, title, words in stops:
        by_anchor.setdefault(
            anchor, ReadingPlace(anchor, number, title, max(1, ceil(minutes * words_left / (total or 1))))
        )
        words_left -= words
    return by_anchor


def minutes_left(
    lesson: Lesson, state: LessonState, access: AgeAccess = FULL_ACCESS, *, quiz_done: bool = False
) -> int:
    """Return the minutes of reading, from the place reached, and of the quiz that are not done yet."""
    minutes = 0 if state.passed_at or quiz_done else quiz_minutes(lesson.quiz_for(state.route), access)
    if state.read_at is None:
        place = places(lesson, state.route).get(state.place) if state.place else None
        minutes += place.minutes_left if place else reading_minutes(lesson, state.route)
    return minutes


def _stops(lesson: Lesson, route: str | None) -> Iterator[tuple[str, int, str, int]]:
    """Yield (anchor, paragraph number, title of its part, words) for a route's paragraphs; a card has one anchor."""
    parts = [(section.title, section.blocks) for section in lesson.body]
    if route == "short" and lesson.short:
        parts = [("", lesson.short)]
    for title, group, card in ((title, *found) for title, blocks in parts for found in groups_in(blocks)):
        for paragraph in group.items:
            words = len(_TAG.sub(" ", paragraph.html).split())
            yield card.anchor if card else paragraph.anchor, paragraph.number, title, words
