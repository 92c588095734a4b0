"""Look-alikes: skeletons of names, the same for those that cannot be told apart on screen (Unicode's UTS 39)."""

import gzip
import unicodedata
from functools import cache
from pathlib import Path

# A sign and what it looks like, a pair on each line: Unicode's confusables less what NFKC makes one anyway.
PAIRS = Path(__file__).with_name("lookalikes.txt.gz")
ROUNDS = 5


def skeleton(name: str) -> str:
    """Return what is left of a clean name when look-alikes are one: letters of any script, hyphens, I and l and 1.

    Capitals are compared as they are seen before their case is left out: a Greek capital beta is a B. A capital I is
    an i by case and an l by looks, so these three are one.
    """
    text = name
    for _round in range(ROUNDS):
        plain = unicodedata.normalize("NFD", text).translate(_table()).casefold()
        if plain == text:
            break
        text = plain
    return text.replace("i", "l")


@cache
def _table() -> dict[int, str]:
    lines = gzip.decompress(PAIRS.read_bytes()).decode().splitlines()
    pairs = {ord(sign): look for sign, look in (line.split("\t") for line in lines)}
    hyphens = dict.fromkeys(range(8208, 8214), "-") | dict.fromkeys((0x2212, 0x30FC, 0x58A, 0x5BE), "-")
    return pairs | hyphens
