"""QR codes: a text as the square that a phone's camera reads, put so that a template draws it as SVG."""

from dataclasses import dataclass
from itertools import groupby

import segno

# Below this nobody reads it from a poster across a room: 57 modules a side.
LARGEST_VERSION = 10


@dataclass(frozen=True, slots=True)
class QRCode:
    """A code of so many modules a side, as the path of its dark ones in an SVG."""

    size: int
    path: str


def qr_code(text: str) -> QRCode:
    """Return the code of a text, of which 15 % may be unreadable; raises ValueError for one that is too long."""
    code = segno.make_qr(text, error="m", boost_error=False)
    if int(code.version) > LARGEST_VERSION:
        raise ValueError("the text is too long for a code")
    return QRCode(len(code.matrix), "".join(_runs(y, row) for y, row in enumerate(code.matrix)))


def _runs(y: int, row: bytearray) -> str:
    """Return the dark modules of a row, each run of them as one rectangle."""
    path, x = "", 0
    for dark, run in groupby(row):
        width = len(list(run))
        path += f"M{x} {y}h{width}v1H{x}z" if dark else ""
        x += width
    return path
