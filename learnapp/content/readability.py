"""Readability of a text: words, sentences, reading time and the Automated Readability Index.

Grade = 4.71 letters/word + 0.5 words/sentence - 21.43 (Smith and Senter 1967). It needs no syllables, which
can only be guessed, and comes within a grade of Flesch-Kincaid here.
"""

import re
from typing import NamedTuple

WORDS_A_MINUTE = 130
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*(?:[.,][0-9]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e|a\.m|p\.m|U\.S|U\.N)\.", re.IGNORECASE)


class Readability(NamedTuple):
    """The measures of a text: the school grade that it is written for, to a tenth, and minutes of reading."""

    words: int
    sentences: int
    mean_sentence: float
    grade: float
    minutes: float


def measure(text: str) -> Readability:
    """Measure a text; a line break ends a sentence, and grade and mean sentence of no words are 0."""
    words = words_in(text)
    if not words:
        return Readability(0, 0, 0.0, 0.0, 0.0)
    sentences = sum(bool(words_in(part)) for part in _SENTENCE_END.split(_ABBREVIATION.sub(r"\1", text)))
    mean, letters = len(words) / sentences, sum(letter.isalnum() for word in words for letter in word)
    grade = round(4.71 * letters / len(words) + 0.5 * mean - 21.43, 1)
    return Readability(len(words), sentences, mean, grade, len(words) / WORDS_A_MINUTE)


def words_in(text: str) -> list[str]:
    """Return the words of a text; a number counts as one, a hyphen parts two."""
    return _WORD.findall(text)
