"""Order and choice of a board's rows: who is shown, and who stands first. Pure."""

from collections.abc import Sequence

from learnapp.groups.outcomes.counting import NOT_STARTED
from learnapp.reports.board.values import (
    BY_LEFT,
    HELP_FIRST,
    LATE,
    NEEDS_HELP,
    UNSTARTED,
    BoardRow,
    BoardView,
    HelpEntry,
)


def arrange_rows(rows: Sequence[BoardRow], view: BoardView, entries: Sequence[HelpEntry]) -> tuple[BoardRow, ...]:
    """Return the rows that a view shows, of rows in the order of names; those who need help as `entries` has them."""
    shown = [row for row in rows if _is_shown(row, view.show)]
    if view.sort == HELP_FIRST:
        order = {entry.user_id: number for number, entry in enumerate(entries)}
        shown.sort(key=lambda row: order.get(row.user_id, len(order)))
    elif view.sort == BY_LEFT:
        shown.sort(key=lambda row: row.done - row.asked)
    return tuple(shown)


def arrange_entries(entries: Sequence[HelpEntry]) -> tuple[HelpEntry, ...]:
    """Return entries with the newest evidence first, else in the order given."""
    return tuple(sorted(entries, key=lambda entry: entry.reasons[0].at, reverse=True))


def _is_shown(row: BoardRow, show: str) -> bool:
    if show == NEEDS_HELP:
        return row.needs_help
    if show == LATE:
        return any(cell.late for cell in row.cells)
    return show != UNSTARTED or any(cell.outcome == NOT_STARTED for cell in row.cells)
