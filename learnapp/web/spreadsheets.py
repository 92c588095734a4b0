"""Spreadsheets: tables as files, cells that none takes for a formula, and the same text read back; what is no text."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from flask import Response

BOM = "\ufeff"  # by which spreadsheets know UTF-8
ROWS_AT_ONCE = 200

# What a formula begins with; the wide and the small forms are read like the usual ones.
FORMULA = tuple("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
# What no page may hold, and nobody sees or types: control characters but tabs and ends of lines, and what Unicode says
# is no character. It comes by pasting, and a field that held it could not show it again.
UNSHOWN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane + low) for plane in range(0, 0x110000, 0x10000) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_LIKE_A_FORMULA = re.compile(f"'*[{re.escape(''.join(FORMULA))}]")


def safe_cell(text: str) -> str:
    """Return a cell's text with an apostrophe before what could be taken for a formula.

    Apostrophes that stand there already get one more, so that `typed_cell` gives back exactly what it was.
    """
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def typed_cell(cell: str) -> str:
    """Return the text of a cell without the one apostrophe that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell


def csv_text(rows: Iterable[Sequence[str]], separator: str = ",", *, mark: bool = True) -> Iterator[str]:
    """Yield a file in pieces of some hundred rows; no cell of it is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    out.write(BOM if mark else "")
    for number, row in enumerate(rows, 1):
        writer.writerow([safe_cell(cell) for cell in row])
        if number % ROWS_AT_ONCE == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def csv_response(pieces: Iterable[str], name: str) -> Response:
    """Return a file of that name, sent piece by piece: what it is made of was read before."""
    response = Response((piece.encode() for piece in pieces), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def file_name_of(*parts: str) -> str:
    """Return a file's name of these parts, those left out that are empty."""
    return "-".join(filter(None, parts)) + ".csv"


def ascii_words(text: str) -> str:
    """Return what of a text can stand in the name of a file anywhere, which may be nothing."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")
