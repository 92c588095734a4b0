"""User names: what is shown, the key by which somebody signs in, and the one under which look-alikes are one name."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from learnapp.accounts.errors import InvalidInput
from learnapp.accounts.names.lookalikes import skeleton

SHORTEST = 2
LONGEST = 40
MARKS_IN_A_ROW = 3
BRAILLE_BLANK = "\u2800"  # a symbol by category, a space on screen
KEY_ROOM = 4 * LONGEST  # folding may lengthen: one "ΐ" becomes three characters

# Words of names that would let a stranger pass for the people who run the place (only operators can give them), then
# words that make no name of their own with one of these: “theadmin”, “yourteacher”, “learnappsupport”.
WORDS = Path(__file__).with_name("reserved_words.txt")
RESERVED, BESIDE_RESERVED = (part.split() for part in WORDS.read_text(encoding="ascii").split("\n\n"))
# Digits and signs that stand for letters, beside those that look like them anyway (0, 1).
DISGUISES = str.maketrans("345789$!|+", "eastbgsllt")
DIGITS = "0123456789"
# Where a word of a name ends: at a sign, or at a capital after a small letter.
WORD_ENDS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])")

# Unicode's Default_Ignorable_Code_Point, less what the categories below remove already.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8\U000e0000-\U000e0fff]"
)
# Control, format (which holds zero width and direction marks), surrogate, private, unassigned.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean(typed: str) -> str:
    """Return a name as it is shown: NFKC, nothing invisible, single spaces inside and none around; maybe empty."""
    text = unicodedata.normalize("NFKC", typed)
    while True:
        spaced = _INVISIBLE.sub("", " ".join(text.replace(BRAILLE_BLANK, " ").split()))
        visible = "".join(sign for sign in spaced if unicodedata.category(sign) not in _UNSEEN)
        # What stood around a removed character may now combine.
        again = unicodedata.normalize("NFKC", visible)
        if again == text:
            return again
        text = again


def key(typed: str) -> str:
    """Return what names are compared by: the clean name without case; names that look alike share it."""
    text = clean(typed)
    while (folded := clean(text.casefold())) != text:
        text = folded
    return text


def look_key(typed: str) -> str:
    """Return what names are told apart by on screen: those that look alike in any script share it."""
    return skeleton(clean(typed))[:KEY_ROOM]


def is_reserved(typed: str, site: str = "") -> bool:
    """Tell whether a name holds a reserved word or the site's name, alone, disguised, or run together with small words.

    Disguises are look-alikes, marks on letters, digits around it, and digits and signs in place of letters.
    """
    text = _without_marks(clean(typed))
    return any(_is_reserved(variant, site) for variant in {text, text.translate(DISGUISES)})


def _is_reserved(text: str, site: str) -> bool:
    reserved, beside, spaced_site = _reserved(site)
    words = [word for word in WORD_ENDS.split(text) if word]
    for word in words:
        ends = {word, word.strip(DIGITS), word.rstrip(DIGITS)}
        if any(reserved.fullmatch(skeleton(one.translate(also))) for one in ends for also in ({}, DISGUISES)):
            return True
    if spaced_site and f" {spaced_site} " in f" {skeleton(' '.join(words))} ":
        return True
    joined = [skeleton(re.sub(pattern, "", text)) for pattern in (r"[\W_]", r"[\W_\d]")]
    return any(beside.fullmatch(one) and reserved.search(one) for one in joined)


@cache
def _reserved(site: str) -> tuple[re.Pattern[str], re.Pattern[str], str]:
    """Return the patterns of a reserved word in a skeleton, and of nothing but those and small words; the site's name.

    The site's name is reserved as a whole, and each of its words only where it has no other.
    """
    names = [word for word in WORD_ENDS.split(_without_marks(clean(site))) if word]
    words = "|".join(f"{skeleton(word)}s?" for word in RESERVED)
    if names:
        words += "|" + re.escape(skeleton("".join(names)))
    small = "|".join(map(skeleton, BESIDE_RESERVED))
    return re.compile(words), re.compile(f"({small}|{words})+"), skeleton(" ".join(names))


def _without_marks(text: str) -> str:
    signs = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in signs if unicodedata.category(sign) not in {"Mn", "Me"})


def validate_name(typed: str, *, reserved: bool = True, site: str = "") -> str:
    """Return the clean name, or raise InvalidInput; `site` is the site's, `reserved=False` lets operators give any."""
    name = readable_name(typed, SHORTEST, LONGEST)
    reason = "at" if "@" in name else "reserved" if reserved and is_reserved(name, site) else ""
    if reason:
        raise InvalidInput("name", reason)
    return name


def readable_name(typed: str, shortest: int, longest: int) -> str:
    """Return the clean name of somebody or something, or raise InvalidInput where it is no short word on a page."""
    if len(typed) > 50 * longest:  # not worth cleaning
        raise InvalidInput("name", "too_long", longest=longest, length=len(typed))
    name = clean(typed)
    categories = [unicodedata.category(sign) for sign in name]
    marks = "".join("m" if category in {"Mn", "Me"} else "." for category in categories)
    problems = {
        "too_long": len(name) > longest or len(key(name)) > 4 * longest,
        "too_short": len(name) < shortest,
        "no_letter": not any(category[0] in "LN" for category in categories),
        "marks": "m" * (MARKS_IN_A_ROW + 1) in marks,
    }
    for reason, refused in problems.items():
        if refused:
            raise InvalidInput("name", reason, shortest=shortest, longest=longest, length=len(name))
    return name
