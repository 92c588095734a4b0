"""One member's story: the lessons that are asked of them, and the first try at each, question by question.

It begins when they joined. Of a care lesson it says whether it is done, and nothing else.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from learnapp.content.catalog import Catalog, Lesson
from learnapp.database.db import AnySession
from learnapp.groups.assignments.dates import EffectiveDates
from learnapp.groups.assignments.models import PUBLISHED
from learnapp.groups.assignments.store import assignments_of
from learnapp.groups.assignments.values import is_care_lesson, target_lessons
from learnapp.groups.outcomes.counting import LessonOutcome
from learnapp.groups.outcomes.service import read_work
from learnapp.groups.outcomes.values import MemberWork
from learnapp.groups.values import GroupSummary, Member
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.attempts.values import FULL_MARKS, AttemptItem
from learnapp.learning.models import FINISHED, MISSED, Attempt
from learnapp.learning.progress.rules import percent
from learnapp.quiz.display import Explanation, Message, Words
from learnapp.reports.board.rows import lesson_cell
from learnapp.reports.board.values import BoardCell

Verdict = Literal["right", "partly", "wrong", "unanswered"]


@dataclass(frozen=True, slots=True)
class StoryItem:
    """A question with its text, how it went, and what was answered: (part that was asked or "", answer) each."""

    number: int
    stem: str
    verdict: Verdict
    answers: tuple[tuple[Words, Words], ...]


@dataclass(frozen=True, slots=True)
class FirstTry:
    """The first finished try at a lesson since the member joined."""

    at: datetime
    percent: int
    items: tuple[StoryItem, ...]


@dataclass(frozen=True, slots=True)
class StoryLesson:
    """A lesson that is asked of the group: the cell of the board, the member's own date, when it was done.

    `result_due`: a result is due that was not given yet.
    """

    number: str
    lesson: Lesson
    cell: BoardCell
    due: datetime | None = None
    done_at: datetime | None = None
    tries: int = 0
    first_try: FirstTry | None = None
    result_due: bool = False


def member_story(
    session: AnySession, catalog: Catalog, group: GroupSummary, member: Member, now: datetime
) -> tuple[StoryLesson, ...]:
    """Return the lessons that are asked of a group as one member has done them, in the order of the course."""
    asked = assignments_of(session, group.id, group.local_zone, PUBLISHED)
    keys = {lesson.key for assignment in asked.assignments for lesson in target_lessons(catalog, assignment)}
    lessons = [lesson for lesson in catalog.lessons.values() if lesson.key in keys]
    (work,) = read_work(session, catalog, asked, [member], lessons, now)
    tries = _first_tries(session, member, lessons, work.dates)
    return tuple(
        _story_lesson(f"{catalog.modules[lesson.module].number}.{lesson.number}", lesson, work, tries, now)
        for lesson in lessons
    )


def _story_lesson(
    number: str, lesson: Lesson, work: MemberWork, first_tries: Mapping[str, FirstTry], now: datetime
) -> StoryLesson:
    cell = lesson_cell(lesson, work, now)
    if not cell.asked:
        return StoryLesson(number, lesson, cell)
    due = work.dates[lesson.key].due
    if is_care_lesson(lesson):
        return StoryLesson(number, lesson, cell, due)
    outcome, first_try = work.outcomes[lesson.key], first_tries.get(lesson.key)
    done_at, tries = _since_joining(outcome, work.member), _tries(outcome, work)
    return StoryLesson(number, lesson, cell, due, done_at, tries, first_try, outcome.result_due)


def _since_joining(outcome: LessonOutcome, member: Member) -> datetime | None:
    return outcome.done_at if outcome.done_at and outcome.done_at >= member.joined_at else None


def _tries(outcome: LessonOutcome, work: MemberWork) -> int:
    return sum(one.whole and one.at >= work.member.joined_at for one in outcome.counted)


def _first_tries(
    session: AnySession, member: Member, lessons: Sequence[Lesson], dates: Mapping[str, EffectiveDates]
) -> dict[str, FirstTry]:
    """Return the first try at each lesson that was finished since the member joined, in time to count."""
    open_lessons = [lesson for lesson in lessons if not is_care_lesson(lesson)]
    keys: dict[str, str] = {name: lesson.key for lesson in open_lessons for name in (*lesson.was, lesson.key)}
    statement = (
        select(Attempt.id, Attempt.lesson, Attempt.finished_at)
        .where(Attempt.user_id == member.user_id, Attempt.lesson.in_(keys))
        .where(Attempt.state == FINISHED, Attempt.kind != MISSED, Attempt.finished_at >= member.joined_at)
        .order_by(Attempt.finished_at, Attempt.id)
    )
    first: dict[str, int] = {}
    for attempt_id, name, finished_at in session.execute(statement):
        key = keys[name]
        if finished_at and key in dates and dates[key].counts(finished_at):
            first.setdefault(key, attempt_id)
    return {key: _first_try(session, member.user_id, attempt_id) for key, attempt_id in first.items()}


def _first_try(session: AnySession, user_id: int, attempt_id: int) -> FirstTry:
    attempt = attempt_detail(session, user_id, attempt_id)
    summary = attempt.summary
    items = tuple(map(_story_item, attempt.items))
    return FirstTry(summary.finished_at or summary.saved_at, percent(summary.points or 0, summary.max_points), items)


def _story_item(attempt_item: AttemptItem) -> StoryItem:
    return StoryItem(attempt_item.number, attempt_item.item.stem, _verdict(attempt_item), tuple(_answers(attempt_item)))


def _verdict(attempt_item: AttemptItem) -> Verdict:
    points = attempt_item.state.points or 0.0
    if attempt_item.state.response is None:
        return "unanswered"
    if points >= FULL_MARKS:
        return "right"
    return "partly" if points > 0 else "wrong"


def _answers(attempt_item: AttemptItem) -> Iterator[tuple[Words, Words]]:
    """Yield what was answered; what was chosen by the words of the options, so that no order tells of a page."""
    explanations = tuple(attempt_item.item.explain(attempt_item.state.response, attempt_item.presentation))
    chosen = sorted((one for one in explanations if one.chosen), key=lambda one: (one.part, str(one.text)))
    yield from ((one.heading, one.text) for one in chosen)
    for one in explanations:
        if one.label and one.given:
            yield one.label, _given(one)


def _given(explanation: Explanation) -> Words:
    given = explanation.given
    # “You put it at place 3” is said to who did.
    return str(given.number) if isinstance(given, Message) and given.number is not None else given
