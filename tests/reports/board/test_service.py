"""Boards as one call makes them: whom and what they show, in how many statements, within which memory."""

import tracemalloc
from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, insert

from learnapp.accounts.models import User
from learnapp.database.db import db, table_of
from learnapp.groups.assignments.models import DRAFT
from learnapp.groups.models import Membership
from learnapp.groups.outcomes.service import MEMBERS_AT_ONCE
from learnapp.learning.models import Progress
from learnapp.reports.board.needs_help import HelpReason
from learnapp.reports.board.service import build_board
from learnapp.reports.board.values import Board, BoardView
from learnapp.reports.gradebook.tables import GradebookWords, plain_rows
from learnapp.web.spreadsheets import csv_text
from tests.actors.attempts import Db
from tests.actors.classes import DAY, HOUR, SeededClass, assign, begin_quiz, class_of, complete, join, read, try_quiz
from tests.courses.classes import CATALOG, CUP, LEAF, SCALD, WATER
from tests.courses.gated import CORE_14, strong
from tests.courses.tea import course_with
from tests.factories.base import NOON
from tests.factories.groups import AssignmentMemberFactory, ExtensionFactory
from tests.statements import counted


def board_of(one: SeededClass, view: BoardView = BoardView(), catalog: object = CATALOG) -> Board:  # noqa: B008
    return build_board(db.session, catalog, one.group, view, NOON)  # type: ignore[arg-type]


def states(board: Board) -> dict[str, list[str]]:
    return {row.name: [cell.state for cell in row.cells] for row in board.rows}


@pytest.mark.both_databases(always=True)
def test_a_board_shows_each_state_of_each_member(db_session: Db) -> None:
    one = class_of("Ben", "Vera", "Mina")
    assign(one.id, "1-tea", NOON - 2 * DAY)
    ben, vera = one.members["Ben"], one.members["Vera"]
    complete(ben, LEAF, NOON - 3 * DAY, 0.8)
    complete(ben, WATER, NOON - DAY)
    read(ben, SCALD, NOON - 3 * DAY, "short")
    try_quiz(vera, LEAF, 1, NOON - 3 * DAY)
    begin_quiz(vera, WATER, NOON - 3 * DAY)
    complete(vera, SCALD, NOON)
    board = board_of(one, BoardView(sort="name"))
    assert states(board) == {
        "Ben": ["done", "done_late", "not_done"],
        "Mina": ["not_started", "not_started", "not_done"],
        "Vera": ["begun", "begun", "done"],
    }
    assert [(column.asked, column.done, column.care) for column in board.columns] == [
        (3, 1, False),
        (3, 1, False),
        (3, 1, True),
    ]
    cells = board.rows[0].cells
    assert [(cell.mark, cell.late_days) for cell in cells] == [(80, 0), (100, 1), (None, 0)]
    assert board.member_count == 3


def test_a_module_is_shown_at_a_time_and_the_nearest_date_comes_first(db_session: Db) -> None:
    one = class_of("Ben")
    assign(one.id, LEAF, NOON - 20 * DAY)
    assign(one.id, CUP, NOON + DAY)
    assert [lesson.number for lesson in board_of(one).modules] == [1, 2]
    assert [column.lesson for column in board_of(one).columns] == [CUP]
    for slug, shown in (("1-tea", [LEAF]), ("2-pot", [CUP]), ("nowhere", [CUP]), ("", [CUP])):
        assert [column.lesson for column in board_of(one, BoardView(slug)).columns] == shown


def test_without_any_date_the_first_module_is_shown(db_session: Db) -> None:
    one = class_of("Ben")
    assign(one.id, CUP)
    assign(one.id, LEAF)
    assert [column.lesson for column in board_of(one).columns] == [LEAF]


def test_only_what_is_published_for_this_group_is_asked(db_session: Db) -> None:
    one, other = class_of("Ben"), class_of("Vera")
    assign(one.id, LEAF, state=DRAFT)
    assign(other.id, WATER)
    board = board_of(one)
    assert (board.columns, board.modules, board.module, board.member_count) == ((), (), None, 1)
    assert [column.lesson for column in board_of(other).columns] == [WATER]


def test_not_asked_looks_the_same_whatever_the_reason(db_session: Db) -> None:
    grown = strong("4-burn", number=4, age=CORE_14)
    one = class_of("Excused", "Closed", "Young", "Late", "Other", "Asked")
    asked = assign(one.id, LEAF, NOON + DAY, for_all=False)
    for name in ("Excused", "Late", "Asked"):
        AssignmentMemberFactory(assignment_id=asked, user_id=one.members[name])
    ExtensionFactory(assignment_id=asked, user_id=one.members["Excused"], excused=True)
    late = join(one.id, "Joined after the end", joined_at=NOON)
    AssignmentMemberFactory(assignment_id=asked, user_id=late)
    closed = assign(one.id, WATER, closes=NOON - DAY)
    assert closed
    young = join(one.id, "Twelve", band=12)
    fit = join(one.id, "Fourteen", band=14)
    assert (young, fit) != (0, 0)
    assign(one.id, grown)
    shown = states(board_of(one, BoardView("1-tea", "name"), course_with(LEAF, WATER, grown)))
    assert [shown[name][0] for name in ("Excused", "Other", "Asked")] == ["not_asked", "not_asked", "not_started"]
    assert shown["Joined after the end"] == ["not_started", "not_asked", "not_asked"]
    assert shown["Twelve"][2] == "not_asked"
    assert shown["Fourteen"][2] == "not_done"


def test_own_dates_decide_for_one_and_the_column_shows_those_of_the_others(db_session: Db) -> None:
    one = class_of("Ben", "Vera")
    asked = assign(one.id, LEAF, NOON - DAY)
    ExtensionFactory(assignment_id=asked, user_id=one.members["Ben"], due=NOON + DAY)
    board = board_of(one, BoardView(sort="name"))
    assert [row.cells[0].overdue for row in board.rows] == [False, True]
    assert board.columns[0].due == NOON - DAY


def test_who_may_need_help_is_told_of_all_that_is_asked(db_session: Db) -> None:
    one = class_of("Ben", "Vera")
    assign(one.id, LEAF)
    assign(one.id, CUP, NOON + DAY)
    for hours in (2, 1):
        try_quiz(one.members["Vera"], LEAF, 2, NOON - hours * HOUR)
    board = board_of(one, BoardView("2-pot"))
    assert [entry.name for entry in board.help] == ["Vera"]
    assert board.help[0].reasons == (HelpReason("low", NOON - HOUR, LEAF.key, 2),)
    assert [row.name for row in board.rows] == ["Vera", "Ben"]
    assert [row.needs_help for row in board.rows] == [True, False]
    assert board.lessons[LEAF.key] is LEAF


@pytest.mark.both_databases
def test_a_class_takes_six_statements_whatever_was_done(db_session: Db) -> None:
    one = class_of(*(f"Ben {number}" for number in range(30)))
    closing = assign(one.id, "1-tea", NOON - DAY, closes=NOON + DAY)
    assign(one.id, CUP)
    for user_id in one.members.values():
        complete(user_id, LEAF, NOON - 2 * DAY)
        begin_quiz(user_id, WATER, NOON, seq=1)
    ExtensionFactory(assignment_id=closing, user_id=one.members["Ben 1"], due=NOON)
    group = one.group
    with counted(engine()) as sent:
        board = build_board(db.session, CATALOG, group, BoardView(), NOON)
    assert len(board.rows) == 30
    assert len(sent) == 6, sent


def engine() -> Engine:
    return db.engine


@pytest.mark.long
def test_an_export_of_five_thousand_rows_takes_little_memory(db_session: Db) -> None:
    one = class_of()
    assign(one.id, "1-tea", NOON - DAY)
    many = 5_000
    people = [
        {"name": f"Ben {n}", "name_key": f"ben {n}", "role": "learner", "created_at": NOON, "seen_at": NOON}
        for n in range(many)
    ]
    ids = list(db.session.scalars(insert(table_of(User)).returning(User.id), people))
    joined = [{"group_id": one.id, "user_id": user_id, "joined_at": NOON - 9 * DAY} for user_id in ids]
    db.session.execute(insert(Membership), joined)
    done = [
        {"user_id": user_id, "lesson": lesson.key, "read_at": NOON, "completed_at": NOON - timedelta(days=user_id % 3)}
        for user_id in ids
        for lesson in (LEAF, WATER, SCALD)
    ]
    db.session.execute(insert(Progress), done)
    db.session.commit()
    group = one.group
    board_of(class_of())  # what is made once for all is not this export's
    tracemalloc.start()
    size = sum(len(piece) for piece in export(build_board(db.session, CATALOG, group, BoardView(), NOON)))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > many * 20
    assert peak < 10_000_000, peak
    assert many > 10 * MEMBERS_AT_ONCE


def export(board: Board) -> Iterator[str]:
    words = GradebookWords("Name", "User name", "Lessons done", "Lessons assigned", "Late days", "done", "not asked")
    return csv_text(plain_rows(board, words))
