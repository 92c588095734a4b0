"""Spreadsheet cells: text that none takes for a formula, and the same text read back; what is no text at all."""

import re

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
