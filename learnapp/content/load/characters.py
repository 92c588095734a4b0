"""Characters that deceive: invisible ones, spaces that are none, letters of another script that look like ours.

They are told by what Unicode says of them, so that a character which nobody thought of here is found as well.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

# Controls, formats, private and unassigned characters, surrogates, separators of lines; all but tab and line end.
_UNSEEN = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}
# Letters, marks and signs that show nothing.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
_JOINERS = "\u200c\u200d"
_COLOR = "\ufe0f"  # behind a sign, which it shows in color
_NO_BREAK = "\xa0\u202f"
_PLAIN_CONTROLS = str.maketrans("\n\t", "  ")
_OTHER = re.compile(r"[^\n\t -~]")
# A letter that was lost on the way, and letters of UTF-8 that a program read as Latin-1: é as Ã©, ’ as â€™.
_SPOILED = re.compile("\ufffd+|Ã[\x80-\xbf\u0152-\u2122]|Â[\xa0-\xbf]|â€[\x80-\xbf\u0152-\u2122]?")
# A word with a letter beyond a to z, looked for where words begin and nowhere inside them.
_WORD = re.compile(r"(?<![^\W\d_])(?=[a-zA-Z]*(?![\x00-\x7f])[^\W\d_])[^\W\d_]+")
# Scripts with letters that look like those of another one.
_ALIKE = {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "DESERET", "OSAGE", "GEORGIAN"}
# Letters of other scripts that look like the Latin letters below them: a word of these alone looks Latin.
_TWINS = str.maketrans(
    "АВЕЅІЈКМНОРСТУХԚԜаесіјорѕухԁһԛԝӏвкмнтАΑΒΕΖΗΙΚΜΝΟΡΤΥΧοανρικτυχ",
    "ABESIJKMHOPCTYXQWaecijopsyxdhqwlBkmHtAABEZHIKMNOPTYXoavpiktux",
)
# What stands in for each other in print and in typing.
_STROKES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "0": "o",
        "1": "l",
    }
)


class OddCharacter(NamedTuple):
    """A character that does not belong there: where it stands in the text, and what to do."""

    at: int
    advice: str


def odd_characters(text: str) -> Iterator[OddCharacter]:
    """Yield every character that readers or authors cannot see, or would take for another."""
    if text.isascii() and text.translate(_PLAIN_CONTROLS).isprintable():
        return
    others = list(_OTHER.finditer(text))
    for match in others:
        at = match.start()
        if advice := _advice(match[0], text[at - 1 : at], text[at + 1 : at + 2]):
            yield OddCharacter(at, advice)
    for spoiled in _SPOILED.finditer(text):
        yield OddCharacter(spoiled.start(), f"“{spoiled[0]}” is what a wrong encoding left of a letter; type it anew")
    for word in _WORD.finditer(text) if any(match[0].isalpha() for match in others) else ():
        if (other := _foreign(word[0])) is not None:
            letter = word[0][other]
            words = f"“{letter}” (U+{ord(letter):04X}) in “{word[0]}” is a letter of another script; type it anew"
            yield OddCharacter(word.start() + other, words)


def look(text: str) -> str:
    """Return what a text looks like: the same for all that a reader takes for the same words."""
    if text.isascii():  # most are, and are soon told
        return " ".join(text.casefold().translate(_STROKES).split()).rstrip(" .,;:")
    plain = unicodedata.normalize("NFKC", text).translate(_TWINS)
    folded = unicodedata.normalize("NFKC", plain.casefold()).translate(_STROKES)
    seen = (" " if one.isspace() else one for one in folded if one.isspace() or not _is_unseen(one))
    return " ".join("".join(seen).split()).rstrip(" .,;:")


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN or _BLANK.match(character) is not None


def _advice(character: str, before: str, after: str) -> str | None:
    category, code = unicodedata.category(character), f"U+{ord(character):04X}"
    if character in _JOINERS and min(before or " ", after or " ") > "\u0590":
        return None  # between letters of a script, or parts of a sign, that it joins
    if character == _COLOR and before and unicodedata.category(before) == "So":
        return None
    if _is_unseen(character):
        return f"remove the invisible character {code}"
    if category == "Zs" and (character not in _NO_BREAK or not (before.strip() and after.strip())):
        return f"put a plain space in place of {code}"
    if category.startswith("M") and not (before.strip() and unicodedata.category(before)[0] in "LMNS"):
        return f"remove the mark {code}, which stands on no letter"
    plain = unicodedata.normalize("NFKC", character)
    if category[0] in "LPS" and len(plain) == 1 and plain.isascii() and plain != " ":
        return f"type “{plain}” in place of {code}, which looks like it"
    return None


def _foreign(word: str) -> int | None:
    """Find the first letter of a word that is of another script than most of it, or of one that all look Latin in."""
    scripts = [unicodedata.name(letter, "").partition(" ")[0] for letter in word]
    kinds = [script for script in scripts if script in _ALIKE]
    if len(set(kinds)) > 1:
        usual = max(dict.fromkeys(kinds), key=kinds.count)
        return next(n for n, script in enumerate(scripts) if script in _ALIKE and script != usual)
    return 0 if kinds and kinds[0] != "LATIN" and word.translate(_TWINS).isascii() else None
