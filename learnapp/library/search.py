"""Search: an index made once from the catalog, and what it finds for a query. Pure.

Ranked by BM25. Words match by stem and, at a discount, by their beginning of three letters or more, just as
it was typed. The words of a query may be spread over the paragraphs of a lesson; what has all of them keeps
out what has only some. Nothing of a passage that the reader may not see gets out: not its text, its words,
nor how many there are.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice
from math import log
from sys import maxunicode

from learnapp.library.search_text import KINDS, Kind, Passage
from learnapp.library.words import STOP, TENDER, stem, tender, tokens

QUERY_MAX = 100
WORDS_MAX = 8
K1, B = 1.2, 0.75
TITLE_WEIGHT = 3
PREFIX_WEIGHT = 0.5
PREFIX_FROM = 3
PREFIXES_MAX = 100
ALIKE_FROM = 5  # shorter words are like too many others
ALIKE = 0.8
QUOTES = str.maketrans("", "", '"“”„‟«»')
PASSAGES_SHOWN = 3
AT_MOST: Mapping[Kind, int] = {"lesson": 10, "term": 8, "fact": 12}


@dataclass(frozen=True, slots=True)
class Hit:
    """A lesson, term or fact that was found, and its best passages, the best one first."""

    key: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: the best hits of each kind, how many there are, and the stems that matched.

    `partial`: nothing has all the words. `tender`: somebody in need may ask so, which the query alone tells.
    `suggestions` are known words like those that were not found.
    """

    query: str
    hits: Mapping[Kind, tuple[Hit, ...]]
    totals: Mapping[Kind, int]
    stems: frozenset[str]
    partial: bool
    tender: bool
    suggestions: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(self.totals.values())

    @property
    def shown(self) -> int:
        return sum(map(len, self.hits.values()))

    @property
    def named(self) -> str:
        """Return the query as it can stand between quotation marks."""
        return self.query.translate(QUOTES).strip() or self.query


@dataclass(frozen=True, slots=True)
class Index:
    """The words of all passages. `postings` has, for each stem, its weight in each passage.

    `words` has, for each stem, the youngest age that may see it and the shortest word with it that they see;
    `forms` has the same age for each word as it is written, and its stem.
    """

    passages: tuple[Passage, ...]
    postings: Mapping[str, Mapping[int, int]]
    lengths: tuple[int, ...]
    mean_length: float
    vocabulary: tuple[str, ...]
    words: Mapping[str, tuple[int, str]]
    forms: Mapping[str, tuple[int, str]]


def tidy_query(text: str) -> str:
    """Return what somebody typed as one line of at most 100 characters without invisible signs."""
    shown = (" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text[: 4 * QUERY_MAX])
    return " ".join(unicodedata.normalize("NFC", "".join(shown)).split())[:QUERY_MAX].strip()


def build_index(passages: Iterable[Passage]) -> Index:
    """Index passages once; about 20,000 words take a tenth of a second."""
    listed = tuple(passages)
    postings: dict[str, dict[int, int]] = defaultdict(dict)
    words: dict[str, tuple[int, int, str]] = {}
    forms: dict[str, tuple[int, str]] = {}
    lengths = []
    for number, passage in enumerate(listed):
        weights: Counter[str] = Counter()
        for text, weight in ((passage.title, TITLE_WEIGHT), (passage.text, 1)):
            for token in tokens(text):
                weights[token.stem] += weight
                seen = (passage.age, len(token.word), token.word)
                words[token.stem] = min(words.get(token.stem, seen), seen)
                form = (passage.age, token.stem)
                forms[token.word] = min(forms.get(token.word, form), form)
        for word, weight in weights.items():
            postings[word][number] = weight
        lengths.append(sum(weights.values()))
    return Index(
        passages=listed,
        postings=dict(postings),
        lengths=tuple(lengths),
        mean_length=sum(lengths) / len(lengths) if lengths else 1.0,
        vocabulary=tuple(sorted(forms)),
        words={stem: (age, word) for stem, (age, _length, word) in words.items()},
        forms=forms,
    )


def search(index: Index, query: str, age: int) -> Found:
    """Find a tidy query in what a reader of this age may see."""
    wanted = _wanted(query)
    scores: list[dict[int, float]] = []
    stems: set[str] = set()
    for word in wanted:
        matches = _matches(index, word, age)
        stems |= matches.keys()
        scores.append(_scores(index, matches, age))
    groups = _groups(index, scores)
    most = max((len(found) for _number, found in groups.values()), default=0)
    kept = [(key, passages) for key, (passages, found) in groups.items() if len(found) == most]
    hits: dict[Kind, tuple[Hit, ...]] = {}
    totals: dict[Kind, int] = {}
    for kind in KINDS:
        ranked = sorted(
            (one for one in kept if one[0][0] == kind), key=lambda one: (-_rank(one[1].values()), one[0])
        )
        totals[kind] = len(ranked)
        hits[kind] = tuple(_hit(index, key, passages) for (_, key), passages in ranked[: AT_MOST[kind]])
    return Found(
        query=query,
        hits=hits,
        totals=totals,
        stems=frozenset(stems),
        partial=0 < most < len(wanted),
        tender=any(map(tender, wanted)),
        suggestions=_suggestions(index, wanted, scores, age),
    )


def _wanted(query: str) -> tuple[str, ...]:
    """Return the words to look for; little words count only where there are no others."""
    words = tuple(dict.fromkeys(token.word for token in tokens(query)))
    return tuple(word for word in words if word not in STOP)[:WORDS_MAX] or words[:WORDS_MAX]


def _matches(index: Index, word: str, age: int) -> dict[str, float]:
    """Return the stems that a word stands for, with their weight."""
    exact = stem(word)
    found = {exact: 1.0} if exact in index.words and index.words[exact][0] <= age else {}
    if len(word) >= PREFIX_FROM and word not in STOP:
        begins, ends = (bisect_left(index.vocabulary, edge) for edge in (word, f"{word}{chr(maxunicode)}"))
        longer = (index.forms[form] for form in index.vocabulary[begins:ends])
        # A form that only older readers see leads nowhere, even where all see its stem in another form.
        for known in islice((known for from_age, known in longer if from_age <= age), PREFIXES_MAX):
            found.setdefault(known, PREFIX_WEIGHT)
    return found


def _scores(index: Index, matches: Mapping[str, float], age: int) -> dict[int, float]:
    """Score every passage that has one of these stems."""
    having = {
        number for known in matches for number in index.postings[known] if index.passages[number].age <= age
    }
    rare = log(1 + (len(index.passages) - len(having) + 0.5) / (len(having) + 0.5))
    scores: dict[int, float] = dict.fromkeys(having, 0.0)
    for known, weight in matches.items():
        for number, times in index.postings[known].items():
            if number in having:
                long = 1 - B + B * index.lengths[number] / index.mean_length
                scores[number] += weight * rare * times * (K1 + 1) / (times + K1 * long)
    return scores


Groups = dict[tuple[Kind, str], tuple[dict[int, float], set[int]]]


def _groups(index: Index, scores: Sequence[Mapping[int, float]]) -> Groups:
    """Join passages that belong together: the score of each, and which words of the query are in them."""
    groups: Groups = {}
    for number, by_passage in enumerate(scores):
        for at, score in by_passage.items():
            passage = index.passages[at]
            passages, words = groups.setdefault((passage.kind, passage.key), ({}, set()))
            passages[at] = passages.get(at, 0.0) + score
            words.add(number)
    return groups


def _rank(scores: Iterable[float]) -> float:
    """Rank by the best passage; a few more of them add a little."""
    best = sorted(scores, reverse=True)[:4]
    return best[0] + 0.2 * sum(best[1:])


def _hit(index: Index, key: str, passages: Mapping[int, float]) -> Hit:
    best = sorted(passages, key=lambda at: (-passages[at], at))
    shown = [index.passages[at] for at in best if index.passages[at].anchor or len(best) == 1]
    return Hit(key, tuple((shown or [index.passages[best[0]]])[:PASSAGES_SHOWN]))


def _suggestions(
    index: Index, wanted: Sequence[str], scores: Sequence[Mapping[int, float]], age: int
) -> tuple[str, ...]:
    """Return known words that look like the first two words that nothing has; none beside a tender word."""
    if any(map(tender, wanted)):
        return ()
    found: list[str] = []
    lost = [word for word, by_passage in zip(wanted, scores, strict=True) if not by_passage]
    for word in lost[:2]:
        if len(word) < ALIKE_FROM or get_close_matches(word, TENDER, n=1, cutoff=ALIKE):
            continue
        known = [shown for from_age, shown in index.words.values() if from_age <= age and _alike(shown, word)]
        found += get_close_matches(word, known, n=3, cutoff=ALIKE)
    return tuple(dict.fromkeys(found))


def _alike(word: str, other: str) -> bool:
    """Tell cheaply whether a known word is worth a closer look; a tender one is never offered."""
    return len(word) > 3 and abs(len(word) - len(other)) <= 2 and not word[:1].isdigit() and not tender(word)
