"""The colors of the stylesheet as numbers: for the style guide and for the tests of their contrast."""

import re
from dataclasses import dataclass

from learnapp.web.assets import STATIC, read_file

MODES = ("light", "dark", "high contrast, light", "high contrast, dark")
_COLOR = r"(#[0-9a-f]{3}(?:[0-9a-f]{3})?)"
_PAIR = rf"var\(--light, {_COLOR}\) var\(--dark, {_COLOR}\)"
_TOKEN = re.compile(rf"--([\w-]+): var\(--plain, {_PAIR}\)\s+var\(--more, {_PAIR}\);")

MEANING = {
    "paper": "page",
    "raised": "cards, fields",
    "sunken": "notes, foot",
    "ink": "text, progress",
    "ink-2": "second text",
    "line": "decoration only",
    "edge": "outline of controls",
    "act": "what can be pressed",
    "act-2": "the same, pointed at",
    "act-tint": "a chosen answer",
    "on-act": "text on blue",
    "here": "where you are",
    "here-ink": "words of place",
    "here-tint": "behind words of place",
    "good": "right, done, saved",
    "good-tint": "behind it",
    "bad": "wrong, missing, late",
    "bad-tint": "behind it",
    "data": "figures",
}
# Text needs 4.5, the outline of a control or a shape that means something 3.
PAIRS = (
    *((ink, on, 4.5) for ink in ("ink", "ink-2", "act") for on in ("paper", "raised", "sunken")),
    ("act-2", "paper", 4.5),
    ("act-2", "act-tint", 4.5),
    ("on-act", "act", 4.5),
    ("on-act", "act-2", 4.5),
    *((ink, "act-tint", 4.5) for ink in ("ink", "ink-2", "act")),
    *(("here-ink", on, 4.5) for on in ("paper", "raised", "here-tint")),
    ("ink", "here-tint", 4.5),
    *(("here", on, 3.0) for on in ("paper", "raised", "sunken", "here-tint")),
    *(("edge", on, 3.0) for on in ("paper", "raised", "sunken")),
    ("good", "paper", 4.5),
    *((ink, "good-tint", 4.5) for ink in ("good", "ink", "act")),
    *(("bad", on, 4.5) for on in ("paper", "raised", "sunken", "bad-tint")),
    *((ink, "bad-tint", 4.5) for ink in ("ink", "act")),
    ("data", "paper", 3.0),
    ("data", "sunken", 3.0),
    ("paper", "ink", 4.5),
    ("paper", "bad", 4.5),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A color's name, what it is for, and its value in each of the four modes."""

    name: str
    meaning: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """The contrast of one color on another in each of the four modes, and what it must reach."""

    name: str
    needs: float
    ratios: tuple[float, ...]


def stylesheet() -> str:
    """Return the stylesheet's text."""
    return read_file(STATIC / "css" / "look.css").decode()


def tokens(css: str | None = None) -> tuple[Token, ...]:
    """Return the colors of the stylesheet, in its order."""
    found = _TOKEN.findall(stylesheet() if css is None else css)
    return tuple(Token(name, MEANING.get(name, ""), tuple(values)) for name, *values in found)


def contrasts() -> tuple[Contrast, ...]:
    """Return the contrast of every pair that pages use."""
    values = {one.name: one.values for one in tokens()}
    return tuple(
        Contrast(
            f"{front} on {back}", needs, tuple(ratio(a, b) for a, b in zip(values[front], values[back], strict=True))
        )
        for front, back, needs in PAIRS
    )


def ratio(one: str, other: str) -> float:
    """Return the contrast ratio of two colors (#rgb or #rrggbb) as WCAG defines it, 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def _luminance(color: str) -> float:
    digits = color.lstrip("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (_linear(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
