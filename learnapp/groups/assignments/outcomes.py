"""Outcomes: how far each member is with each lesson, by the dates that hold for them."""

from collections.abc import Container, Mapping, Sequence
from datetime import datetime

from learnapp.content.catalog import Catalog, Lesson
from learnapp.database.db import AnySession
from learnapp.groups.assignments.counting import NOT_ASKED, LessonOutcome, LessonRecord, lesson_outcome
from learnapp.groups.assignments.dates import EffectiveDates
from learnapp.groups.assignments.store import lesson_records
from learnapp.groups.assignments.values import GroupAssignments
from learnapp.groups.values import Member
from learnapp.learning.models import MAIN, SHORT


def read_outcomes(
    session: AnySession,
    catalog: Catalog,
    asked: GroupAssignments,
    members: Sequence[Member],
    lessons: Sequence[Lesson],
    now: datetime,
    closed_by_age: Container[tuple[int, str]] = (),
) -> dict[tuple[int, str], LessonOutcome]:
    """Return the outcome of each member and lesson, by user and lesson's key, in two statements.

    What is not asked of a member is among them as such, also what their age group closes: `closed_by_age` holds the
    pairs. Leaders are shown what `for_leaders` leaves of it.
    """
    dates = {member.user_id: asked.lesson_dates(catalog, member) for member in members}
    closes = [one.closes for of_member in dates.values() for one in of_member.values()]
    records = lesson_records(session, list(dates), lessons, closes)
    return {
        (member.user_id, lesson.key): _outcome(
            lesson, member, dates[member.user_id], records, now, closed=(member.user_id, lesson.key) in closed_by_age
        )
        for member in members
        for lesson in lessons
    }


def pass_marks(lesson: Lesson) -> dict[str, int]:
    """Return the marks from which on a lesson's quizzes are passed, in percent, by the kind of attempt."""
    return {MAIN: lesson.quiz.pass_mark, SHORT: (lesson.short_quiz or lesson.quiz).pass_mark}


def _outcome(
    lesson: Lesson,
    member: Member,
    dates: Mapping[str, EffectiveDates],
    records: Mapping[tuple[int, str], LessonRecord],
    now: datetime,
    *,
    closed: bool,
) -> LessonOutcome:
    if closed:
        return LessonOutcome(NOT_ASKED)
    record = records.get((member.user_id, lesson.key), LessonRecord())
    return lesson_outcome(record, dates.get(lesson.key), member.joined_at, now, pass_marks(lesson))
