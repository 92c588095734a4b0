"""Pseudonyms: user names of two words, "quiet-lamp", drawn from lists of our own, for classes that store no names.

A quality that anybody would like to have, and a thing: no animal, no person, nothing that could be meant for somebody.
"""

import re
import secrets
from collections.abc import Callable
from pathlib import Path

from learnapp.accounts.names.rules import look_key
from learnapp.groups.roster.user_names import FindTaken

# Two paragraphs: the qualities, then the things.
WORDS = Path(__file__).with_name("pseudonyms.txt")
QUALITIES, THINGS = (part.split() for part in WORDS.read_text(encoding="ascii").split("\n\n"))
AT_ONCE = 4  # for each pseudonym that is wanted, so many are drawn: few of them are taken
TRIES = 50
_SHAPE = re.compile(rf"(?:{'|'.join(QUALITIES)})-(?:{'|'.join(THINGS)})")


def propose_pseudonyms(
    count: int, find_taken: FindTaken, choose: Callable[[list[str]], str] = secrets.choice
) -> list[str]:
    """Return so many pseudonyms: none of them taken, no two alike; raises RuntimeError where hardly any are left."""
    found: dict[str, str] = {}
    for _ in range(TRIES):
        drawn = [f"{choose(QUALITIES)}-{choose(THINGS)}" for _ in range(AT_ONCE * count)]
        taken = find_taken(drawn)
        found |= {look_key(name): name for name in drawn if name not in taken}
        if len(found) >= count:
            return list(found.values())[:count]
    raise RuntimeError("nearly all pseudonyms are taken")


def is_pseudonym(name: str) -> bool:
    """Tell whether a name is two words of these lists, so that no name of a person stands where one is due."""
    return _SHAPE.fullmatch(name) is not None
