"""Readability of a text: words, sentences, reading time and the Automated Readability Index.

Grade = 4.71 letters/word + 0.5 words/sentence - 21.43 (Smith and Senter 1967). It needs no syllables, which
can only be guessed, and comes within a grade of Flesch-Kincaid here.
"""

import re
from dataclasses import dataclass

WORDS_A_MINUTE = 130
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*(?:[.,][0-9]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s|$)|\n+")
_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|No|vs|etc|e\.g|i\.e|a\.m|p\.m|U\.S|U\.N)\.", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Readability:
    """The measures of a text; grade and mean sentence are 0 for an empty one."""

    words: int
    sentences: int
    letters: int

    @property
    def mean_sentence(self) -> float:
        """Return words per sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def grade(self) -> float:
        """Return the school grade for which the text is written, rounded to a tenth."""
        if not self.words:
            return 0.0
        return round(4.71 * self.letters / self.words + 0.5 * self.mean_sentence - 21.43, 1)

    @property
    def minutes(self) -> float:
        """Return the reading time at 130 words a minute."""
        return self.words / WORDS_A_MINUTE


def measure(text: str) -> Readability:
    """Measure a text; a line break ends a sentence."""
    sentences = [part for part in _SENTENCE_END.split(_ABBREVIATION.sub(r"\1", text)) if words_in(part)]
    words = words_in(text)
    return Readability(len(words), len(sentences), sum(letter.isalnum() for word in words for letter in word))


def words_in(text: str) -> list[str]:
    """Return the words of a text; a number counts as one, a hyphen parts two."""
    return _WORD.findall(text)
