"""Order and choice of rows."""

import pytest

from learnapp.reports.board.arrange import arrange_entries, arrange_rows
from learnapp.reports.board.needs_help import HelpReason
from learnapp.reports.board.values import (
    BY_LEFT,
    BY_NAME,
    HELP_FIRST,
    LATE,
    NEEDS_HELP,
    UNSTARTED,
    BoardView,
    HelpEntry,
)
from tests.reports.board.boards import NOW, ROWS

ENTRY = HelpEntry(3, "Zoe", (HelpReason("asked", NOW),))


@pytest.mark.parametrize(
    ("view", "names"),
    [
        (BoardView(sort=HELP_FIRST), ["Zoe", "Ben", "Vera"]),
        (BoardView(sort=BY_NAME), ["Ben", "Vera", "Zoe"]),
        (BoardView(sort=BY_LEFT), ["Vera", "Zoe", "Ben"]),
        (BoardView(show=NEEDS_HELP), ["Zoe"]),
        (BoardView(show=LATE), ["Ben", "Vera"]),
        (BoardView(show=UNSTARTED, sort=BY_NAME), ["Vera", "Zoe"]),
    ],
)
def test_rows_are_chosen_and_ordered_as_the_view_says(view: BoardView, names: list[str]) -> None:
    assert [row.name for row in arrange_rows(ROWS, view, [ENTRY])] == names


def test_the_newest_evidence_stands_first() -> None:
    older = HelpEntry(1, "Ben", (HelpReason("asked", NOW.replace(hour=9)),))
    assert arrange_entries([older, ENTRY]) == (ENTRY, older)
