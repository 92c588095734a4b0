"""Minutes of a lesson: reading, its questions, and what is said after each answer, for both versions."""

from collections.abc import Iterable, Mapping
from statistics import mean

from learnapp.content.load.drafts import CourseDraft, ItemDraft, LessonDraft
from learnapp.content.load.yaml import Where
from learnapp.content.problems import Position, Report
from learnapp.content.readability import WORDS_A_MINUTE, measure, words_in

MINUTES_AN_ITEM = 0.5  # to read a question and to answer it
TOLERANCE = 1
ROWS = {"pairs", "entries", "blanks", "turns"}  # each of their entries says something after the answer


def check_minutes(draft: CourseDraft, report: Report) -> None:
    """Report minutes of lessons that are more than one off, with the right figure."""
    for lesson in draft.lessons:
        if lesson.quiz is None:
            continue
        front, at = lesson.front, lesson.document.place
        _check(front.minutes, lesson_minutes(lesson), at("minutes"), report)
        if front.short:
            _check(front.short.minutes, short_minutes(lesson), at("short", "minutes"), report)


def lesson_minutes(lesson: LessonDraft) -> tuple[float, float]:
    """Return the minutes of reading the whole lesson, and those of its quiz."""
    return measure(lesson.body.text()).minutes, quiz_minutes(item for item in lesson.items() if not item.short)


def short_minutes(lesson: LessonDraft) -> tuple[float, float]:
    """Return the minutes of reading the short version, and those of its quiz."""
    text = "\n".join(paragraph.text for paragraph in lesson.body.short)
    return measure(text).minutes, quiz_minutes(item for item in lesson.items() if item.short)


def quiz_minutes(items: Iterable[ItemDraft]) -> float:
    """Return the minutes that questions take, with what is said after each answer."""
    return sum(MINUTES_AN_ITEM + said_words(item) / WORDS_A_MINUTE for item in items)


def said_words(item: ItemDraft) -> float:
    """Return how many words are said after an answer: of several answers that exclude each other the mean."""
    groups: dict[Where, list[int]] = {}
    texts: Mapping[Where, str] = dict(item.document.texts(item.where))
    for where, text in texts.items():
        inside = where[len(item.where) :]
        if "feedback" in inside and inside[-1] != "see":
            group = inside[: 2 if inside[0] in ROWS else 1]
            groups.setdefault(group, []).append(len(words_in(text)))
    return sum(mean(counts) for counts in groups.values())


def _check(given: int, needed: tuple[float, float], place: Position, report: Report) -> None:
    right = max(1, round(sum(needed)))
    if abs(given - right) > TOLERANCE:
        reading, quiz = needed
        words = f"write {right} minutes, not {given}: reading takes {reading:.1f}, the quiz with feedback {quiz:.1f}"
        report.error(place, "minutes", words)
