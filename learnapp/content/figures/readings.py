"""Readings: the numbers that stand in digits in the ledger's figures, each with its own words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

SCALES = {"hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_NUMBER = re.compile(
    r"""
    (?:\b(?P<before>
      over|more\ than|less\ than|fewer\ than|under|up\ to|at\ least|at\ most|about|around|nearly|almost
    )\s+)?
    (?P<words>
      (?:(?<![\w)%])[-−])?                # a minus; between two numbers the same stroke means "to"
      (?P<coin>[$€£¥])?
      (?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)
      (?:/(?P<below>[0-9]+)(?![0-9]))?
      (?:\s(?P<scale>hundred|thousand|million|billion|trillion)\b)?
      (?P<tail>%|(?:st|nd|rd|th|s)\b)?
    )
    (?:\s(?P<after>\(estimate\)))?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TO = re.compile(r"\s?[-–]\s?|\sto\s", re.IGNORECASE)
# 1/4 is a quarter; 180/180 is a place among 180.
_FRACTION_MAX = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """A number of the ledger: its value, its words like "$1.74 billion" and the "over" or "(estimate)" around it."""

    value: Decimal
    text: str
    before: str = ""
    after: str = ""

    @property
    def qualified(self) -> str:
        """Return the text with what qualifies it: "over 33,000", "$1,700 (estimate)"."""
        return " ".join(filter(None, (self.before, self.text, self.after)))


def readings(figures: Iterable[str]) -> tuple[Reading, ...]:
    """Return the numbers of a fact's figures in order: ["5 camps", "80,000-120,000 people"] has three."""
    return tuple(reading for figure in figures for reading in _in_one(figure))


def _in_one(text: str) -> Iterator[Reading]:
    matches = list(_NUMBER.finditer(text))
    for before, match, after in zip([None, *matches], matches, [*matches[1:], None], strict=False):
        scale, tail, coin = match["scale"], match["tail"] or "", match["coin"] or ""
        # What "1-2 million" and "$20-40" write once holds for both ends.
        if after and _TO.fullmatch(text[match.end() : after.start()]) and not scale and not tail:
            scale = after["scale"]
            tail = "%" if after["tail"] == "%" else ""
        if before and _TO.fullmatch(text[before.end() : match.start()]) and not coin:
            coin = before["coin"] or ""
        yield from _read(match, coin, scale, tail)


def _read(match: re.Match[str], coin: str, scale: str | None, tail: str) -> Iterator[Reading]:
    """Return the number of one match; a place such as 179/180 is two."""
    value = Decimal(match["digits"].replace(",", "")) * SCALES.get((scale or "").lower(), 1)
    minus = match["words"][0] if match["words"][0] in "-−" else ""
    first = Reading(
        value=-value if minus else value,
        text=f"{minus}{coin}{match['digits']}{' ' + scale if scale else ''}{tail}",
        before=(match["before"] or "").lower(),
        after=match["after"] or "",
    )
    below = match["below"]
    if below is None:
        yield first
    elif match["digits"].isdecimal() and int(match["digits"]) < int(below) <= _FRACTION_MAX:
        yield replace(first, value=Decimal(match["digits"]) / Decimal(below), text=f"{match['digits']}/{below}")
    else:
        yield replace(first, after="")
        yield Reading(Decimal(below), below, "", match["after"] or "")
