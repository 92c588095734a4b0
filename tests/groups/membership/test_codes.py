"""Codes: what the check symbol catches, and what reading forgives."""

import random
from itertools import combinations

import pytest

from learnapp.groups.membership.codes import RANDOM_BITS, SYMBOLS, CodeMistyped, make_code, read_code, show_code

CODES = [make_code(random.Random(seed).getrandbits(RANDOM_BITS)) for seed in range(3000)]
VALUES = {symbol: value for value, symbol in enumerate(SYMBOLS)}


def reason(typed: str) -> str:
    with pytest.raises(CodeMistyped) as caught:
        read_code(typed)
    return caught.value.reason


def weights() -> list[int]:
    """Return what each place adds for the symbol 1, told from codes that are taken."""
    taken = [make_code(1 << 5 * place) for place in reversed(range(8))]
    return [VALUES[code[-1]] for code in taken] + [1]


def product(one: int, other: int) -> int:
    """Multiply in the field of 32 elements, by hand."""
    total = 0
    for bit in range(5):
        total ^= (one << bit) if other >> bit & 1 else 0
    for bit in range(9, 4, -1):
        total ^= 0b100101 << bit - 5 if total >> bit & 1 else 0
    return total


def test_a_code_is_read_as_it_was_made() -> None:
    assert [read_code(code) for code in CODES] == CODES
    assert len(set(CODES)) == len(CODES)


def test_the_nine_weights_differ_and_none_is_nought() -> None:
    assert len(set(weights())) == 9
    assert 0 not in weights()


def test_the_check_symbol_is_the_weighted_sum() -> None:
    for code in CODES[:200]:
        total = 0
        for weight, symbol in zip(weights(), code, strict=True):
            total ^= product(weight, VALUES[symbol])
        assert total == 0


def test_every_single_wrong_symbol_of_3000_codes_is_caught() -> None:
    """With the weights that the reader is shown to use; each of 837,000 wrong codes has a sum that is not nought."""
    tables = [[product(weight, value) for value in range(32)] for weight in weights()]
    caught = 0
    for code in CODES:
        parts = [table[VALUES[symbol]] for table, symbol in zip(tables, code, strict=True)]
        whole = 0
        for part in parts:
            whole ^= part
        for table, part in zip(tables, parts, strict=True):
            caught += sum(1 for other in table if other != part and whole ^ part ^ other)
    assert caught == 837_000


def test_single_wrong_symbols_are_refused_when_read() -> None:
    """The arithmetic above is the reader's own: every wrong code of 20 is handed to it."""
    for code in CODES[:20]:
        for place in range(9):
            for symbol in SYMBOLS.replace(code[place], ""):
                assert reason(code[:place] + symbol + code[place + 1 :]) == "check"


@pytest.mark.long
@pytest.mark.slow
def test_every_two_symbols_that_changed_places_are_caught() -> None:
    swapped = 0
    for code in CODES:
        for one, other in combinations(range(9), 2):
            if code[one] != code[other]:
                signs = list(code)
                signs[one], signs[other] = signs[other], signs[one]
                with pytest.raises(CodeMistyped):
                    read_code("".join(signs))
                swapped += 1
    assert swapped > 100_000


@pytest.mark.slow
def test_of_what_is_typed_at_random_one_in_32_passes() -> None:
    chance, passed = random.Random(32), 0
    for _ in range(32_000):
        try:
            read_code("".join(chance.choices(SYMBOLS, k=9)))
            passed += 1
        except CodeMistyped:
            pass
    assert 850 < passed < 1150


@pytest.mark.parametrize("code", CODES[:50])
def test_case_spaces_hyphens_and_lookalikes_make_no_difference(code: str) -> None:
    for typed in (
        show_code(code),
        show_code(code).lower(),
        f"  {code[:3]} {code[3:]}\n",
        "\u2013".join(code),
        "\u200b".join(code),
        code.replace("0", "o").replace("1", "l"),
        code.replace("0", "O").replace("1", "i"),
        "".join(chr(ord(sign) + 0xFEE0) for sign in code),  # full width
    ):
        assert read_code(typed) == code


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("", "length"),
        ("K7WQ", "length"),
        ("K7WQ-4M2X-PP", "length"),
        ("0" * 500, "length"),
        ("K7WQ-4M2U-P", "symbol"),
        ("<b>K7WQ4M2XP", "symbol"),
        ("K7WQ-4M2X-é", "symbol"),
        ("٣" * 9, "symbol"),
    ],
)
def test_what_can_be_no_code_is_told_why(typed: str, why: str) -> None:
    assert reason(typed) == why


def test_a_code_is_shown_in_fours() -> None:
    assert show_code("K7WQ4M2XP") == "K7WQ-4M2X-P"
