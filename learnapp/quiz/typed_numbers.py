"""Typed numbers: how what somebody typed can be read, anywhere in the world, decided by its form alone.

Half the world begins decimals with a comma and groups thousands by points, the other half does it the other way
round. Where a form has two readings, both are returned, and whoever typed it is asked: which of them is near the
right answer decides nothing, since to be asked would tell.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from learnapp.quiz.display import Choice, Input, Message
from learnapp.quiz.numerals import DIGITS_MAX, plain_form, tidy
from learnapp.quiz.words import TYPED_MAX

SHOWN_MAX = 40
NARROW_SPACE = "\u202f"  # no line ends there
PERCENT = {"%", "percent", "per cent", "pct"}
# A number "in millions" would be read without them; so they are asked for in digits.
SCALES = {"hundred", "thousand", "million", "billion", "trillion", "dozen", "lakh", "crore", "k", "m", "bn"}

# Marks that mean one thing everywhere: apostrophes and Arabic marks group, Arabic and raised points begin decimals.
_SURE = str.maketrans({"٬": "'", "ʼ": "'", "′": "'", "`": "'", "´": "'", "٫": "·", "—": "-", "‒": "-"})
_SIGN = r"(?P<sign>[+-]?) ?"
_INTEGER = re.compile(rf"{_SIGN}(?P<whole>[0-9]+)")
# 33 500 or 33'500; 1,234,567; 1.234.567; 12,34,567 as in India; each with decimals after another mark.
_GROUPED = [
    re.compile(rf"{_SIGN}(?P<whole>{groups})(?:{mark}(?P<part>[0-9]*))?")
    for groups, mark in (
        (r"[0-9]{1,3}(?: [0-9]{3})+", "[.,·]"),
        (r"[0-9]{1,3}(?:'[0-9]{3})+", "[.,·]"),
        (r"[0-9]{1,3}(?:,[0-9]{3}){2,}", "[.·]"),
        (r"[0-9]{1,3}(?:\.[0-9]{3}){2,}", "[,·]"),
        (r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}", "[.·]"),
    )
]
# 33,500.5 and 33.500,5: the second of two marks begins decimals, so the first one groups.
_BOTH = re.compile(rf"{_SIGN}(?P<whole>[0-9]{{1,3}}(?:,[0-9]{{3}}(?=\.)|\.[0-9]{{3}}(?=,)))[.,](?P<part>[0-9]*)")
_ONE_MARK = re.compile(rf"{_SIGN}(?P<whole>[0-9]*)(?P<mark>[.,·])(?P<part>[0-9]+)")
_AMOUNT = re.compile(r"(?P<number>[+-]? ?[0-9.,·][0-9 .,·']*?) ?(?P<tail>[^0-9 .,·'].*)")


@dataclass(frozen=True, slots=True)
class TypedNumber:
    """A text that was typed for a number, its readings, and what stands behind the number and is not understood."""

    text: str
    readings: tuple[Decimal, ...] = ()
    tail: str = ""

    @property
    def shown(self) -> str:
        """Return the text as a message quotes it."""
        return self.text if len(self.text) <= SHOWN_MAX else f"{self.text[:SHOWN_MAX]}…"

    @property
    def ambiguous(self) -> bool:
        return len(self.readings) > 1

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the readings to choose from, in digits with a point, empty where there is no choice."""
        return tuple(f"{reading:f}" for reading in self.readings) if self.ambiguous else ()

    def meant(self, chosen: object) -> str | None:
        """Return the reading that was chosen, None for what is none of the choices."""
        return chosen if isinstance(chosen, str) and chosen in self.choices else None

    @property
    def problem(self) -> Message:
        """Return what to say of a text that cannot be read."""
        if self.tail:
            words = self.tail if len(self.tail) <= SHOWN_MAX else f"{self.tail[:SHOWN_MAX]}…"
            return Message("Write the number alone, in digits: “%(words)s” is not understood", words=words)
        return Message("“%(words)s” is not understood. Write the number in digits, such as 12 or 2.5", words=self.shown)

    @property
    def question(self) -> Message:
        """Return what to ask about a text that can be read in two ways."""
        return Message("“%(words)s” can be read in two ways. Which number do you mean?", words=self.shown)


def read_typed(text: str, units: Collection[str] = ()) -> TypedNumber:
    """Read a number as people type it, with one of these units behind it or none."""
    folded = plain_form(text[:TYPED_MAX].translate(_SURE)).removesuffix(".")
    typed = TypedNumber(text[:TYPED_MAX].strip())
    if readings := _readings(folded):
        return TypedNumber(typed.text, readings)
    amount = _AMOUNT.fullmatch(folded)
    if amount is None or not (readings := _readings(amount["number"].strip())):
        return typed
    tail = amount["tail"].casefold()
    return TypedNumber(typed.text, readings) if tail in units else TypedNumber(typed.text, (), amount["tail"])


def meant_input(name: str, typed: TypedNumber) -> Input:
    """Return the choice between the readings of a number."""
    choices = tuple(Choice(value, _reading_words(Decimal(value))) for value in typed.choices)
    return Input("radios", name, Message("“%(words)s” means", words=typed.shown), choices)


def _reading_words(reading: Decimal) -> Message:
    """Return one of two readings so that it cannot be taken for the other, whichever mark somebody groups with.

    Thousands are apart by a space, which nobody begins decimals with, and words say how large the number is.
    """
    thousands, rest = int(reading / 1000), reading % 1000
    if thousands:
        text = "%(words)s (%(number)s thousand and more)" if rest else "%(words)s (%(number)s thousand)"
        return Message(text, thousands, f"{reading:,f}".replace(",", NARROW_SPACE))
    whole = int(reading)
    return Message("%(words)s (%(number)s and a fraction)" if reading != whole else "%(words)s", whole, f"{reading:f}")


def unit_forms(unit: str | None, stem: str) -> frozenset[str]:
    """Return what may stand behind a number: its unit, for one the singular, percent in all forms.

    Where no unit is shown, percent and each word of the question may, but never what multiplies.
    """
    if unit is None:
        return frozenset({*re.findall(r"[^\W\d_]+", stem.casefold()), *PERCENT} - SCALES)
    name = " ".join(unit.casefold().split())
    return frozenset({name, name.removesuffix("s"), *(PERCENT if name in PERCENT else ())})


def _readings(text: str) -> tuple[Decimal, ...]:
    """Return the readings of a text without spaces around it; the one with grouped thousands comes first."""
    for form in (_INTEGER, *_GROUPED, _BOTH):
        if found := form.fullmatch(text):
            parts = found.groupdict()
            return _decimals(parts["sign"], re.sub("[^0-9]", "", parts["whole"]), parts.get("part") or "")
    found = _ONE_MARK.fullmatch(text)
    if found is None:
        return ()
    sign, whole, mark, part = found["sign"], found["whole"], found["mark"], found["part"]
    decimal = _decimals(sign, whole, part)
    if mark == "·" or len(part) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0"):
        return decimal
    grouped = _decimals(sign, whole + part, "")
    # Pages write 33,500, and nobody writes 33,5 with noughts at its end: both say the same of this form.
    return grouped if mark == "," and part.endswith("0") else grouped + decimal


def _decimals(sign: str, whole: str, part: str) -> tuple[Decimal, ...]:
    if not 1 <= len(whole) + len(part) <= DIGITS_MAX:
        return ()
    return (tidy(Decimal(f"{sign}{whole or '0'}.{part or '0'}")),)
