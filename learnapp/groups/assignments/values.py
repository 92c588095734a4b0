"""Assignments as frozen values: what is asked of a group, of whom, and what of it is asked of one member."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.closed_cards import asks_of_cards
from learnapp.groups.assignments.dates import (
    ChosenDates,
    EffectiveDates,
    ExtendedDates,
    effective_dates,
    is_asked,
    most_lenient,
)
from learnapp.groups.assignments.models import COURSE, DRAFT, LESSON, MODULE, PUBLISHED, REVIEW
from learnapp.groups.values import Member


@dataclass(frozen=True, slots=True)
class AssignmentSummary:
    """An assignment as it is stored; its dates are read by `dates` alone."""

    id: int
    group_id: int
    target_kind: str
    target: str
    state: str
    for_all: bool
    version: int
    created_at: datetime
    published_at: datetime | None
    chosen: ChosenDates

    @property
    def published(self) -> bool:
        return self.state == PUBLISHED

    @property
    def draft(self) -> bool:
        return self.state == DRAFT

    @property
    def is_review(self) -> bool:
        """Tell whether it asks to review, which no lesson stands for."""
        return self.target_kind == REVIEW


@dataclass(frozen=True, slots=True)
class AssignmentPlan:
    """What a leader wants to be asked, of whom and until when; `recipients` where it is not for all."""

    target_kind: str
    target: str
    for_all: bool
    recipients: frozenset[int]
    chosen: ChosenDates


@dataclass(frozen=True, slots=True)
class MemberExtension:
    """What differs for one member, and why, by a word of a list."""

    chosen: ExtendedDates
    reason: str | None
    changed_at: datetime


@dataclass(frozen=True)
class GroupAssignments:
    """What is asked of a group: its assignments, the recipients of those that are not for all, and extensions."""

    zone: ZoneInfo
    assignments: tuple[AssignmentSummary, ...]
    recipients: Mapping[int, frozenset[int]] = field(default_factory=dict)
    extensions: Mapping[tuple[int, int], MemberExtension] = field(default_factory=dict)

    def goes_to(self, assignment: AssignmentSummary, user_id: int) -> bool:
        """Tell whether an assignment is for all members or for this one, too."""
        return assignment.for_all or user_id in self.recipients.get(assignment.id, ())

    def dates(self, assignment: AssignmentSummary, user_id: int, standing_days: int) -> EffectiveDates:
        """Return the dates of an assignment for a member."""
        extension = self.extensions.get((assignment.id, user_id))
        return effective_dates(assignment.chosen, self.zone, standing_days, extension.chosen if extension else None)

    def asked_of(self, member: Member) -> Iterator[tuple[AssignmentSummary, EffectiveDates]]:
        """Yield what is published for a member, with their dates, without what is not asked of them."""
        for assignment in self.assignments:
            if assignment.published and self.goes_to(assignment, member.user_id):
                dates = self.dates(assignment, member.user_id, member.standing_days)
                if is_asked(dates, member.joined_at):
                    yield assignment, dates

    def lesson_dates(self, catalog: Catalog, member: Member) -> dict[str, EffectiveDates]:
        """Return the dates of every lesson that is asked of a member, by its key.

        Where several assignments ask one lesson, each limit is as the most lenient has it.
        """
        several: dict[str, list[EffectiveDates]] = {}
        for assignment, dates in self.asked_of(member):
            for lesson in target_lessons(catalog, assignment):
                several.setdefault(lesson.key, []).append(dates)
        return {key: most_lenient(dates) for key, dates in several.items()}


@dataclass(frozen=True, slots=True)
class RecipientRow:
    """A member to whom an assignment goes, with their dates and what differs for them."""

    member: Member
    dates: EffectiveDates
    extension: MemberExtension | None


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


def target_lessons(catalog: Catalog, assignment: AssignmentSummary | AssignmentPlan) -> tuple[Lesson, ...]:
    """Return the lessons that an assignment asks, in order; none for a review, or for what has left the course."""
    kind, target = assignment.target_kind, assignment.target
    if kind == LESSON:
        lesson = catalog.lesson_by_key(target)
        return (lesson,) if lesson else ()
    if kind == MODULE:
        module = catalog.modules.get(catalog.renamed_modules.get(target, target))
        return module.lessons if module else ()
    course = catalog.courses.get(target) if kind == COURSE else None
    return course.lessons if course else ()


def is_care_lesson(lesson: Lesson) -> bool:
    """Tell whether it is one with an advisory, or one that is read or asked in several ways."""
    several = lesson.short_quiz is not None or bool(lesson.gated) or asks_of_cards(lesson)
    return lesson.advisory is not None or several
