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
FIRST_SIGN = re.compile(r"((?:<[^>]*>|&#?\w+;|[^\w<&])*)(\w)")
STOP = frozenset(
    WORD.findall(
        "a an and are as at be been but by can could did do does for from had has have he her his how i if "
        "in into is it its me my not of on or our she so than that the their them then there these they this "
        "those to was we were what when where which who why will with would you your"
    )
)

WHOLE = frozenset({"news"})  # looks like a plural and is none
ENDINGS = re.compile(r"(?P<doing>.{3,})(?:ing|ed)|(?P<how>.{3,}[^aiouy\W])ly")
# Behind these words may stand somebody in need: they are never answered with a guess, nor offered as one.
TENDER = frozenset(
    WORD.findall(
        "abort abortion abuse abuser abusive anorexia assault beat beaten bulimia bully bullying cannibal "
        "cannibalism cut dead death depressed depression die died dying grief grooming hang harass "
        "harassment harm hurt incest kill killer lonely miscarriage molest murder murderer overdose panic "
        "pregnancy pregnant prostitute prostitution rape raped raping rapist runaway selfharm sex sexual "
        "slave slavery stalker starve suicidal suicide torture trafficker trafficking trauma victim violence "
        "violent"
    )
)


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
    ending = ENDINGS.fullmatch(word)
    if ending and VOWEL.search(ending["doing"] or ending["how"]):
        word = ending["doing"] or ending["how"]
        if ending["doing"] and word[-1] == word[-2] and word[-1] not in "aeiouylsz":
            word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


def tender(word: str) -> bool:
    """Tell whether a word, in any of its forms, is one that somebody in need may type."""
    return stem(word) in _tender_stems()


@lru_cache(maxsize=1)
def _tender_stems() -> frozenset[str]:
    return frozenset(map(stem, TENDER))


def sentence(meaning: str) -> str:
    """Return the HTML of a meaning ("means a rank ...") as it can stand alone ("A rank ...")."""
    start = FIRST_SIGN.match(meaning := meaning.removeprefix("means "))
    return f"{start[1]}{start[2].upper()}{meaning[start.end() :]}" if start else meaning


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
