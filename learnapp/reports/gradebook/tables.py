"""Gradebook files: the rows of a board for a spreadsheet, or for Canvas to read. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from learnapp.reports.board.values import Board, BoardCell, BoardColumn
from learnapp.reports.gradebook.canvas import IDENTITY, CanvasStudent
from learnapp.web.spreadsheets import ascii_words, file_name_of

POINTS_POSSIBLE = 100
# Canvas leaves out columns whose titles have these words, and takes a number at the end for one of its own.
RESERVED = (("current score", "score so far"), ("final", "last"))
NUMBER_AT_END = re.compile(r"\((\d+)\)\s*$")


@dataclass(frozen=True, slots=True)
class GradebookWords:
    """The words of the plain file, in the reader's language."""

    name: str
    user_name: str
    lessons_done: str
    lessons_assigned: str
    late_days: str
    done: str
    not_asked: str


def plain_rows(board: Board, words: GradebookWords) -> Iterator[list[str]]:
    """Yield the header and a row for each member: marks from 0 to 100 where a lesson is done, else nothing."""
    sums = (words.lessons_done, words.lessons_assigned, words.late_days)
    yield [words.name, words.user_name, *(column.lesson.title for column in board.columns), *sums]
    for row in board.rows:
        cells = (_plain_cell(column, cell, words) for column, cell in zip(board.columns, row.cells, strict=True))
        yield [row.name, row.user_name, *cells, str(row.done), str(row.asked), str(row.late_days)]


def canvas_rows(board: Board, matched: Mapping[int, CanvasStudent] | None = None) -> Iterator[list[str]]:
    """Yield header, points possible and a row for each member, as Canvas reads them.

    With `matched`, members stand there as Canvas has them, and those that are not in it are left out.
    """
    yield [*IDENTITY, *(canvas_title(column.lesson.title) for column in board.columns)]
    yield ["    Points Possible", *[""] * (len(IDENTITY) - 1), *[str(POINTS_POSSIBLE)] * len(board.columns)]
    for row in board.rows:
        if matched is None:
            student = CanvasStudent(row.name, "", "", row.user_name, board.group.name)
        elif row.user_id in matched:
            student = matched[row.user_id]
        else:
            continue
        yield [*student.cells, *map(_canvas_cell, board.columns, row.cells)]


def identity_rows(students: Iterable[CanvasStudent]) -> Iterator[list[str]]:
    """Yield what an export says of its students, to be sent along by the page that shows how they were matched."""
    yield list(IDENTITY)
    for student in students:
        yield list(student.cells)


def canvas_title(title: str) -> str:
    """Return a title that Canvas keeps as a column of ours."""
    for word, instead in RESERVED:
        title = re.sub(word, instead, title, flags=re.IGNORECASE)
    return NUMBER_AT_END.sub(r"[\1]", title)


def renamed_titles(board: Board) -> tuple[tuple[str, str], ...]:
    """Return the titles that Canvas gets differently: as they are here, and as they are there."""
    titles = ((column.lesson.title, canvas_title(column.lesson.title)) for column in board.columns)
    return tuple(pair for pair in titles if pair[0] != pair[1])


def file_name(board: Board, suffix: str = "") -> str:
    """Return a name in ASCII with the group, the module and the group's local date."""
    day = board.at.astimezone(board.group.local_zone).date()
    name, module = ascii_words(board.group.name) or board.group.kind, board.module.slug if board.module else ""
    return file_name_of(name, module, f"{day}", suffix)


def _plain_cell(column: BoardColumn, cell: BoardCell, words: GradebookWords) -> str:
    if not cell.asked:
        return words.not_asked
    if not cell.done:
        return ""
    return words.done if column.care or cell.mark is None else str(cell.mark)


def _canvas_cell(column: BoardColumn, cell: BoardCell) -> str:
    if not cell.done:
        return ""
    return str(POINTS_POSSIBLE if column.care else "" if cell.mark is None else cell.mark)
