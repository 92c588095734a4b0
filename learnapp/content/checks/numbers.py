"""Numbers: those of a text, in digits and in words, to be held against the facts."""

import re
from decimal import Decimal
from functools import lru_cache

_UNITS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen"
)
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_VALUES = {
    **{word: number for number, word in enumerate(_UNITS.split("|"))},
    **{word: number * 10 for number, word in enumerate(_TENS.split("|"), 2)},
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_DIGITS = re.compile(r"[0-9]+(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?")
_TOKEN = re.compile(rf"(?P<digits>{_DIGITS.pattern})|(?P<word>[A-Za-z]+)|(?P<gap>[^A-Za-z0-9]+)")


def numbers_in(text: str, words_from: int = 0) -> list[Decimal]:
    """List a text's numbers (`33,000`, `180th`, `twenty-five`); those in words only from `words_from` on."""
    return [number for number, in_digits in _read(text) if in_digits or number >= words_from]


@lru_cache(maxsize=8192)
def _read(text: str) -> tuple[tuple[Decimal, bool], ...]:
    numbers: list[tuple[Decimal, bool]] = []
    total: Decimal | None = None  # of the number that is being read in words, or digits before a scale
    in_digits = False

    def finish() -> None:
        nonlocal total
        if total is not None:
            numbers.append((total, in_digits))
        total = None

    for match in _TOKEN.finditer(text):
        word = (match["word"] or "").lower()
        if match["digits"]:
            finish()
            total, in_digits = Decimal(match["digits"].replace(",", "")), True
        elif word in _SCALES and total is not None:
            total *= _SCALES[word]
        elif word in _SCALES:
            finish()
        elif word in _VALUES:
            value, rest = Decimal(_VALUES[word]), (total or 0) % 100
            joins = rest == 0 or (rest >= 20 and rest % 10 == 0 and value < 10)
            if total is None or in_digits or total <= value or not joins:
                finish()
                total, in_digits = Decimal(), False
            total += value
        elif total is None or (word == "and" and not in_digits and total >= 100):
            continue
        elif match["gap"] is None or not re.fullmatch(r"[ \u00a0-]+", match["gap"]):
            finish()
    finish()
    return tuple(numbers)
