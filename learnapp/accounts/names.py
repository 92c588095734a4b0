"""User names: what is shown, and the key under which names that look alike are one name."""

import hashlib
import re
import unicodedata

SHORTEST = 2
LONGEST = 40
MARKS_IN_A_ROW = 3
BRAILLE_BLANK = "\u2800"  # a symbol by category, a space on screen
KEY_ROOM = 4 * LONGEST  # folding may lengthen: one "ΐ" becomes three characters

# Names that would let a stranger pass for the people who run the place. Only operators can give them.
RESERVED = re.compile(
    "admin|administrator|anonymous|author|coordinator|guest|help|learnapp|moderator|official|operator"
    "|root|security|staff|support|system|teacher|team|webmaster"
)

# Unicode's Default_Ignorable_Code_Point, less what the categories below remove already.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
# Control, format (which holds zero width and direction marks), surrogate, private, unassigned.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


class BadName(ValueError):
    """A name that cannot be used; `reason` is too_short, too_long, no_letter, marks, at or reserved."""

    def __init__(self, reason: str, length: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.length = length


def clean(typed: str) -> str:
    """Return a name as it is shown: NFKC, nothing invisible, single spaces inside and none around.

    Total and idempotent; the result may be empty.
    """
    text = unicodedata.normalize("NFKC", typed)
    while True:
        visible = "".join(" " if sign.isspace() or sign == BRAILLE_BLANK else sign for sign in text)
        visible = "".join(sign for sign in _INVISIBLE.sub("", visible) if unicodedata.category(sign) not in _UNSEEN)
        # What stood around a removed character may now combine.
        again = unicodedata.normalize("NFKC", " ".join(visible.split()))
        if again == text:
            return again
        text = again


def key(typed: str) -> str:
    """Return what names are compared by: the clean name without case; names that look alike share it."""
    text = clean(typed)
    while (folded := clean(text.casefold())) != text:
        text = folded
    return text


def digest(name_key: str) -> str:
    """Return a short stand-in for a key, for places that must not hold names."""
    return hashlib.sha256(name_key.encode()).hexdigest()[:32]


def check(typed: str, *, reserved: bool = True) -> str:
    """Return the clean name, or raise BadName; `reserved=False` lets operators give any name."""
    if len(typed) > 50 * LONGEST:  # not worth cleaning
        raise BadName("too_long", len(typed))
    name = clean(typed)
    length = len(name)
    if length > LONGEST or len(key(name)) > KEY_ROOM:
        raise BadName("too_long", length)
    if length < SHORTEST:
        raise BadName("too_short", length)
    if not any(unicodedata.category(sign)[0] in "LN" for sign in name):
        raise BadName("no_letter", length)
    if "@" in name:
        raise BadName("at", length)
    if _longest_run_of_marks(name) > MARKS_IN_A_ROW:
        raise BadName("marks", length)
    if reserved and RESERVED.fullmatch(key(name)):
        raise BadName("reserved", length)
    return name


def _longest_run_of_marks(name: str) -> int:
    """Count the combining marks that are piled on one character."""
    longest = run = 0
    for sign in name:
        run = run + 1 if unicodedata.category(sign) in {"Mn", "Me"} else 0
        longest = max(longest, run)
    return longest
