"""Canvas gradebook exports: read in memory, to students. Pure."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from learnapp.web.spreadsheets import UNSHOWN, typed_cell

LARGEST_FILE, MOST_ROWS, MOST_COLUMNS = 200_000, 2_000, 500
HEADER_WITHIN = 3  # rows: another one may stand above it
FAULTS_TOLD = 10
IDENTITY = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
NOT_STUDENTS = {"points possible", "student, test", "test student", "manual posting", "muted", ""}


class UnreadableExport(Exception):
    """The file is no gradebook of Canvas that can be read: why, by a word, and at which rows (number, cells)."""

    def __init__(self, reason: str, rows: Sequence[tuple[int, int]] = (), columns: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.rows, self.columns = reason, tuple(rows), columns


@dataclass(frozen=True, slots=True)
class CanvasStudent:
    """A student as Canvas has them: what must stand in the file that goes back."""

    name: str
    id: str
    sis_id: str
    login: str
    section: str

    @property
    def cells(self) -> tuple[str, ...]:
        return (self.name, self.id, self.sis_id, self.login, self.section)


def read_export(data: bytes) -> tuple[CanvasStudent, ...]:
    """Return the students of an export of Canvas's gradebook; raises UnreadableExport.

    A row that has other than the header's number of cells would put values into wrong columns, and is refused.
    """
    rows = _read_rows(data)
    start, columns = _find_header(rows)
    header_length = len(rows[start])
    ragged = [(number, len(row)) for number, row in enumerate(rows, 1) if row and len(row) != header_length]
    if ragged:
        raise UnreadableExport("ragged", ragged[:FAULTS_TOLD], header_length)
    students = (_student(row, columns) for row in rows[start + 1 :] if row)
    return tuple(one for one in students if one.name.strip().casefold() not in NOT_STUDENTS)


def _read_rows(data: bytes) -> list[list[str]]:
    if not data:
        raise UnreadableExport("missing")
    if len(data) > LARGEST_FILE:
        raise UnreadableExport("too_large")
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableExport("encoding") from error
    if "\0" in text:
        raise UnreadableExport("encoding")
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    lines = io.StringIO(text, newline="")  # also lines that end as on an old Macintosh
    try:
        rows = list(islice(_cells(csv.reader(lines, delimiter=separator)), MOST_ROWS + 1))
    except csv.Error as error:
        raise UnreadableExport("not_csv") from error
    if len(rows) > MOST_ROWS or max(map(len, rows), default=0) > MOST_COLUMNS:
        raise UnreadableExport("too_large")
    return rows


def _cells(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for row in rows:
        yield [typed_cell(UNSHOWN.sub("", cell)) for cell in row] if any(cell.strip() for cell in row) else []


def _find_header(rows: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """Return at which row the header stands, and in which column each known name."""
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        columns = {name.strip().casefold(): at for at, name in reversed(list(enumerate(row)))}
        named = "student" in columns or {"lastname", "firstname"} <= columns.keys()
        if named and columns.keys() & {"id", "sis user id", "sis login id"}:
            return number, columns
    raise UnreadableExport("no_header")


def _student(row: Sequence[str], columns: dict[str, int]) -> CanvasStudent:
    cells = [row[columns[key]] if (key := name.casefold()) in columns else "" for name in IDENTITY]
    if "student" not in columns:
        last, first = (row[columns[name]].strip() for name in ("lastname", "firstname"))
        cells[0] = f"{last}, {first}" if first else last
    return CanvasStudent(*cells)
