"""Assignments as values: to whom they go, which lessons they ask, and which dates hold for each."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from learnapp.groups.assignments.dates import ChosenDates, ExtendedDates
from learnapp.groups.assignments.models import ARCHIVED, COURSE, DRAFT, LESSON, MODULE, PUBLISHED, REVIEW
from learnapp.groups.assignments.values import AssignmentSummary, GroupAssignments, MemberExtension, target_lessons
from learnapp.groups.models import MEMBER
from learnapp.groups.values import Member
from tests.courses.tea import course_with, lesson
from tests.factories.base import NOON

BERLIN, DAY = ZoneInfo("Europe/Berlin"), timedelta(days=1)
BEN = Member(7, "Ben", None, MEMBER, NOON, 0, None, None, managed=False)


def assignment(**changes: Any) -> AssignmentSummary:
    """Return a lesson that is asked of all."""
    plain = AssignmentSummary(1, 1, LESSON, "1-tea/1-leaf", PUBLISHED, True, 1, NOON, NOON, ChosenDates())
    return replace(plain, **changes)


CATALOG = course_with(lesson("1-leaf"), lesson("2-water"), lesson("1-cup", "2-pot"))
COURSE_SLUG = next(iter(CATALOG.courses))
KEYS = ["1-tea/1-leaf", "1-tea/2-water", "2-pot/1-cup"]


def test_a_target_is_its_lessons_in_order() -> None:
    for kind, target, expected in (
        (COURSE, COURSE_SLUG, KEYS),
        (MODULE, "1-tea", KEYS[:2]),
        (LESSON, KEYS[2], KEYS[2:]),
        (REVIEW, COURSE_SLUG, []),
        (LESSON, "no/lesson", []),
        (MODULE, "no-module", []),
        (COURSE, "no-course", []),
    ):
        found = target_lessons(CATALOG, assignment(target_kind=kind, target=target))
        assert [str(lesson.key) for lesson in found] == expected


def test_what_is_for_some_goes_to_them_alone() -> None:
    some = assignment(for_all=False)
    asked = GroupAssignments(BERLIN, (some,), {1: frozenset({8})})
    assert asked.goes_to(some, 8)
    assert not asked.goes_to(some, 7)
    assert list(asked.asked_of(BEN)) == []


@pytest.mark.parametrize("state", [DRAFT, ARCHIVED])
def test_drafts_and_what_is_archived_ask_nothing(state: str) -> None:
    asked = GroupAssignments(BERLIN, (assignment(state=state),))
    assert list(asked.asked_of(BEN)) == []


def test_who_is_excused_or_joined_after_the_close_is_asked_nothing() -> None:
    one = assignment(chosen=ChosenDates(closes=NOON - DAY))
    assert list(GroupAssignments(BERLIN, (one,)).asked_of(BEN)) == []
    excused = {(1, 7): MemberExtension(ExtendedDates(excused=True), None, NOON)}
    assert list(GroupAssignments(BERLIN, (assignment(),), {}, excused).asked_of(BEN)) == []


def test_dates_of_a_member_follow_their_extension_and_standing_days() -> None:
    one = assignment(chosen=ChosenDates(due=NOON))
    own = {(1, 7): MemberExtension(ExtendedDates(due=NOON + 3 * DAY), "ill", NOON)}
    asked = GroupAssignments(BERLIN, (one,), {}, own)
    assert asked.dates(one, 8, 0).due == NOON
    assert asked.dates(one, 8, 2).due == NOON + 2 * DAY
    assert asked.dates(one, 7, 2).due == NOON + 3 * DAY


def test_a_lesson_that_is_asked_twice_has_the_later_date() -> None:
    first = assignment(target=KEYS[0], chosen=ChosenDates(due=NOON))
    second = assignment(id=2, target_kind=MODULE, target="1-tea", chosen=ChosenDates(due=NOON + DAY))
    dates = GroupAssignments(BERLIN, (first, second)).lesson_dates(CATALOG, BEN)
    assert {str(key): one.due for key, one in dates.items()} == dict.fromkeys(KEYS[:2], NOON + DAY)


def test_a_summary_tells_its_state() -> None:
    assert assignment().published
    assert assignment(state=DRAFT).draft
    assert not assignment(state=ARCHIVED).published
    assert assignment(target_kind=REVIEW).is_review
