"""Pages of assignments: what leaders see of what they asked, what members see of what is asked of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import render_template, request
from flask_login import current_user
from markupsafe import Markup

from learnapp.content.catalog import Lesson
from learnapp.database.db import db
from learnapp.groups.assignments.asked import AskedAssignment, OwnGroup, assignments_asked
from learnapp.groups.assignments.counting import (
    LessonOutcome,
    LessonRecord,
    answers_at_close,
    counted_attempts,
    is_care_lesson,
    lesson_outcome,
)
from learnapp.groups.assignments.dates import EffectiveDates
from learnapp.groups.assignments.outcomes import pass_marks
from learnapp.groups.assignments.store import assignments_of, lesson_attempts
from learnapp.groups.assignments.values import AssignmentSummary, GroupAssignments, MemberExtension, target_lessons
from learnapp.groups.store import members_of
from learnapp.groups.values import GroupSummary, Member
from learnapp.learning.access import current_progress
from learnapp.learning.notices import NoticePlace
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress
from learnapp.web import clock
from learnapp.web.catalog import current_catalog
from learnapp.web.policy import MEMBERS

MOST_ON_HOME = 4


@dataclass(frozen=True, slots=True)
class LedAssignment:
    """An assignment as its leaders see it: the dates of all, to whom it goes, how many dates differ."""

    assignment: AssignmentSummary
    dates: EffectiveDates
    recipients: int
    extended: int
    now: datetime


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A member to whom an assignment goes, with their dates and what differs for them."""

    member: Member
    dates: EffectiveDates
    extension: MemberExtension | None


@dataclass(frozen=True, slots=True)
class AskedTask:
    """Something that is asked of the current user, with how far they are: `left` are its lessons that are not done."""

    asked: AskedAssignment
    outcomes: tuple[LessonOutcome, ...]
    left: tuple[LessonProgress, ...]
    now: datetime

    @property
    def dates(self) -> EffectiveDates:
        return self.asked.dates

    @property
    def group(self) -> OwnGroup:
        return self.asked.group

    @property
    def done(self) -> int:
        return sum(outcome.done for outcome in self.outcomes)

    @property
    def total(self) -> int:
        return len(self.outcomes)

    @property
    def complete(self) -> bool:
        """Tell whether nothing is left of it; a review comes back every day."""
        return not self.asked.assignment.is_review and self.done == self.total

    @property
    def late_days(self) -> int:
        """Return by how many days it is late by now, or was done."""
        if self.complete:
            return max((outcome.late_days for outcome in self.outcomes), default=0)
        return self.dates.late_days(self.now)

    @property
    def closed(self) -> bool:
        return self.dates.has_closed(self.now)

    @property
    def waiting(self) -> bool:
        """Tell whether something of it is to be done now."""
        return not self.complete and not self.closed and self.dates.is_open(self.now)


@dataclass(frozen=True, slots=True)
class QuizNotice:
    """What an assignment says at a lesson's quiz: whether it is closed, which answers were in time, which try it is.

    `tries_used` counts finished tries where only some count.
    """

    asked: AskedAssignment
    closed: bool
    in_time: tuple[int, int] | None
    tries_used: int | None


def led_assignments(group: GroupSummary) -> tuple[LedAssignment, ...]:
    """Return what is asked of a group, what is due first first, drafts and what has no date behind it."""
    asked, members = assignments_of(db.session, group.id, group.local_zone), members_of(db.session, group.id)
    found = [_led(asked, assignment, members) for assignment in asked.assignments]
    return tuple(sorted(found, key=lambda one: (one.dates.due is None, one.dates.due, one.assignment.id)))


def recipient_rows(
    asked: GroupAssignments, assignment: AssignmentSummary, members: Sequence[Member]
) -> list[RecipientRow]:
    """Return the members to whom an assignment goes, each with their dates."""
    return [
        RecipientRow(
            member,
            asked.dates(assignment, member.user_id, member.standing_days),
            asked.extensions.get((assignment.id, member.user_id)),
        )
        for member in members
        if asked.goes_to(assignment, member.user_id)
    ]


def own_tasks(group_id: int) -> list[AskedTask]:
    """Return what a group asks of the current user, what is to be done first first, what is closed last."""
    courses = [current_progress(course) for course in current_catalog().courses.values()]
    return [task for task in _tasks(_asked(), courses) if task.group.id == group_id]


def learning_notices(place: NoticePlace) -> Markup:
    """Return what is asked of the current user, as far as it belongs on a page of learning."""
    asked = _asked()
    if not asked:
        return Markup()
    now = clock.now()
    if place.lesson is None:
        tasks = [task for task in _tasks(asked, place.courses) if task.waiting]
        groups = {one.group.id: one.group for one in asked}
        shown = {"tasks": tasks[:MOST_ON_HOME], "more": len(tasks) - MOST_ON_HOME, "groups": list(groups.values())}
        return Markup(render_template("assignments/_asked.html", now=now, back=request.path, **shown))  # noqa: S704
    catalog, lesson = current_catalog(), place.lesson
    of_lesson = [
        one
        for one in asked
        if one.dates.is_open(now) and any(found.key == lesson.key for found in target_lessons(catalog, one.assignment))
    ]
    if not of_lesson:
        return Markup()
    about = _quiz_notices(of_lesson, lesson, now) if place.page != "lesson" else [_plain(one, now) for one in of_lesson]
    return Markup(  # noqa: S704 - a template of ours
        render_template("assignments/_lesson.html", notices=about, now=now, page=place.page, back=request.path)
    )


def _asked() -> tuple[AskedAssignment, ...]:
    """Return what is asked of the current user; visitors and guests are in no class, and nothing is looked up."""
    if current_user.role not in MEMBERS:
        return ()
    return assignments_asked(db.session, current_user.id)


def _tasks(asked: Sequence[AskedAssignment], courses: Sequence[CourseProgress]) -> list[AskedTask]:
    now = clock.now()
    progress: dict[str, LessonProgress] = {
        one.lesson.key: one for course in courses for module in course.modules for one in module.lessons
    }
    tasks = [_task(one, progress, now) for one in asked]
    found = [task for task in tasks if task.total or task.asked.assignment.is_review]
    return sorted(
        found, key=lambda task: (not task.waiting, task.dates.due is None, task.dates.due, task.asked.assignment.id)
    )


def _task(asked: AskedAssignment, progress: dict[str, LessonProgress], now: datetime) -> AskedTask:
    """Return a task with the lessons that the person's age group opens, or that they have done."""
    lessons = [progress[lesson.key] for lesson in target_lessons(current_catalog(), asked.assignment)]
    open_lessons = [one for one in lessons if one.required or one.asks_age]
    outcomes = []
    for one in open_lessons:
        record = LessonRecord(one.begun, one.state.read_at, one.state.completed_at)
        # Leaders see one with an advisory as done whenever it was completed, and so does its member.
        dates = replace(asked.dates, closes=None) if is_care_lesson(one.lesson) else asked.dates
        outcomes.append(lesson_outcome(record, dates, asked.group.joined_at, now, pass_marks(one.lesson)))
    left = (one for one, outcome in zip(open_lessons, outcomes, strict=True) if not outcome.done)
    return AskedTask(asked, tuple(outcomes), tuple(left), now)


def _led(asked: GroupAssignments, assignment: AssignmentSummary, members: Sequence[Member]) -> LedAssignment:
    rows = recipient_rows(asked, assignment, members)
    extended = sum(row.dates.extended or row.dates.excused for row in rows)
    return LedAssignment(assignment, asked.dates(assignment, 0, 0), len(rows), extended, clock.now())


def _plain(asked: AskedAssignment, now: datetime) -> QuizNotice:
    return QuizNotice(asked, asked.dates.has_closed(now), None, None)


def _quiz_notices(asked: Sequence[AskedAssignment], lesson: Lesson, now: datetime) -> list[QuizNotice]:
    """Return what assignments say at a quiz; attempts are read only where a close or a number of tries asks for it."""
    plain = [_plain(one, now) for one in asked]
    if not any(one.closed or one.asked.dates.tries for one in plain):
        return plain
    closes = [one.asked.dates.closes for one in plain]
    attempts = lesson_attempts(db.session, [current_user.id], [lesson], closes).get((current_user.id, lesson.key), ())
    marks = pass_marks(lesson)
    found = []
    for one in plain:
        dates = one.asked.dates
        tries = len(counted_attempts(attempts, replace(dates, tries=None), now, marks)) if dates.tries else None
        found.append(replace(one, in_time=answers_at_close(attempts, dates) if one.closed else None, tries_used=tries))
    return found
