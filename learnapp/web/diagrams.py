"""Lay out a small diagram of nodes and links: rows from the top down, each label on its own line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from learnapp.content.figures import StatusFigure
from learnapp.content.figures.webs import StatusNode
from learnapp.web.letters import lines, span, whole

LINE, PAD = 1.2, 0.9  # rem: a line of words, and what a box has around its lines
GAP = 6.0  # percent between the boxes of a row
WIDEST = 62.0  # percent: a box that has its row for itself
INSET = 1.1  # rem that a box takes from its words
LANE = 1.0  # rem between a row and the labels below or above it
BAND_GAP = 0.6  # rem between labels


@dataclass(slots=True)
class Box:
    """A node: x, width in percent; y, tall in rem."""

    name: str
    x: float
    width: float
    lines: tuple[str, ...]
    y: float = 0.0
    tall: float = 0.0

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


@dataclass(slots=True)
class Tie:
    """A link: its two ends (percent, rem) and the words on it, with the baseline of their first line."""

    start: str
    end: str
    lines: tuple[str, ...]
    x1: float = 0.0
    y1: float = 0.0
    x2: float = 0.0
    y2: float = 0.0
    x: float = 0.0
    y: float = 0.0
    band: int = 0

    def across(self, y: float) -> float:
        """Return where the line is at this height."""
        return self.x1 + (self.x2 - self.x1) * (y - self.y1) / (self.y2 - self.y1)


@dataclass(frozen=True, slots=True)
class Diagram:
    """What is drawn, in the order of the rows, and how tall it gets."""

    boxes: tuple[Box, ...]
    ties: tuple[Tie, ...]
    tall: float


def diagram(fig: StatusFigure, wide: float) -> Diagram | None:
    """Return the layout for a place of so many rem, None if the words do not fit into rows of boxes."""
    rank = _ranks(fig)
    rows = [
        [node for node in fig.nodes if rank[node.id] == row]
        for row in range(max(rank.values(), default=0) + 1)
    ]
    boxes: dict[str, Box] = {}
    for row in rows:
        width = min((100 - GAP * (len(row) - 1)) / len(row), WIDEST)
        left = (100 - width * len(row) - GAP * (len(row) - 1)) / 2
        room = wide * width / 100 - INSET
        if not whole([node.label for node in row], room, bold=True):
            return None
        for n, node in enumerate(row):
            words = lines(node.label, room, bold=True)
            boxes[node.id] = Box(node.id, left + n * (width + GAP), width, words)
    ties = [Tie(one.start, one.end, _label(one.label, wide)) for one in fig.links]
    _attach(ties, boxes, rank)
    for crowded in (False, True):
        tall = _stack(rows, boxes, ties, rank, crowded, wide)
        if not any(_overlap(one, other, wide) for n, one in enumerate(ties) for other in ties[:n]):
            break
    if any(_crosses(tie, boxes.values()) for tie in ties):
        return None
    return Diagram(tuple(boxes.values()), tuple(ties), tall)


def _stack(
    rows: Sequence[Sequence[StatusNode]],
    boxes: dict[str, Box],
    ties: Sequence[Tie],
    rank: dict[str, int],
    crowded: bool,
    wide: float,
) -> float:
    """Set rows and labels from the top down; return how tall it gets.

    Where it is `crowded`, labels that might meet stand at different heights.
    """
    bands = []
    for n in range(len(rows)):
        inside = [tie for tie in ties if _lane(tie, rank) == n]
        bands.append(_bands(inside, wide) if crowded else _one_band(inside))
    y = 0.0
    for n, row in enumerate(rows):
        tall = max(len(boxes[node.id].lines) for node in row) * LINE + PAD
        for node in row:
            boxes[node.id].y, boxes[node.id].tall = y, tall
        y += tall
        if n + 1 < len(rows):
            y += 2 * LANE + sum(bands[n]) + BAND_GAP * max(len(bands[n]) - 1, 0)
    for tie in ties:
        _place(tie, boxes, rank, bands, wide)
    return y


def _ranks(fig: StatusFigure) -> dict[str, int]:
    """Return each node's row: below all that lead to it, but for links that would close a circle."""
    leads: dict[str, list[str]] = {node.id: [] for node in fig.nodes}

    def reaches(start: str, end: str) -> bool:
        return start == end or any(reaches(one, end) for one in leads[start])

    for link in fig.links:
        if not reaches(link.end, link.start):
            leads[link.start].append(link.end)
    rank = dict.fromkeys(leads, 0)
    for _ in leads:
        for start, ends in leads.items():
            for end in ends:
                rank[end] = max(rank[end], rank[start] + 1)
    return rank


def _label(words: str, wide: float) -> tuple[str, ...]:
    return lines(words, min(max(wide * 0.36, 5.0), wide))


def _lane(tie: Tie, rank: dict[str, int]) -> int:
    """Return the row below which the label stands: right above the lower of its two nodes."""
    return max(rank[tie.start], rank[tie.end]) - 1


def _attach(ties: Sequence[Tie], boxes: dict[str, Box], rank: dict[str, int]) -> None:
    """Spread the ends of lines along the edges of boxes, in the order of where they come from."""
    for name, box in boxes.items():
        for below in (False, True):
            ends = []
            for tie in ties:
                for mine, other in ((tie.start, tie.end), (tie.end, tie.start)):
                    if mine == name and (rank[other] > rank[name]) == below:
                        ends.append((boxes[other].middle, tie))
            for n, (_, tie) in enumerate(sorted(ends, key=lambda one: one[0]), 1):
                at = box.x + box.width * n / (len(ends) + 1)
                if tie.start == name:
                    tie.x1 = at
                else:
                    tie.x2 = at


def _one_band(ties: Sequence[Tie]) -> list[float]:
    """Give all labels of a lane the same height; return it."""
    for tie in ties:
        tie.band = 0
    return [max(len(tie.lines) for tie in ties) * LINE] if ties else []


def _bands(ties: Sequence[Tie], wide: float) -> list[float]:
    """Give labels bands of their lane, one for all that are clear of each other; return the heights."""
    bands: list[list[Tie]] = []
    for tie in sorted(ties, key=lambda one: min(one.x1, one.x2)):
        for n, band in enumerate(bands):
            if all(_clear(tie, other, wide) for other in band):
                tie.band = n
                band.append(tie)
                break
        else:
            tie.band = len(bands)
            bands.append([tie])
    return [max(len(tie.lines) for tie in band) * LINE for band in bands]


def _clear(one: Tie, other: Tie, wide: float) -> bool:
    """Tell whether two labels can stand beside each other wherever along their lines they are."""
    low, high = sorted((one, other), key=lambda tie: tie.x1 + tie.x2)
    gap = (min(high.x1, high.x2) - max(low.x1, low.x2)) * wide / 100
    return gap >= (_width(low) + _width(high)) / 2 + BAND_GAP


def _overlap(one: Tie, other: Tie, wide: float) -> bool:
    """Tell whether two labels meet where they stand."""
    down = one.y < other.y + len(other.lines) * LINE and other.y < one.y + len(one.lines) * LINE
    return down and abs(one.x - other.x) * wide / 100 < (_width(one) + _width(other)) / 2 + BAND_GAP


def _width(tie: Tie) -> float:
    return max(span(line) for line in tie.lines)


def _place(
    tie: Tie, boxes: dict[str, Box], rank: dict[str, int], bands: Sequence[Sequence[float]], wide: float
) -> None:
    """Draw the line between its boxes and set its words in the middle of their band."""
    start, end = boxes[tie.start], boxes[tie.end]
    down = rank[tie.start] < rank[tie.end]
    tie.y1, tie.y2 = (start.y + start.tall, end.y) if down else (start.y, end.y + end.tall)
    lower = end if down else start
    lane = bands[_lane(tie, rank)]
    top = lower.y - LANE - sum(lane) - BAND_GAP * (len(lane) - 1)
    top += sum(lane[: tie.band]) + BAND_GAP * tie.band
    middle = top + lane[tie.band] / 2
    half = _width(tie) / 2 * 100 / wide
    tie.x = min(max(tie.across(middle), half), 100 - half)
    tie.y = middle - len(tie.lines) * LINE / 2 + 0.9


def _crosses(tie: Tie, boxes: Iterable[Box]) -> bool:
    """Tell whether a line runs behind a box that it has nothing to do with."""
    for box in boxes:
        if box.name in {tie.start, tie.end}:
            continue
        low, high = sorted((tie.y1, tie.y2))
        if low < box.y + box.tall and box.y < high:
            ends = [tie.across(box.y), tie.across(box.y + box.tall)]
            if min(ends) < box.x + box.width and max(ends) > box.x:
                return True
    return False
