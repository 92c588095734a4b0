"""How wide words are in the site's face, so that drawn text can be broken into lines that fit."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import east_asian_width

# Figures are set in --t1, in rem.
SIZE = 0.875
# Advances in hundredths of an em, rounded up to the next four: some 4 % to spare. A browser test measures.
_GROUPS = {
    16: "'",
    24: ",.:;|·‘’",
    28: " `ijl",
    32: '!"()[f',
    36: "]rt{}°",
    40: "-/I\\_“”",
    44: "1",
    48: "?svyz",
    52: "*7Jckx¶–",
    56: "2<>FLT^aeghnou~§×äéöü",
    60: "$3569EPSVYbdpqß",
    64: "+48=ABKRXZ£−",
    68: "#0CD…€",
    72: "GHNOUw",
    76: "&Q",
    80: "@",
    84: "M¼½—",
    88: "Wm",
    92: "%",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_BOLD = 1.07
# What the widths have to spare may be used up before a word is broken.
_SPARE = 1.04
_UNKNOWN, _FULL = 64, 100
# Where a word with a hyphen may be broken; "Il-sung" and "20-40" stay whole.
_HYPHEN = re.compile(r"(?<=[^\W\d]{4}-)(?=[^\W\d]{4})")


def span(text: str, bold: bool = False, size: float = SIZE) -> float:
    """Return about how many rem a text takes in one line."""
    ems = sum(_WIDTHS.get(one) or (_FULL if east_asian_width(one) in "FW" else _UNKNOWN) for one in str(text))
    return ems / 100 * size * (_BOLD if bold else 1)


@lru_cache(maxsize=4096)
def lines(text: str, wide: float, bold: bool = False, size: float = SIZE) -> tuple[str, ...]:
    """Break a text into as few lines as `wide` rem allow, about equally long; a longer word is broken too."""
    pieces = [piece for word in str(text).split() for piece in _pieces(word, wide, bold, size)]
    best = _filled(pieces, wide, bold, size)
    low, high = wide / 3, wide
    while len(best) > 1 and high - low > 0.1:
        middle = (low + high) / 2
        tried = _filled(pieces, middle, bold, size)
        fits = len(tried) == len(best) and all(span(line, bold, size) <= middle for line in tried)
        low, high = (low, middle) if fits else (middle, high)
    return tuple(_filled(pieces, high, bold, size))


def whole(texts: list[str], wide: float, bold: bool = False) -> bool:
    """Tell whether every word of these texts fits, so that none has to be broken."""
    return all(span(word, bold) <= wide * _SPARE for text in texts for word in str(text).split())


def _filled(pieces: list[str], wide: float, bold: bool, size: float) -> list[str]:
    """Put as many pieces into each line as fit; those that start with a space lose it at a line's start."""
    found: list[str] = []
    for piece in pieces:
        if found and span(found[-1] + piece, bold, size) <= wide:
            found[-1] += piece
        else:
            found.append(piece.lstrip())
    return found


def _pieces(word: str, wide: float, bold: bool, size: float) -> list[str]:
    """Return the parts of a word, with a space before it, between which it may be broken."""
    found = []
    for part in _HYPHEN.split(f" {word}"):
        while span(part.strip(), bold, size) > wide * _SPARE and len(part) > 4:
            fits = (
                n for n in range(len(part) - 3, 1, -1) if span(f"{part[:n].strip()}-", bold, size) <= wide
            )
            end = next(fits, 2)
            found.append(f"{part[:end]}-")
            part = part[end:]
        found.append(part)
    return found
