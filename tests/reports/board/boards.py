"""Boards without a database: rows of any cells."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from learnapp.groups.outcomes.counting import BEGUN, DONE, DONE_LATE, NOT_ASKED, NOT_DONE, NOT_STARTED
from learnapp.groups.values import GroupSummary
from learnapp.reports.board.values import Board, BoardCell, BoardColumn, BoardRow, BoardView
from tests.courses.classes import CATALOG, LEAF, SCALD, WATER

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
GROUP = GroupSummary(
    7, "class", "9C", "Europe/Berlin", None, 60, True, False, 1, NOW, None, "leader", NOW
)  # fmt: skip
MODULE = CATALOG.modules["1-tea"]


def column(lesson: Any, care: bool = False, **about: Any) -> BoardColumn:
    return BoardColumn(lesson, 1, care, about.get("due"), about.get("asked", 0), about.get("done", 0))


def row(name: str, *cells: BoardCell, user_id: int = 1, needs_help: bool = False) -> BoardRow:
    return BoardRow(user_id, name, name.casefold(), cells, needs_help)


COLUMNS = (column(LEAF), column(WATER), column(SCALD, care=True))
ROWS = (
    row("Ben", BoardCell(DONE, 83), BoardCell(DONE_LATE, 100, 3), BoardCell(DONE), user_id=1),
    row("Vera", BoardCell(BEGUN, overdue=True), BoardCell(NOT_STARTED), BoardCell(NOT_DONE), user_id=2),
    row(
        "Zoe",
        BoardCell(NOT_STARTED, needs_help=True),
        BoardCell(NOT_ASKED),
        BoardCell(NOT_ASKED),
        user_id=3,
        needs_help=True,
    ),
)


def board(**changes: Any) -> Board:
    """Make a board of three members and three lessons."""
    made = Board(
        group=GROUP,
        view=BoardView("1-tea"),
        at=NOW,
        modules=(MODULE,),
        module=MODULE,
        columns=COLUMNS,
        rows=ROWS,
        member_count=3,
        lessons={one.lesson.key: one.lesson for one in COLUMNS},
        help=(),
        handled=(),
    )
    return replace(made, **changes)
