"""The table of a board's page and its files, read back as a leader's eyes or a spreadsheet would."""

import csv
import io
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.pages import Page, words


@dataclass(frozen=True)
class ReadRow:
    """A row as it is read: a word or a number for each lesson, days late for each, and the sums."""

    name: str
    cells: tuple[str, ...]
    late: tuple[int, ...]
    done: int
    asked: int
    late_days: int


@dataclass(frozen=True)
class ReadTable:
    """A whole table: titles of lessons, rows, and (done, asked) of each lesson."""

    titles: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    sums: tuple[tuple[int, int], ...]


def read_page(page: Page) -> ReadTable:
    """Read the table of a board's page."""
    table = next(one for one in page.all("table") if one.get("class") == "board")
    heads = list(table.iter("th"))
    columns = [head for head in heads if head.get("scope") == "col"][1:-1]
    titles = tuple(words(next(one for one in head.iter("span"))) for head in columns)
    body, foot = next(table.iter("tbody")), next(table.iter("tfoot"))
    sums = tuple(_of(words(cell)) for cell in list(foot.iter("td"))[:-1])
    return ReadTable(titles, tuple(map(_row, body.iter("tr"))), sums)


def read_assigned(page: Page) -> list[tuple[int, int]]:
    """Read (done, asked) of each assignment on a class's page."""
    return [_of(words(one)) for one in page.all("b") if re.fullmatch(r"\d+ of \d+", words(one))]


def _row(row: Element) -> ReadRow:
    *cells, total = row.iter("td")
    shown = tuple(map(_cell, cells))
    done, asked = _of(words(total))
    name = words(next(one for one in row.iter("bdi")))
    return ReadRow(name, tuple(cell for cell, _ in shown), tuple(late for _, late in shown), done, asked, _late(total))


def _cell(cell: Element) -> tuple[str, int]:
    """Return the mark of a cell, or else its word; and by how many days it was late."""
    marks = [words(one) for one in cell.iter("b")]
    word = next(words(one) for one in cell.iter("span") if "word" in one.get("class", "").split())
    return (marks[0] if marks else word), _late(cell)


def _late(cell: Element) -> int:
    found = re.search(r"(\d+) days? late", words(cell))
    return int(found[1]) if found else 0


def _of(text: str) -> tuple[int, int]:
    found = re.search(r"(\d+) of (\d+)", text)
    assert found, text
    return int(found[1]), int(found[2])


def read_file(client: FlaskClient, path: str, separator: str = ",") -> list[list[str]]:
    """Return the rows of a file that a page leads to."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=separator))
