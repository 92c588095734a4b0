"""Contrast of the stylesheet's colors, as WCAG defines it."""

from dataclasses import dataclass

from learnapp.web.styleguide.views import tokens

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
class Contrast:
    """The contrast of one color on another in each of the four modes, and what it must reach."""

    name: str
    needs: float
    ratios: tuple[float, ...]


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
