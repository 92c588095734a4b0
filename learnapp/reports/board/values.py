"""Board as frozen values: members by lessons of one module, what each cell says, and who may need help."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from learnapp.content.catalog import Lesson, Module
from learnapp.groups.outcomes.counting import (
    BEGUN,
    DONE,
    DONE_LATE,
    HANDED_IN,
    NOT_ASKED,
    NOT_DONE,
    NOT_STARTED,
    OutcomeState,
)
from learnapp.groups.values import GroupSummary
from learnapp.reports.board.needs_help import HelpReason

HELP_FIRST, BY_NAME, BY_LEFT = "help", "name", "left"
ALL, NEEDS_HELP, LATE, UNSTARTED = "all", "help", "late", "not_started"
CellState = Literal["not_asked", "not_started", "begun", "handed_in", "not_done", "done", "done_late", "needs_help"]
# In the order in which the page explains them.
CELL_STATES: tuple[CellState, ...] = (DONE, DONE_LATE, HANDED_IN, BEGUN, NOT_STARTED, "needs_help", NOT_DONE, NOT_ASKED)


@dataclass(frozen=True, slots=True)
class BoardView:
    """What a leader wants to see, as the address says: which module, in which order, and whom."""

    module: str | None = None
    sort: str = HELP_FIRST
    show: str = ALL


@dataclass(frozen=True, slots=True)
class BoardCell:
    """One member and one lesson: the mark in whole percent where it is done, by how many days it is late.

    `overdue`: it was due, and is not done. Of a care lesson there is neither mark nor lateness.
    """

    outcome: OutcomeState
    mark: int | None = None
    late_days: int = 0
    overdue: bool = False
    needs_help: bool = False

    @property
    def state(self) -> CellState:
        """Return what the cell shows."""
        return "needs_help" if self.needs_help else self.outcome

    @property
    def done(self) -> bool:
        return self.outcome in (DONE, DONE_LATE)

    @property
    def asked(self) -> bool:
        return self.outcome != NOT_ASKED

    @property
    def late(self) -> bool:
        """Tell whether it was done late or is overdue."""
        return self.overdue or self.late_days > 0


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A lesson of the module that is asked of somebody: when it is due for most, how many of whom have done it."""

    lesson: Lesson
    module_number: int
    care: bool
    due: datetime | None
    asked: int
    done: int

    @property
    def number(self) -> str:
        return f"{self.module_number}.{self.lesson.number}"


@dataclass(frozen=True, slots=True)
class HelpEntry:
    """A member who may need help, and why, newest evidence first."""

    user_id: int
    name: str
    reasons: tuple[HelpReason, ...]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A member with a cell for each column; `needs_help` also where no lesson of this module is a reason."""

    user_id: int
    name: str
    user_name: str
    cells: tuple[BoardCell, ...]
    needs_help: bool

    @property
    def done(self) -> int:
        return sum(cell.done for cell in self.cells)

    @property
    def asked(self) -> int:
        return sum(cell.asked for cell in self.cells)

    @property
    def late_days(self) -> int:
        """Return by how many days lessons that are done were late, added up."""
        return sum(cell.late_days for cell in self.cells)


@dataclass(frozen=True)
class Board:
    """What is shown, printed and carried away of one group and module, at one moment.

    `rows` are those that `view` asks for, in its order; `member_count` and the sums of columns are of all members.
    `help` and `handled` are of all `lessons` that are asked, by their keys; who is handled stands in no cell.
    `results_due` are members of whom a result is due that was not given yet.
    """

    group: GroupSummary
    view: BoardView
    at: datetime
    modules: tuple[Module, ...]
    module: Module | None
    columns: tuple[BoardColumn, ...]
    rows: tuple[BoardRow, ...]
    member_count: int
    lessons: Mapping[str, Lesson]
    help: tuple[HelpEntry, ...]
    handled: tuple[HelpEntry, ...]
    results_due: frozenset[int] = frozenset()

    @property
    def states(self) -> Iterator[CellState]:
        """Yield the states that stand in some cell, to be explained."""
        shown = {cell.state for row in self.rows for cell in row.cells}
        return (state for state in CELL_STATES if state in shown)

    @property
    def has_care(self) -> bool:
        """Tell whether a lesson is among them of which only done or not done is told."""
        return any(column.care for column in self.columns)
