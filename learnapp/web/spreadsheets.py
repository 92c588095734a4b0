"""Spreadsheet cells: text that none takes for a formula, and the same text read back."""

import re

# What a formula begins with; the wide and the small forms are read like the usual ones.
FORMULA = tuple("=+-@\t\r\n＝＋－＠﹦﹢﹣﹫")
_LIKE_A_FORMULA = re.compile(f"'*[{re.escape(''.join(FORMULA))}]")


def safe_cell(text: str) -> str:
    """Return a cell's text with an apostrophe before what could be taken for a formula.

    Apostrophes that stand there already get one more, so that `typed_cell` gives back exactly what it was.
    """
    return f"'{text}" if _LIKE_A_FORMULA.match(text) else text


def typed_cell(cell: str) -> str:
    """Return the text of a cell without the one apostrophe that keeps it from being a formula."""
    return cell[1:] if cell.startswith("'") and _LIKE_A_FORMULA.match(cell) else cell
