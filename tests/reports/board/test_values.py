"""Board values: what a cell shows, and the sums of a row."""

from learnapp.groups.outcomes.counting import DONE, DONE_LATE, NOT_ASKED, NOT_STARTED
from learnapp.reports.board.values import BoardCell
from tests.reports.board.boards import ROWS, board


def test_sums_of_a_row_count_what_is_asked_and_done() -> None:
    assert [(row.done, row.asked, row.late_days) for row in ROWS] == [(3, 3, 3), (0, 3, 0), (0, 1, 0)]


def test_needs_help_hides_what_was_there() -> None:
    assert BoardCell(NOT_STARTED, needs_help=True).state == "needs_help"
    assert BoardCell(NOT_STARTED).state == NOT_STARTED


def test_late_is_done_late_or_overdue() -> None:
    assert BoardCell(DONE_LATE, 80, 1).late
    assert BoardCell(NOT_STARTED, overdue=True).late
    assert not BoardCell(DONE, 80).late


def test_states_are_explained_that_stand_in_a_cell() -> None:
    shown = board()
    assert list(shown.states) == [DONE, DONE_LATE, "begun", NOT_STARTED, "needs_help", "not_done", NOT_ASKED]
    assert list(board(rows=shown.rows[:1]).states) == [DONE, DONE_LATE]


def test_care_is_told_where_a_column_has_it() -> None:
    assert board().has_care
    assert not board(columns=board().columns[:2]).has_care
