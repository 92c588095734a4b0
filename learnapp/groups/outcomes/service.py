"""Outcomes: how far each member is with each lesson, by the dates that hold for them, and how many have done it."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from learnapp.content.catalog import Catalog, Lesson
from learnapp.database.db import AnySession
from learnapp.groups.assignments.dates import EffectiveDates
from learnapp.groups.assignments.values import GroupAssignments, is_care_lesson, target_lessons
from learnapp.groups.outcomes.counting import NOT_ASKED, LessonOutcome, LessonRecord, for_leaders, lesson_outcome
from learnapp.groups.outcomes.store import lesson_records, member_facts
from learnapp.groups.outcomes.values import DoneCount, MemberWork
from learnapp.groups.values import Member
from learnapp.learning.models import MAIN, SHORT

# A class is read at once; of a larger group no more is held at a time than of so many, beside the rows.
MEMBERS_AT_ONCE = 100


def read_work(
    session: AnySession,
    catalog: Catalog,
    asked: GroupAssignments,
    members: Sequence[Member],
    lessons: Sequence[Lesson],
    now: datetime,
) -> Iterator[MemberWork]:
    """Yield what each member has done of these lessons, in three statements for a hundred members."""
    for start in range(0, len(members), MEMBERS_AT_ONCE):
        some = members[start : start + MEMBERS_AT_ONCE]
        facts = member_facts(session, catalog, [member.user_id for member in some])
        access = {user_id: one.access for user_id, one in facts.items()}
        closed = {(user_id, one.key) for user_id, own in access.items() for one in lessons if not own.can_open(one)}
        outcomes = read_outcomes(session, catalog, asked, some, lessons, now, closed)
        for member in some:
            own: dict[str, LessonOutcome] = {lesson.key: outcomes[member.user_id, lesson.key] for lesson in lessons}
            yield MemberWork(member, facts[member.user_id].last_active_at, asked.lesson_dates(catalog, member), own)


def count_done(catalog: Catalog, asked: GroupAssignments, works: Iterable[MemberWork]) -> dict[int, DoneCount]:
    """Return how many have done each published assignment that asks for lessons, by its id, as leaders may see it.

    Who is asked for none of its lessons is not counted.
    """
    lessons = {one.id: target_lessons(catalog, one) for one in asked.assignments}
    counts: dict[int, DoneCount] = {}
    for work in works:
        for assignment, _dates in asked.asked_of(work.member):
            seen = [for_leaders(work.outcomes[one.key], care=is_care_lesson(one)) for one in lessons[assignment.id]]
            if left := [one for one in seen if one.state != NOT_ASKED]:
                count = counts.get(assignment.id, DoneCount())
                done = all(one.done for one in left)
                counts[assignment.id] = DoneCount(count.done + done, count.asked + 1)
    return counts


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
