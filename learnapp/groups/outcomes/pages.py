"""Pages of outcomes: what leaders see of what they asked, what members see of what is asked of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask import g, has_request_context, render_template, request
from flask_login import current_user
from markupsafe import Markup

from learnapp.content.catalog import Lesson
from learnapp.database.db import AnySession, db
from learnapp.groups.assignments.dates import EffectiveDates
from learnapp.groups.assignments.store import assignments_of
from learnapp.groups.assignments.values import AssignmentSummary, is_care_lesson, recipient_rows, target_lessons
from learnapp.groups.outcomes.asked import AskedAssignment, OwnGroup, asked_of_each, assignments_asked
from learnapp.groups.outcomes.counting import (
    LessonOutcome,
    LessonRecord,
    answers_at_close,
    counted_attempts,
    lesson_outcome,
)
from learnapp.groups.outcomes.service import count_done, pass_marks, read_work
from learnapp.groups.outcomes.store import lesson_attempts
from learnapp.groups.outcomes.terms import person_terms
from learnapp.groups.outcomes.values import DoneCount
from learnapp.groups.values import GroupSummary, Member
from learnapp.learning.attempts.results_views import settled_progress
from learnapp.learning.notices import NoticePlace
from learnapp.learning.progress.lesson_progress import LessonProgress
from learnapp.learning.progress.overview import CourseProgress
from learnapp.learning.terms import Terms
from learnapp.web import clock
from learnapp.web.catalog import current_catalog

IN_A_GROUP = "in-a-group"  # the fact that spares everybody else a statement
MOST_ON_HOME = 4


@dataclass(frozen=True, slots=True)
class LedAssignment:
    """An assignment as its leaders see it: the dates of all, to whom it goes, how many dates differ, who has done it.

    `count` is None where nobody is asked, and for a review.
    """

    assignment: AssignmentSummary
    dates: EffectiveDates
    recipients: int
    extended: int
    count: DoneCount | None
    now: datetime


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
    def handed_in(self) -> bool:
        """Tell whether nothing is left of it but to wait for results."""
        return not self.complete and self.total > 0 and not self.left

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
        return not self.complete and not self.handed_in and not self.closed and self.dates.is_open(self.now)


@dataclass(frozen=True, slots=True)
class QuizNotice:
    """What an assignment says at a lesson's quiz: whether it is closed, which answers were in time, which try it is.

    `tries_used` counts finished tries where only some count.
    """

    asked: AskedAssignment
    closed: bool
    in_time: tuple[int, int] | None
    tries_used: int | None


def led_assignments(group: GroupSummary, members: Sequence[Member]) -> tuple[tuple[LedAssignment, ...], frozenset[int]]:
    """Return what is asked of a group, what is due first first, drafts and what has no date behind it.

    How many have done each is read in three statements for all of them. With it come the members of whom a result is
    due that was not given yet.
    """
    now, catalog = clock.now(), current_catalog()
    asked = assignments_of(db.session, group.id, group.local_zone)
    lessons = {one.key: one for each in asked.assignments if each.published for one in target_lessons(catalog, each)}
    works = list(read_work(db.session, catalog, asked, members, list(lessons.values()), now) if lessons else ())
    counts = count_done(catalog, asked, works)
    found = []
    for assignment in asked.assignments:
        rows = recipient_rows(asked, assignment, members)
        extended = sum(row.dates.extended or row.dates.excused for row in rows)
        dates, count = asked.dates(assignment, 0, 0), counts.get(assignment.id)
        found.append(LedAssignment(assignment, dates, len(rows), extended, count, now))
    in_order = sorted(found, key=lambda one: (one.dates.due is None, one.dates.due, one.assignment.id))
    return tuple(in_order), frozenset(work.member.user_id for work in works if work.result_due)


def own_tasks(group_id: int) -> list[AskedTask]:
    """Return what a group asks of the current user, what is to be done first first, what is closed last."""
    courses = [settled_progress(course) for course in current_catalog().courses.values()]
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
        return Markup(render_template("outcomes/_asked.html", now=now, back=request.path, **shown))  # noqa: S704
    catalog, lesson = current_catalog(), place.lesson
    of_lesson = [
        one
        for one in asked
        if one.dates.is_open(now) and any(found.key == lesson.key for found in target_lessons(catalog, one.assignment))
    ]
    if not of_lesson:
        return Markup()
    if is_care_lesson(lesson):  # results of one never wait
        of_lesson = [replace(one, dates=replace(one.dates, release=None)) for one in of_lesson]
    about = _quiz_notices(of_lesson, lesson, now) if place.page != "lesson" else [_plain(one, now) for one in of_lesson]
    return Markup(  # noqa: S704 - a template of ours
        render_template("outcomes/_lesson.html", notices=about, now=now, page=place.page, back=request.path)
    )


def asked_terms(session: AnySession, user_ids: Collection[int], now: datetime) -> dict[int, dict[str, Terms]]:
    """Return by person the terms of quizzes whose results wait, or waited, in one statement for all of them."""
    is_current = has_request_context() and {*user_ids} == {current_user.id}
    asked: Mapping[int, Sequence[AskedAssignment]]
    asked = {current_user.id: _asked()} if is_current else asked_of_each(session, user_ids)
    return {user_id: person_terms(current_catalog(), own, now) for user_id, own in asked.items()}


def _asked() -> tuple[AskedAssignment, ...]:
    """Return what is asked of the current user, looked up once in a request.

    Nothing is looked up for whoever is in no class, as visitors and guests are.
    """
    if IN_A_GROUP not in current_user.facts:
        return ()
    found = g.get("asked")
    if found is None or found[0] is not request.environ:
        found = g.asked = (request.environ, assignments_asked(db.session, current_user.id))
    asked: tuple[AskedAssignment, ...] = found[1]
    return asked


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
    both = zip(open_lessons, outcomes, strict=True)
    left = (one for one, outcome in both if not outcome.done and not one.waiting)
    return AskedTask(asked, tuple(outcomes), tuple(left), now)


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
        handed_in = sum(attempt.is_handed_in(dates, now) for attempt in attempts)
        counted = len(counted_attempts(attempts, replace(dates, tries=None), now, marks)) + handed_in
        tries = counted if dates.tries else None
        found.append(replace(one, in_time=answers_at_close(attempts, dates) if one.closed else None, tries_used=tries))
    return found
