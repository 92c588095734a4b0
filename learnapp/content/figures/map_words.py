"""Words on the map, placed so that none stands on another at any width that the map can have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from learnapp.content.figures.places import WIDTH, Point
from learnapp.content.figures.spacing import LETTER

Anchor = Literal["start", "middle", "end"]
# The number of its spot for each of the words, None for what is left out.
Choice = list[int | None]

# In rem: the narrowest map that has its words on it, the widest, and some between; the size of type.
WIDTHS = (16.0, 19.0, 23.0, 30.0)
SIZE, ABOVE, BELOW = 0.875, 0.75, 0.25
DOT, CIRCLE = 0.4, 1.15
# How much may be hidden of words, in square rem over all widths.
LEGIBLE = 0.05
# To which side words stand, and how far down, in halves of their own height.
_DIRECTIONS: tuple[tuple[Anchor, int, int], ...] = (
    *(("start", 1, 0), ("end", -1, 0), ("middle", 0, -2), ("middle", 0, 2)),
    *(("start", 1, -2), ("end", -1, -2), ("start", 1, 2), ("end", -1, 2)),
    *(("start", 1, -1), ("end", -1, -1), ("start", 1, 1), ("end", -1, 1)),
)


class Spot(NamedTuple):
    """Where words may stand: beside a point, this far from it in rem."""

    point: Point
    anchor: Anchor
    dx: float
    dy: float


class Box(NamedTuple):
    """A rectangle in rem."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def area(self) -> float:
        return (self.right - self.left) * (self.bottom - self.top)

    def covers(self, other: Box) -> float:
        """Return how much of the two lies on each other."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(wide, 0) * max(high, 0)


@dataclass(frozen=True)
class MapWords:
    """Words, and the spots where they may stand, the best one first; some may be left out."""

    text: str
    spots: tuple[Spot, ...]
    is_needed: bool = True


def beside(point: Point, gap: float) -> tuple[Spot, ...]:
    """Return the spots around a dot or a circle of this radius."""
    found = []
    for anchor, across, down in _DIRECTIONS:
        away = gap * (0.75 if across and down else 1)
        level = SIZE * 0.35
        dy = {0: level, -2: -away - BELOW, 2: away + ABOVE, -1: level - 0.45, 1: level + 0.45}[down]
        found.append(Spot(point, anchor, round(across * (gap + 0.15), 2), round(dy, 2)))
    return tuple(found)


def centered(points: Sequence[Point]) -> tuple[Spot, ...]:
    return tuple(Spot(point, "middle", 0.0, SIZE * 0.35) for point in points)


def box_of(text: str, spot: Spot, width: float) -> Box:
    """Return where words stand on a map of this width."""
    scale, length = width / WIDTH, len(text) * SIZE * LETTER
    start = {"start": 0.0, "middle": length / 2, "end": length}[spot.anchor]
    left, base = spot.point.x * scale + spot.dx - start, spot.point.y * scale + spot.dy
    return Box(left, base - ABOVE, left + length, base + BELOW)


def dot_of(point: Point, radius: float, width: float) -> Box:
    x, y = point.x * width / WIDTH, point.y * width / WIDTH
    return Box(x - radius, y - radius, x + radius, y + radius)


class _Layout:
    """Which spots get into each other's way, reckoned once for all widths, and a choice that gets better."""

    def __init__(self, words: Sequence[MapWords], own: list[list[float]], outlines: list[list[float]]) -> None:
        """Take what each spot costs by itself: `own` hides words, `outlines` only disturb them."""
        self.words = words
        self.own = own
        self.less_good = [[outline / 50 + n / 1000 for n, outline in enumerate(spots)] for spots in outlines]
        self.boxes = [[boxes_of(one.text, spot) for spot in one.spots] for one in words]
        self._between: dict[tuple[int, int, int, int], float] = {}

    def between(self, n: int, spot: int, m: int, other: int) -> float:
        """Return how much of two words lies on each other, each at this spot of its own."""
        if n > m:
            return self.between(m, other, n, spot)
        key = (n, spot, m, other)
        if key not in self._between:
            self._between[key] = covered(self.boxes[n][spot], self.boxes[m][other])
        return self._between[key]

    def hidden(self, n: int, spot: int, chosen: Choice) -> float:
        """Return how much of a spot's words cannot be read: outside of the map, on a dot or on other words."""
        others = ((m, other) for m, other in enumerate(chosen) if m != n and other is not None)
        return self.own[n][spot] + sum(self.between(n, spot, m, other) for m, other in others)

    def cost(self, n: int, spot: int, chosen: Choice) -> float:
        """Return what a spot costs: above all what is hidden."""
        return 20 * self.hidden(n, spot, chosen) + self.less_good[n][spot]

    def total(self, chosen: Choice) -> float:
        return sum(self.cost(n, spot, chosen) for n, spot in enumerate(chosen) if spot is not None)

    def settle(self, chosen: Choice, turn: Sequence[int]) -> Choice:
        """Let each of these words take the spot that is best as others stand, until none would move."""
        chosen = list(chosen)
        for _ in range(8):
            before = list(chosen)
            for n in turn:
                costs = [self.cost(n, spot, chosen) for spot in range(len(self.own[n]))]
                chosen[n] = costs.index(min(costs))
            if chosen == before:
                break
        return chosen

    def best(self) -> Choice:
        """Place needed words, then those that may be left out; begin with each word in turn until all have room."""
        turn = [n for n, one in enumerate(self.words) if one.is_needed]
        found: Choice = [None] * len(self.words)
        for start in range(len(turn)):
            chosen = self.settle([None] * len(self.words), turn[start:] + turn[:start])
            while better := self._better(chosen, turn):
                chosen = better
            if start == 0 or self.total(chosen) < self.total(found):
                found = chosen
            if not self.crowded(found):
                break
        chosen = self.settle(found, [n for n, one in enumerate(self.words) if not one.is_needed])
        return [None if n in self.crowded(chosen) and n not in turn else spot for n, spot in enumerate(chosen)]

    def crowded(self, chosen: Choice) -> list[int]:
        """Return those of the words that cannot be read where they are."""
        placed = ((n, spot) for n, spot in enumerate(chosen) if spot is not None)
        return [n for n, spot in placed if self.hidden(n, spot, chosen) > LEGIBLE]

    def _better(self, chosen: Choice, turn: Sequence[int]) -> Choice | None:
        """Return a choice in which less is hidden, found by putting one word elsewhere and settling the others."""
        least = self.total(chosen)
        for n in turn:
            if self.hidden(n, chosen[n] or 0, chosen) <= LEGIBLE:
                continue
            for spot in range(len(self.own[n])):
                others = [m for m in turn if m != n]
                moved = self.settle([spot if m == n else at for m, at in enumerate(chosen)], others)
                if self.total(moved) < least - 0.001:
                    return moved
        return None


def covered(some: Sequence[Box], others: Sequence[Box]) -> float:
    """Return how much of these boxes, one for each width, lies on the others."""
    return sum(one.covers(other) for one, other in zip(some, others, strict=True))


def boxes_of(text: str, spot: Spot) -> list[Box]:
    return [box_of(text, spot, width) for width in WIDTHS]


def place_words(
    words: Sequence[MapWords],
    dots: Sequence[Point],
    circles: Sequence[Point],
    height: float,
    lines: Sequence[Point] = (),
) -> tuple[list[Spot | None], list[str]]:
    """Choose a spot for each of the words, None where they are left out; return those that have no room, too.

    Words hide dots and each other nowhere; on circles and `lines` they stand where there is no better spot.
    """
    frames = [Box(0, 0, width, height * width / WIDTH) for width in WIDTHS]
    dot_boxes = [[dot_of(point, DOT, width) for width in WIDTHS] for point in dots]
    outline = [*((point, CIRCLE) for point in circles), *((point, DOT) for point in lines)]
    soft_boxes = [[dot_of(point, radius, width) for width in WIDTHS] for point, radius in outline]

    def own(text: str, spot: Spot) -> float:
        boxes = boxes_of(text, spot)
        outside = sum(box.area for box in boxes) - covered(boxes, frames)
        return outside + sum(covered(boxes, dot) for dot in dot_boxes)

    def outlines(text: str, spot: Spot) -> float:
        return sum(covered(boxes_of(text, spot), soft) for soft in soft_boxes)

    costs = [[own(one.text, spot) for spot in one.spots] for one in words]
    layout = _Layout(words, costs, [[outlines(one.text, spot) for spot in one.spots] for one in words])
    chosen = layout.best()
    hidden = layout.crowded(chosen)
    left = [None if n in hidden else at for n, at in enumerate(chosen)]
    spots = [None if at is None else one.spots[at] for one, at in zip(words, left, strict=True)]
    return spots, [words[n].text for n in hidden if words[n].is_needed]
