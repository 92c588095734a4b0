"""Numerals, read exactly, as authors write them: no floats, no exponents, no more digits than a person would type."""

import re
import unicodedata
from decimal import Decimal

from learnapp.quiz.words import TYPED_MAX

DIGITS_MAX = 20

_SAME = str.maketrans({"−": "-", "–": "-", "‐": "-", "‑": "-", "’": "'", "٫": ".", "٬": ","})
_NUMBER = re.compile(
    r"(?P<sign>[+-]?) ?"
    r"(?:(?P<grouped>[0-9]{1,3}(?:(?P<sep>[, '])[0-9]{3})(?:(?P=sep)[0-9]{3})*)|(?P<whole>[0-9]*))"
    r"(?:\.(?P<part>[0-9]*))?"
)


def read_number(text: str) -> Decimal | None:
    """Read a number as an author writes it, or return None if it is not one or has more than 20 digits.

    Digits of any script and full-width ones count as digits; superscripts and fractions do not. A point
    marks decimals. Thousands may be grouped by comma, space or apostrophe, one of them throughout. There
    is no exponent, so no short text can stand for a huge number.
    """
    match = _NUMBER.fullmatch(plain_form(text[:TYPED_MAX]))
    if match is None:
        return None
    whole = re.sub(r"[, ']", "", match["grouped"] or match["whole"] or "")
    part = match["part"] or ""
    if not 1 <= len(whole) + len(part) <= DIGITS_MAX:
        return None
    return tidy(Decimal(f"{match['sign']}{whole or '0'}.{part or '0'}"))


def exact_decimal(value: object) -> Decimal:
    """Turn an author's number into a Decimal in its shortest plain form; raise ValueError with advice."""
    number = None
    match value:
        case bool():
            pass
        case str():
            number = read_number(value.strip())
        case float():
            number = read_number(str(float(value)))
        case int() if abs(value) < 10**DIGITS_MAX:
            number = read_number(f"{value:d}")
        case Decimal() if abs(value.adjusted()) <= DIGITS_MAX:  # Writing out 1E+999999 would fill the memory.
            number = read_number(f"{value:f}")
    if number is None:
        raise ValueError(f"write a plain number of at most {DIGITS_MAX} digits, such as 12 or 2.5")
    return number


def show_number(number: Decimal) -> str:
    """Write a number for readers, thousands grouped from five digits on, so that years stay as they are."""
    plain = tidy(number)
    return f"{plain:,f}" if abs(plain) >= 10_000 else f"{plain:f}"


def plain_form(text: str) -> str:
    """Bring digits, signs, separators and spaces to their plain forms; keep superscripts as they are."""
    # Phones put invisible direction marks (Cf) beside numbers.
    chars = (_ascii_char(char) for char in text if unicodedata.category(char) != "Cf")
    return " ".join("".join(chars).translate(_SAME).split())


def _ascii_char(char: str) -> str:
    narrow = unicodedata.normalize("NFKC", str(unicodedata.decimal(char, char)))
    # NFKC makes 10² read 102, so nothing but a digit may turn into one.
    return narrow if char.isdecimal() or not any(map(str.isdecimal, narrow)) else char


def tidy(number: Decimal) -> Decimal:
    """Write equal numbers equally: 10.0 as 10, -0 as 0, never with an exponent."""
    return number.normalize() + 0
