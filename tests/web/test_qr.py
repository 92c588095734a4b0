"""QR codes: as a package that is trusted draws them, and read again by rules of their own."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.web import qr

# Of a text that fills a version, with the mask number `version % 8`: what segno 1.6.6 draws.
DRAWN = (
    *("a6c3f3b31944e4b3", "0fda92edb70d514a", "f41fa52f95a9a88c", "4c53890118e9b313", "ad4c29d091a0ff2f"),
    *("669ca3ce33ac90ce", "c70baa6e5ad92c32", "d88e9c704c25fa76", "2ef22e78f1308bd3", "1b80525ef659b1eb"),
    *("9515ee0d7dfda454", "b8c37044b3695bb9", "0eb7f2a02bf1a91d", "d6cdcc0a9c7dfc01", "8236e0a301606a35"),
)


def words_of(modules: qr.Modules) -> list[int]:
    """Read the bytes of a code, in the order in which they were written."""
    size = len(modules)
    version = (size - 17) // 4
    seen = [modules[row][8] for row in (0, 1, 2, 3, 4, 5, 7, 8)] + [
        modules[8][column] for column in (7, 5, 4, 3, 2, 1, 0)
    ]
    number = sum(dark << place for place, dark in enumerate(seen)) ^ 0x5412
    assert number >> 13 == 0, "level M"
    turn = qr.MASKS[number >> 10]
    _fixed, way = qr._frame(version)
    bits = "".join(str(int(modules[row][column] != turn(row, column))) for row, column in way)
    return [int(bits[start : start + 8], 2) for start in range(0, len(bits) - 7, 8)]


def text_of(modules: qr.Modules) -> str:
    """Read a code's text: part the bytes into blocks, check each against its correction, put them together."""
    version = (len(modules) - 17) // 4
    correction, (blocks, size), larger = qr.BLOCKS[version - 1]
    words, count = words_of(modules), blocks + larger
    data: list[list[int]] = [[] for _ in range(count)]
    rest = iter(words)
    for place in range(size + bool(larger)):
        for number in range(count):
            if place < size or number >= blocks:
                data[number].append(next(rest))
    checks: list[list[int]] = [[] for _ in range(count)]
    for _ in range(correction):
        for block in checks:
            block.append(next(rest))
    for block, check in zip(data, checks, strict=True):
        assert syndromes([*block, *check], correction) == [0] * correction
    bits = "".join(f"{byte:08b}" for block in data for byte in block)
    width = 8 if version < 10 else 16
    assert bits[:4] == "0100"
    length = int(bits[4 : 4 + width], 2)
    text = bits[4 + width : 4 + width + 8 * length]
    return bytes(int(text[start : start + 8], 2) for start in range(0, len(text), 8)).decode()


def syndromes(block: list[int], count: int) -> list[int]:
    """Put the roots of the code into a block: nothing is left where no byte is wrong."""
    found, root = [], 1
    for _ in range(count):
        value = 0
        for byte in block:
            value = qr._multiply(value, root) ^ byte
        found.append(value)
        root = qr._multiply(root, 2)
    return found


@pytest.mark.parametrize("version", range(1, 16))
def test_every_version_is_drawn_as_others_draw_it(version: int) -> None:
    text = ("https://learn.example/#" * 40)[: qr._room(version)]
    words = qr._interleaved(qr._codewords(text.encode(), version), version)
    bits = [byte >> shift & 1 for byte in words for shift in range(7, -1, -1)]
    drawn = "".join(str(int(dark)) for row in qr._draw(bits, version, version % 8) for dark in row)
    assert hashlib.sha256(drawn.encode()).hexdigest()[:16] == DRAWN[version - 1]


@given(st.text(max_size=100))
def test_what_was_written_is_read(text: str) -> None:
    assert text_of(qr.qr_modules(text)) == text


@pytest.mark.parametrize("length", [0, 1, 14, 15, 180, 181, 412])
def test_the_smallest_version_that_holds_it_is_taken(length: int) -> None:
    modules = qr.qr_modules("x" * length)
    assert text_of(modules) == "x" * length
    version = (len(modules) - 17) // 4
    assert version == 1 or length > qr._room(version - 1)


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="too long"):
        qr.qr_code("x" * 413)


def test_of_all_masks_the_one_that_is_read_best_is_taken() -> None:
    text = "https://learn.example/account/sign-in#name=adaeze.o"
    words = qr._interleaved(qr._codewords(text.encode(), 4), 4)
    bits = [byte >> shift & 1 for byte in words for shift in range(7, -1, -1)]
    best = min(qr._penalty(qr._draw(bits, 4, mask)) for mask in range(8))
    assert qr._penalty(qr.qr_modules(text)) == best


def test_the_path_covers_the_dark_modules_and_no_other() -> None:
    code, modules = qr.qr_code("learn"), qr.qr_modules("learn")
    covered = set()
    for column, row, width in re.findall(r"M(\d+) (\d+)h(\d+)v1H\1z", code.path):
        covered |= {(int(row), int(column) + step) for step in range(int(width))}
    assert code.size == len(modules) == 21
    assert covered == {(row, column) for row in range(21) for column in range(21) if modules[row][column]}
