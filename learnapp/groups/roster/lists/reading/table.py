"""Tables of lists: text to rows of cells, however its columns are parted and its lines end."""

import csv
import io
import re
from collections.abc import Iterator

from learnapp.groups.roster.lists.errors import ListRefused, refused
from learnapp.groups.roster.lists.values import ListProblem, ListTable, Row
from learnapp.web.spreadsheets import UNSHOWN

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 2_000, 60, 500
DELIMITERS = (",", ";", "\t")
MOST_PROBLEMS = 50
_QUOTED = re.compile(r'"(?:[^"]|"")*"?')


def read_table(text: str, most_rows: int = MOST_ROWS) -> ListTable:
    """Return the rows of a text, blank ones left out; raises ListRefused with all that is wrong.

    Each row has as many cells as the header: a shorter or longer one could have its values in the wrong columns.
    """
    records = _records(text)
    number, header = next(((number, row) for number, row in records if any(row)), (0, ()))
    if not header:
        raise refused("empty")
    if len(header) > MOST_COLUMNS:
        raise refused("columns", number, count=len(header), most=MOST_COLUMNS)
    rows, numbers, problems = [], [], _long_cells(header, header, number)
    for number, row in records:
        if not any(row):
            continue
        if len(row) != len(header):
            problems.append(ListProblem("ragged", number, about={"cells": len(row), "columns": len(header)}))
        elif max(map(len, row)) > LONGEST_CELL:
            problems += _long_cells(header, row, number)
        rows.append(row)
        numbers.append(number)
        if len(rows) > most_rows:
            raise refused("rows", most=most_rows)
        if len(problems) > MOST_PROBLEMS:
            break
    if problems:
        raise ListRefused(problems)
    return ListTable(header, tuple(rows), tuple(numbers))


def first_rows(text: str, count: int) -> tuple[Row, ...]:
    """Return the first rows of a text as far as they can be read, cut to what a page shows."""
    found: list[Row] = []
    try:
        for _number, row in _records(text):
            found += [tuple(cell[:LONGEST_CELL] for cell in row[:MOST_COLUMNS])] if any(row) else []
            if len(found) == count:
                break
    except ListRefused:
        pass
    return tuple(found)


def _records(text: str) -> Iterator[tuple[int, Row]]:
    """Yield each row with its number as a spreadsheet counts; raises ListRefused at a quote that is left alone."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise refused("huge_cell" if "limit" in str(error) else "quote", number) from error
        yield number, tuple(UNSHOWN.sub("", cell).strip() for cell in row)


def _delimiter(text: str) -> str:
    """Return what parts the columns: what the header has most of, outside of quotes."""
    header = re.split(r"[\r\n]", _QUOTED.sub("", text[: 64 * 1024]).lstrip(), maxsplit=1)[0]
    return max(DELIMITERS, key=header.count)


def _long_cells(header: Row, row: Row, number: int) -> list[ListProblem]:
    return [
        ListProblem("long_cell", number, header[place][:40], {"length": len(cell), "most": LONGEST_CELL})
        for place, cell in enumerate(row)
        if len(cell) > LONGEST_CELL
    ]
