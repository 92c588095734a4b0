"""Words as search compares them: without capitals, accents and endings, each with its place in the text."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"\d+(?:,\d{3})+|[^\W_]+(?:['’][^\W_]+)*")
VOWEL = re.compile("[aeiouy]")
BLOCK_TAG = re.compile(r"</?(?:p|ul|ol|li|br)\b[^>]*>")
TAG = re.compile(r"<[^>]*>")
STOP = frozenset(
    WORD.findall(
        "a an and are as at be been but by can could did do does for from had has have he her his how i if "
        "in into is it its me my not of on or our she so than that the their them then there these they this "
        "those to was we were what when where which who why will with would you your"
    )
)

WHOLE = frozenset({"news"})  # looks like a plural and is none


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its stem, the word itself in small letters, and where it stands."""

    stem: str
    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in NFC; places count its characters."""
    for found in WORD.finditer(text):
        word = fold(found[0]).replace(",", "")
        if word:
            yield Token(stem(word), word, found.start(), found.end())


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return a text in small letters without accents: "Kim’s café" is "kim's cafe"."""
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return what the forms of an English word share: prison for prisons, escap for escape and escaped."""
    word = re.sub(r"'s?$", "", word).replace("'", "")
    if len(word) <= 3 or word in WHOLE or any(sign.isdigit() for sign in word):
        return word
    word = _singular(word)
    for ending in ("ing", "ed", "ly"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) >= 3 and VOWEL.search(rest):
            word = rest
            if ending != "ly" and word[-1] == word[-2] and word[-1] not in "aeiouylsz":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def plain(markup: str) -> str:
    """Return the words of clean HTML, as NFC."""
    text = html.unescape(TAG.sub("", BLOCK_TAG.sub(" ", markup)))
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    if re.search("(s|x|z|ch|sh)es$", word):
        return word[:-2]
    if word.endswith("s") and word[-2] not in "sui":
        return word[:-1]
    return word
