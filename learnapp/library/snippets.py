"""A few words around what was found, in pieces that are to be marked or not. Pure; nothing is HTML yet."""

from __future__ import annotations

from collections.abc import Collection

from learnapp.library.words import Token, tokens

WORDS_SHOWN = 30
LEAD = 6  # words before the first match

FrozenModel = tuple[str, bool]


def snippet(text: str, stems: Collection[str], most: int = WORDS_SHOWN) -> tuple[FrozenModel, ...]:
    """Return the stretch of a text with most of the stems as (words, marked) pieces, with … where cut."""
    words = list(tokens(text))
    if not words:
        return ((text, False),) if text else ()
    first = _best_start(words, stems, most)
    shown = words[first : first + most]
    start = 0 if first == 0 else shown[0].start
    last = first + len(shown) == len(words)
    end = len(text) if last else shown[-1].end
    pieces: list[FrozenModel] = [("… ", False)] if start else []
    at = start
    for word in shown:
        if word.stem in stems:
            pieces += [(text[at : word.start], False), (text[word.start : word.end], True)]
            at = word.end
    pieces += [(text[at:end], False), ("" if last else " …", False)]
    return tuple(piece for piece in pieces if piece[0])


def _best_start(words: list[Token], stems: Collection[str], most: int) -> int:
    """Return where to begin so that as many different stems as possible are shown, early ones rather."""
    if len(words) <= most:
        return 0
    hits = [number for number, word in enumerate(words) if word.stem in stems]
    best, best_count = 0, 0
    for hit in hits:
        start = max(0, min(hit - LEAD, len(words) - most))
        count = len({words[one].stem for one in hits if start <= one < start + most})
        if count > best_count:
            best, best_count = start, count
    return best
