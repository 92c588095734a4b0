"""Password rules: which passwords are refused, and new ones that nobody guesses."""

import gzip
import secrets
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

LEARNER_LENGTH = 8
STAFF_LENGTH = 15
LONGEST = 256
COMMON = Path(__file__).with_name("common_passwords.txt.gz")


class BadPassword(ValueError):
    """A password that cannot be used; `reason` is too_short, too_long, common or name."""

    def __init__(self, reason: str, length: int, shortest: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.length = length
        self.shortest = shortest


def normalize(typed: str) -> str:
    """Return a password in the form that is hashed, so that every keyboard gives the same one."""
    return unicodedata.normalize("NFKC", typed)


def shortest_for(staff: bool) -> int:
    """Return the least number of characters."""
    return STAFF_LENGTH if staff else LEARNER_LENGTH


def check(typed: str, *, staff: bool, name: str = "") -> None:
    """Raise BadPassword for one that is too short, too long, common or the user name; demand no mixture."""
    password = normalize(typed)
    length, shortest = len(password), shortest_for(staff)
    if length > LONGEST:
        raise BadPassword("too_long", length, shortest)
    if length < shortest:
        raise BadPassword("too_short", length, shortest)
    if name and _resembles(password, name):
        raise BadPassword("name", length, shortest)
    if is_common(password):
        raise BadPassword("common", length, shortest)


def is_common(password: str) -> bool:
    """Tell whether a password is among the first that anybody tries.

    These are the common ones of the list, in any case; one short piece over and over, or a common password
    written twice; a run through the alphabet or the digits; the name of this site with little around it.
    """
    text = normalize(password).casefold()
    if _listed(text) or _is_run(text):
        return True
    piece = _piece(text)
    if piece != text and (len(piece) < LEARNER_LENGTH or _listed(piece)):
        return True
    return len(text.replace("learnapp", "")) < 4


def generate() -> str:
    """Return a password that nobody guesses: 24 letters and digits in groups, about 120 bits."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(6)) for _ in range(4))


@cache
def _common() -> str:
    """Return the list as one text: a search through it is quick, and a set would weigh ten times as much."""
    return "\n" + gzip.decompress(COMMON.read_bytes()).decode("ascii")


def _listed(text: str) -> bool:
    return "\n" not in text and f"\n{text}\n" in _common()


def _resembles(password: str, name: str) -> bool:
    """Tell whether a password is the name, or the name with no more than three characters around it."""
    text, own = normalize(password).casefold(), normalize(name).casefold()
    return len(own) >= 2 and own in text and len(text) - len(own) * text.count(own) <= 3


def _piece(text: str) -> str:
    """Return the shortest piece that a text is made of by repeating it; the end may be cut off."""
    for size in range(1, len(text) // 2 + 1):
        if all(text[at] == text[at - size] for at in range(size, len(text))):
            return text[:size]
    return text


def _is_run(text: str) -> bool:
    """Tell whether each character follows the one before it, up or down, digits going round."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return bool(steps) and (steps <= {1, -9} or steps <= {-1, 9})
