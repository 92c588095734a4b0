"""Rows of a board: what leaders see in a cell, and what is evidence that somebody may need help."""

from dataclasses import replace
from datetime import timedelta

import pytest

from learnapp.groups.assignments.dates import EffectiveDates
from learnapp.groups.outcomes.counting import (
    BEGUN,
    DONE,
    DONE_LATE,
    NOT_ASKED,
    NOT_DONE,
    NOT_STARTED,
    CountedAttempt,
    LessonOutcome,
)
from learnapp.groups.outcomes.values import MemberWork
from learnapp.groups.values import Member
from learnapp.reports.board.rows import RowMaker, lesson_cell
from learnapp.reports.board.values import BoardCell
from tests.courses.classes import LEAF, SCALD, WATER
from tests.reports.board.boards import GROUP, NOW

DAY = timedelta(days=1)
BEN = Member(1, "ben", "Ben Lind", "member", NOW - 30 * DAY, 0, None, None, False)
DUE_YESTERDAY = EffectiveDates(GROUP.local_zone, due=NOW - DAY)
LONG_DUE = EffectiveDates(GROUP.local_zone, due=NOW - 9 * DAY)


def tried(share: float, *, whole: bool = True) -> CountedAttempt:
    return CountedAttempt(share, share * 5, 5.0, share >= 0.7, NOW - 2 * DAY, 5, whole)


def work(outcome: LessonOutcome, dates: EffectiveDates = DUE_YESTERDAY, member: Member = BEN) -> MemberWork:
    """Return what somebody has done where all three lessons went the same way."""
    keys = [str(lesson.key) for lesson in (LEAF, WATER, SCALD)]
    return MemberWork(member, None, dict.fromkeys(keys, dates), dict.fromkeys(keys, outcome))


def maker_of(*works: MemberWork, shown: int = 3) -> RowMaker:
    maker = RowMaker(GROUP, (LEAF, WATER, SCALD), (LEAF, WATER, SCALD)[:shown], NOW)
    for one in works:
        maker.add(one)
    return maker


@pytest.mark.parametrize(
    ("outcome", "plain", "care"),
    [
        (LessonOutcome(DONE, 0, NOW, (tried(0.9),), complete=True), BoardCell(DONE, 90), BoardCell(DONE)),
        (LessonOutcome(DONE_LATE, 2, NOW, (tried(0.9),), complete=True), BoardCell(DONE_LATE, 90, 2), BoardCell(DONE)),
        (LessonOutcome(DONE, complete=True), BoardCell(DONE), BoardCell(DONE)),
        (LessonOutcome(BEGUN), BoardCell(BEGUN, overdue=True), BoardCell(NOT_DONE, overdue=True)),
        (LessonOutcome(NOT_STARTED), BoardCell(NOT_STARTED, overdue=True), BoardCell(NOT_DONE, overdue=True)),
        (LessonOutcome(NOT_ASKED), BoardCell(NOT_ASKED), BoardCell(NOT_ASKED)),
    ],
)  # fmt: skip
def test_a_cell_says_what_leaders_may_know(outcome: LessonOutcome, plain: BoardCell, care: BoardCell) -> None:
    assert lesson_cell(LEAF, work(outcome), NOW) == plain
    assert lesson_cell(SCALD, work(outcome), NOW) == care


def test_a_care_lesson_never_shows_that_help_is_needed() -> None:
    assert lesson_cell(SCALD, work(LessonOutcome(BEGUN)), NOW, needs_help=True) == BoardCell(NOT_DONE, overdue=True)


def test_tries_are_evidence_at_plain_lessons_alone_and_only_finished_ones() -> None:
    low = LessonOutcome(BEGUN, counted=(tried(0.1), tried(0.2)))
    (entry,) = maker_of(work(low)).help
    assert [(reason.kind, reason.lesson) for reason in entry.reasons] == [("low", LEAF.key), ("low", WATER.key)]
    cut_short = LessonOutcome(BEGUN, counted=(tried(0.1), tried(0.2, whole=False)))
    assert maker_of(work(cut_short)).help == []


def test_tries_from_before_the_day_of_joining_are_no_evidence() -> None:
    low = LessonOutcome(BEGUN, counted=(tried(0.1), tried(0.2)))
    came_since = replace(BEN, joined_at=NOW - DAY)
    assert maker_of(work(low, member=came_since)).help == []


@pytest.mark.parametrize(
    "outcome",
    [
        LessonOutcome(DONE, counted=(tried(0.1), tried(0.2)), complete=True),
        LessonOutcome(BEGUN, counted=(tried(0.1), tried(0.2)), complete=True),  # too late to count
    ],
)
def test_what_is_completed_is_no_evidence_however_late(outcome: LessonOutcome) -> None:
    assert maker_of(work(outcome, LONG_DUE)).help == []


def test_a_passed_quiz_clears_a_plain_lesson_and_tells_nothing_of_a_care_lesson() -> None:
    (entry,) = maker_of(work(LessonOutcome(BEGUN, passed=True), LONG_DUE)).help
    assert [(reason.kind, reason.lesson) for reason in entry.reasons] == [("not_done", SCALD.key)]


def test_what_is_not_asked_is_no_evidence() -> None:
    assert maker_of(work(LessonOutcome(NOT_ASKED), LONG_DUE)).help == []


def test_the_cell_of_a_reason_needs_help_until_a_leader_has_handled_it() -> None:
    low = LessonOutcome(BEGUN, counted=(tried(0.1), tried(0.2)))
    handled = replace(BEN, help_handled_at=NOW - DAY)
    maker = maker_of(work(low), work(low, member=handled), shown=2)
    assert [[cell.state for cell in row.cells] for row in maker.rows] == [["needs_help"] * 2, [BEGUN] * 2]
    assert [row.needs_help for row in maker.rows] == [True, False]
    assert (len(maker.help), len(maker.handled)) == (1, 1)


def test_who_asked_is_listed_where_the_group_takes_such_requests() -> None:
    asked = replace(BEN, help_asked_at=NOW - DAY)
    one = work(LessonOutcome(NOT_STARTED), EffectiveDates(GROUP.local_zone), asked)
    maker = maker_of(one)
    assert [reason.kind for entry in maker.help for reason in entry.reasons] == ["asked"]
    assert [row.needs_help for row in maker.rows] == [True]
    closed = RowMaker(replace(GROUP, takes_help_requests=False), (LEAF,), (LEAF,), NOW)
    closed.add(one)
    assert closed.help == []


def test_equal_cells_are_one_value() -> None:
    maker = maker_of(*(work(LessonOutcome(DONE, 0, NOW, (tried(0.9),))) for _ in range(50)))
    assert len({id(cell) for row in maker.rows for cell in row.cells}) == 2
