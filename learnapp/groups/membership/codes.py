"""Codes to join by: eight random symbols and one that checks them, read as people type them.

The symbols are Crockford's 32, which leave out I, L, O and U. The last one is a weighted sum of the others in the field
of 32 elements. All nine weights differ, none is nought: so each single wrong symbol, and each two that changed places,
are told from a code that only does not exist.
"""

import unicodedata
from typing import Literal

SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SYMBOLS = 8
RANDOM_BITS = 5 * RANDOM_SYMBOLS
LONGEST_TYPED = 64
_REDUCE = 0b100101  # x⁵ + x² + 1, by which products in the field are reduced
_LOOKALIKES = str.maketrans("OIL", "011")
_BETWEEN = {"Zs", "Zl", "Zp", "Pd", "Cc", "Cf"}  # spaces, hyphens of every kind, what cannot be seen


class CodeMistyped(ValueError):
    """What was typed can be no code of any group; `reason` says why, `length` how many symbols there were."""

    def __init__(self, reason: Literal["length", "symbol", "check"], length: int) -> None:
        super().__init__(reason)
        self.reason, self.length = reason, length


def make_code(number: int) -> str:
    """Return the code of a number of RANDOM_BITS bits."""
    values = [number >> 5 * place & 31 for place in reversed(range(RANDOM_SYMBOLS))]
    return "".join(SYMBOLS[value] for value in [*values, _check_value(values)])


def read_code(typed: str) -> str:
    """Return the code that somebody means; raises CodeMistyped where none can be meant."""
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper().translate(_LOOKALIKES)
    code = "".join(sign for sign in plain if unicodedata.category(sign) not in _BETWEEN)
    if any(symbol not in SYMBOLS for symbol in code):
        raise CodeMistyped("symbol", len(code))
    if len(code) != RANDOM_SYMBOLS + 1:
        raise CodeMistyped("length", len(code))
    *values, check = map(SYMBOLS.index, code)
    if _check_value(values) != check:
        raise CodeMistyped("check", len(code))
    return code


def show_code(code: str) -> str:
    """Return a code as people read it: in fours, `XXXX-XXXX-X`."""
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


def _check_value(values: list[int]) -> int:
    """Return the sum of values with the weights α⁸ to α¹, for which the check symbol's is α⁰."""
    total = 0
    for value in values:
        total = (total ^ value) << 1
        total ^= _REDUCE if total & 32 else 0
    return total
