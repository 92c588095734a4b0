"""Password rules: which passwords are refused, and new ones that nobody guesses."""

import gzip
import re
import secrets
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from learnapp.accounts.errors import InvalidInput

LEARNER_LENGTH = 8
STAFF_LENGTH = 15
LONGEST = 256
COMMON = Path(__file__).with_name("common_passwords.txt.gz")


def normalize(typed: str) -> str:
    """Return a password in the form that is hashed, so that every keyboard gives the same one."""
    return unicodedata.normalize("NFKC", typed)


def shortest_for(staff: bool) -> int:
    """Return the least number of characters."""
    return STAFF_LENGTH if staff else LEARNER_LENGTH


def validate_password(typed: str, *, staff: bool, name: str = "", site: str = "") -> None:
    """Raise InvalidInput for one that is too short, too long, common, the user's or the site's name; no more rules."""
    password, shortest = normalize(typed), shortest_for(staff)
    if len(password) > LONGEST:
        reason = "too_long"
    elif len(password) < shortest:
        reason = "too_short"
    elif _resembles(password, name):
        reason = "name"
    elif is_common(password) or _resembles(password, site):
        reason = "common"
    else:
        return
    raise InvalidInput("password", reason, shortest=shortest, longest=LONGEST)


def is_common(password: str) -> bool:
    """Tell whether a password is among the first that anybody tries.

    These are the common ones of the list, in any case; one short piece over and over, or a common password
    written twice; a run through the alphabet or the digits; the name of this program with little around it.
    """
    text = normalize(password).casefold()
    if _is_listed(text) or _is_run(text):
        return True
    piece = _piece(text)
    if piece != text and (len(piece) < LEARNER_LENGTH or _is_listed(piece)):
        return True
    return _resembles(text, "learnapp")


def generate() -> str:
    """Return a password that nobody guesses: 24 letters and digits in groups, about 120 bits."""
    alphabet = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(alphabet) for _ in range(6)) for _ in range(4))


@cache
def _common() -> str:
    """Return the list as one text: a search through it is quick, and a set would weigh ten times as much."""
    return "\n" + gzip.decompress(COMMON.read_bytes()).decode("ascii")


def _is_listed(text: str) -> bool:
    return "\n" not in text and f"\n{text}\n" in _common()


def _resembles(password: str, name: str) -> bool:
    """Tell whether a password is the name, or the name with no more than three characters around it.

    Spaces and signs make no difference: “benlee12” is “Ben Lee” with two characters more.
    """
    text, own = (re.sub(r"[\W_]", "", normalize(one).casefold()) for one in (password, name))
    return len(own) >= 2 and own in text and len(text) - len(own) * text.count(own) <= 3


def _piece(text: str) -> str:
    """Return the shortest piece that a text is made of by repeating it; the end may be cut off."""
    sizes = range(1, len(text) // 2 + 1)
    return next((text[:size] for size in sizes if text.startswith(text[size:])), text)


def _is_run(text: str) -> bool:
    """Tell whether each character follows the one before it, up or down, digits going round."""
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return bool(steps) and (steps <= {1, -9} or steps <= {-1, 9})
