"""User names of new accounts: made of a name as the leader's list has it, short to type, and nobody else's.

"Adaeze Okafor" becomes "adaeze.o"; where somebody has that name, or one that looks like it, a number follows.
"""

import secrets
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from learnapp.accounts.errors import InvalidInput
from learnapp.accounts.names.rules import clean, key, look_key, validate_name

LONGEST_WORD = 20
NUMBERS = 30  # that are tried; where they are all taken, a longer one is drawn
PLAIN = "learner"  # for a name of which none can be made
# Of these names, tells those that somebody has, or that look like somebody's.
FindTaken = Callable[[Sequence[str]], set[str]]


def propose_names(full_names: Iterable[str], find_taken: FindTaken, site: str = "") -> list[str]:
    """Return a user name for each name of a list, in its order: none of them taken, no two alike."""
    wanted = [_base(full_name, site) for full_name in full_names]
    bases = list(dict.fromkeys(wanted))
    taken = find_taken(bases)
    crowded = [base for base in bases if base in taken or wanted.count(base) > 1]
    taken |= find_taken([f"{base}{number}" for base in crowded for number in range(2, NUMBERS)])
    given: dict[str, str] = {}
    return [_first_free(base, taken, given) for base in wanted]


def _first_free(base: str, taken: set[str], given: dict[str, str]) -> str:
    """Return the first name of this beginning that is neither taken nor looks like one that was just given."""
    for number in range(1, NUMBERS):
        name = base if number == 1 else f"{base}{number}"
        if name not in taken and look_key(name) not in given:
            break
    else:
        while look_key(name := f"{base}{secrets.randbelow(9000) + 1000}") in given:
            pass  # a list holds fewer than these are
    given[look_key(name)] = name
    return name


def _base(full_name: str, site: str) -> str:
    """Return the first word and the first letter of the last one, small; of "Okafor, Adaeze" the same."""
    last, comma, first = clean(full_name).partition(",")
    words = [word for part in ((first, last) if comma else (last,)) for word in map(_plain, part.split()) if word]
    name = words[0][:LONGEST_WORD] if words else ""
    if len(words) > 1:
        name += f".{words[1 if comma else -1][0]}"
    try:
        return validate_name(name, site=site)
    except InvalidInput:
        return PLAIN


def _plain(word: str) -> str:
    """Return the letters and digits of a word as they are easily typed: small, Latin ones without marks."""
    kept: list[str] = []
    for sign in unicodedata.normalize("NFD", word):
        if unicodedata.category(sign) == "Mn" and kept and kept[-1].isascii():
            continue
        if unicodedata.category(sign)[0] in "LNM":
            kept.append(sign)
    return key("".join(kept))
