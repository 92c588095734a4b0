"""QR codes: a text as the square that a phone's camera reads (ISO/IEC 18004, bytes, correction level M).

Up to version 15, which holds 412 bytes: addresses. Written here as no package that we have draws one.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, pairwise, repeat, zip_longest

# For each version: bytes of correction in a block, blocks with so many bytes of data, blocks with one more.
BLOCKS = (
    (10, (1, 16), 0),
    (16, (1, 28), 0),
    (26, (1, 44), 0),
    (18, (2, 32), 0),
    (24, (2, 43), 0),
    (16, (4, 27), 0),
    (18, (4, 31), 0),
    (22, (2, 38), 2),
    (22, (3, 36), 2),
    (26, (4, 43), 1),
    (30, (1, 50), 4),
    (22, (6, 36), 2),
    (22, (8, 37), 1),
    (24, (4, 40), 5),
    (24, (5, 41), 5),
)
# Beside the first at 6: where the middles of alignment patterns are, in both directions.
ALIGNMENT = (
    *((), (18,), (22,), (26,), (30,), (34,), (22, 38), (24, 42), (26, 46), (28, 50)),
    *((30, 54), (32, 58), (34, 62), (26, 46, 66), (26, 48, 70)),
)
MASKS: tuple[Callable[[int, int], bool], ...] = (
    lambda row, column: (row + column) % 2 == 0,
    lambda row, _column: row % 2 == 0,
    lambda _row, column: column % 3 == 0,
    lambda row, column: (row + column) % 3 == 0,
    lambda row, column: (row // 2 + column // 3) % 2 == 0,
    lambda row, column: row * column % 2 + row * column % 3 == 0,
    lambda row, column: (row * column % 2 + row * column % 3) % 2 == 0,
    lambda row, column: ((row + column) % 2 + row * column % 3) % 2 == 0,
)
# What could be taken for a corner, also where two overlap.
LIKE_CORNERS = re.compile("(?=10111010000|00001011101)")
Modules = list[list[bool]]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class QRCode:
    """A code of so many modules a side, as the path of its dark ones in an SVG."""

    size: int
    path: str


def qr_code(text: str) -> QRCode:
    """Return the code of a text; raises ValueError for one that is too long."""
    modules = qr_modules(text)
    return QRCode(len(modules), "".join(_runs(modules)))


def qr_modules(text: str) -> Modules:
    """Return the rows of a code, dark modules as True."""
    data = text.encode()
    version = next((number for number in range(1, len(BLOCKS) + 1) if len(data) <= _room(number)), None)
    if version is None:
        raise ValueError("the text is too long for a code")
    bits = [
        byte >> shift & 1 for byte in _interleaved(_codewords(data, version), version) for shift in range(7, -1, -1)
    ]
    drawn = (_draw(bits, version, mask) for mask in range(len(MASKS)))
    return min(drawn, key=_penalty)


def _capacity(version: int) -> int:
    _correction, (blocks, size), larger = BLOCKS[version - 1]
    return blocks * size + larger * (size + 1)


def _length_bits(version: int) -> int:
    return 8 if version < 10 else 16


def _room(version: int) -> int:
    """Return how many bytes of text a version holds: less the mode and the length."""
    return (8 * _capacity(version) - 4 - _length_bits(version)) // 8


def _codewords(data: bytes, version: int) -> list[int]:
    """Return mode, length and text as bytes, filled up."""
    bits = f"0100{len(data):0{_length_bits(version)}b}" + "".join(f"{byte:08b}" for byte in data) + "0000"
    bits = bits[: 8 * _capacity(version)]
    bits += "0" * (-len(bits) % 8)
    words = [int(bits[start : start + 8], 2) for start in range(0, len(bits), 8)]
    filling = (0xEC, 0x11)
    return words + [filling[number % 2] for number in range(_capacity(version) - len(words))]


def _interleaved(words: list[int], version: int) -> list[int]:
    """Return the blocks of data and after them those of correction, a byte of each in turn."""
    correction, (blocks, size), larger = BLOCKS[version - 1]
    parts, start = [], 0
    for length in [size] * blocks + [size + 1] * larger:
        parts.append(words[start : start + length])
        start += length
    corrections = [_correction(part, correction) for part in parts]
    turns = chain(zip_longest(*parts), zip_longest(*corrections))
    return [byte for turn in turns for byte in turn if byte is not None]


def _multiply(one: int, other: int) -> int:
    """Multiply in the field of 256 elements."""
    product = 0
    for shift in range(7, -1, -1):
        product = product << 1 ^ (product >> 7) * 0x11D
        product ^= (other >> shift & 1) * one
    return product


def _correction(data: list[int], length: int) -> list[int]:
    """Return the remainder of a Reed-Solomon code."""
    divisor, root = [0] * (length - 1) + [1], 1
    for _ in range(length):
        divisor = [_multiply(one, root) ^ after for one, after in zip(divisor, [*divisor[1:], 0], strict=True)]
        root = _multiply(root, 2)
    rest = [0] * length
    for byte in data:
        factor = byte ^ rest[0]
        rest = [one ^ _multiply(part, factor) for one, part in zip([*rest[1:], 0], divisor, strict=True)]
    return rest


def _draw(bits: list[int], version: int, mask: int) -> Modules:
    """Return all modules with this mask."""
    fixed, way = _frame(version)
    size = 17 + 4 * version
    modules = [[False] * size for _ in range(size)]
    for (row, column), dark in chain(fixed.items(), _format(size, mask)):
        modules[row][column] = dark
    turn = MASKS[mask]
    for (row, column), bit in zip(way, chain(bits, repeat(0)), strict=False):
        modules[row][column] = bit != turn(row, column)
    return modules


@cache
def _frame(version: int) -> tuple[dict[Place, bool], list[Place]]:
    """Return the modules that are the same for every text and mask, and the places of data in their order."""
    size = 17 + 4 * version
    fixed = dict(_patterns(version))
    return fixed, list(_way(size, {*fixed, *(place for place, _dark in _format(size, 0))}))


def _way(size: int, taken: set[Place]) -> Iterator[Place]:
    """Yield the places of data: two columns at a time from the right, up and down."""
    upward = True
    for right in chain(range(size - 1, 6, -2), range(5, 0, -2)):
        for step in range(size):
            row = size - 1 - step if upward else step
            yield from ((row, column) for column in (right, right - 1) if (row, column) not in taken)
        upward = not upward


def _patterns(version: int) -> Iterator[tuple[Place, bool]]:
    """Yield what a reader finds its way by, and from version 7 on the version."""
    size = 17 + 4 * version
    for place in range(size):  # timing
        yield (6, place), place % 2 == 0
        yield (place, 6), place % 2 == 0
    middles = (6, *ALIGNMENT[version - 1]) if version > 1 else ()
    for row in middles:
        for column in middles:
            if {row, column} == {6, size - 7} or row == column == 6:
                continue  # a corner is there
            yield from (
                ((row + down, column + right), max(abs(down), abs(right)) != 1)
                for down in range(-2, 3)
                for right in range(-2, 3)
            )
    for row, column in ((3, 3), (3, size - 4), (size - 4, 3)):  # corners with a light edge
        for down in range(-4, 5):
            for right in range(-4, 5):
                if 0 <= row + down < size and 0 <= column + right < size:
                    yield (row + down, column + right), max(abs(down), abs(right)) not in {2, 4}
    if version >= 7:
        number = version << 12 | _remainder(version, 0x1F25, 12)
        for place in range(18):
            dark, (low, high) = bool(number >> place & 1), divmod(place, 3)
            yield (low, size - 11 + high), dark
            yield (size - 11 + high, low), dark


def _format(size: int, mask: int) -> Iterator[tuple[Place, bool]]:
    """Yield level M, whose bits are 00, and the mask, twice."""
    number = (mask << 10 | _remainder(mask, 0x537, 10)) ^ 0x5412
    rows = (0, 1, 2, 3, 4, 5, 7, 8)
    for place in range(15):
        dark = bool(number >> place & 1)
        yield ((rows[place], 8) if place < 8 else (8, (*rows[:6], 7)[14 - place])), dark
        yield ((8, size - 1 - place) if place < 8 else (size - 15 + place, 8)), dark
    yield (size - 8, 8), True


def _remainder(value: int, generator: int, bits: int) -> int:
    rest = value
    for _ in range(bits):
        rest = rest << 1 ^ (rest >> bits - 1) * generator
    return rest


def _penalty(modules: Modules) -> int:
    """Return how hard a code is to read, by the standard's four rules."""
    size, lines = len(modules), [*modules, *map(list, zip(*modules, strict=True))]
    total = 0
    for line in lines:
        text = "".join("1" if dark else "0" for dark in line)
        total += sum(len(run) - 2 for run in text.replace("01", "0 1").replace("10", "1 0").split() if len(run) >= 5)
        total += 40 * len(LIKE_CORNERS.findall(text))
    squares = (
        one == right == below == across
        for above, under in pairwise(modules)
        for (one, right), (below, across) in zip(pairwise(above), pairwise(under), strict=True)
    )
    dark = sum(map(sum, modules))
    return total + 3 * sum(squares) + 10 * (abs(20 * dark - 10 * size * size) // (size * size))


def _runs(modules: Modules) -> Iterator[str]:
    """Yield the dark stretches of each row as parts of a path."""
    for row, line in enumerate(modules):
        start = None
        for column, dark in enumerate([*line, False]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield f"M{start} {row}h{column - start}v1H{start}z"
                start = None
