"""How hard a text is to read: words, sentences, syllables and the Flesch-Kincaid grade.

Flesch-Kincaid grade = 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid et al. 1975).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

WORDS_A_MINUTE = 130
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*(?:[.,][0-9]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e|a\.m|p\.m|U\.S|U\.N)\.", re.IGNORECASE)
_VOWELS = re.compile(r"[aeiouy]+")
# "voice", "pages" without, "houses" with; "named" without, "wanted" with; "table" with.
_SILENT_E = re.compile(r"(?<![ey])(?<![^aeiouy]l)e$|(?<![aeiousxzcg])(?<!ch)(?<!sh)es$|(?<![aeioutd])ed$")
# Neighbours that are spoken one after the other: "radio", "create", but not "people" or "nation".
_TWO_VOWELS = re.compile(r"(?:ia|io|eo(?!ple)|iu|ua)(?!u)|creat|idea|museu|quiet|scien")
_ONE_SOUND = re.compile(r"tion|sion|cial|tial|cian|gion|quo|qua|gua|cious|tious")


@dataclass(frozen=True, slots=True)
class Readability:
    """The measures of a text; grade and mean sentence are 0 for an empty one."""

    words: int
    sentences: int
    syllables: int

    @property
    def mean_sentence(self) -> float:
        """Return words per sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """Return the Flesch-Kincaid grade, rounded to a tenth."""
        if not self.words:
            return 0.0
        return round(0.39 * self.mean_sentence + 11.8 * self.syllables / self.words - 15.59, 1)

    @property
    def minutes(self) -> float:
        """Return the reading time at 130 words a minute."""
        return self.words / WORDS_A_MINUTE


def measure(text: str) -> Readability:
    """Measure a text; a line break ends a sentence."""
    sentences = [part for part in _SENTENCE_END.split(_ABBREVIATION.sub(r"\1", text)) if words_in(part)]
    words = words_in(text)
    return Readability(len(words), len(sentences), sum(map(syllables, words)))


def words_in(text: str) -> list[str]:
    """Return the words of a text; a number counts as one, a hyphen parts two."""
    return _WORD.findall(text)


def syllables(word: str) -> int:
    """Estimate an English word's syllables from its vowels; a number counts as one."""
    plain = re.sub(r"[^a-z]", "", word.lower())
    if not plain:
        return 1
    if word.isupper() and len(plain) < 4:
        return len(plain)
    count = len(_VOWELS.findall(plain))
    if count > 1 and _SILENT_E.search(plain):
        count -= 1
    if _TWO_VOWELS.search(plain) and not _ONE_SOUND.search(plain):
        count += 1
    return max(count, 1)
