"""Search index: SQLite's full-text search (FTS5), in memory, over the passages of one age group.

Ranked by BM25. Words match by their stem and, at a discount, by a beginning of three letters or more just as
it was typed. The words of a query may be spread over the paragraphs of a lesson; only the hits that have the
most of them are shown. What these readers may not see is not indexed, so it cannot change what they find.
"""

import re
import sqlite3
import unicodedata
import weakref
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from threading import Lock

from learnapp.library.search_text import KINDS, Kind, Passage, fold

QUERY_MAX = 100
WORDS_MAX = 8
PREFIX_FROM = 3
SUGGEST_FROM = 5  # shorter words are like too many others
SIMILAR = 0.8
PASSAGES_SHOWN = 3
NOTHING = '""'  # as an FTS5 expression
LAST = "\U0010ffff"  # stands behind every other letter
HITS_SHOWN: Mapping[Kind, int] = {"lesson": 10, "term": 8, "fact": 12}
WORD = re.compile(r"\d+(?:,\d{3})+|[^\W_]+(?:'[^\W_]+)*")
QUOTES = str.maketrans("", "", '"“”„‟«»')
STOP_WORDS = frozenset(Path(__file__).with_name("stop_words.txt").read_text("utf-8").split())
# Behind these words may stand somebody in need: they are never answered with a guess, nor offered as one.
SENSITIVE_WORDS = frozenset(Path(__file__).with_name("sensitive_words.txt").read_text("utf-8").split())
# `stems` compares words by their stem, `forms` as they are written; `vocabulary` lists the latter.
SCHEMA = """
CREATE TABLE passage (id INTEGER PRIMARY KEY, title TEXT, text TEXT);
CREATE VIRTUAL TABLE stems USING fts5(
  title, text, content='passage', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE forms USING fts5(
  title, text, content='passage', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(forms, row);
CREATE VIRTUAL TABLE sensitive USING fts5(word, tokenize='porter unicode61');
"""
INDEX = "INSERT INTO stems(stems) VALUES ('rebuild'); INSERT INTO forms(forms) VALUES ('rebuild');"
MATCHES = """
SELECT rowid, sum(score) FROM (
  SELECT rowid, -bm25(stems, 3, 1) AS score FROM stems WHERE stems MATCH ?
  UNION ALL SELECT rowid, -bm25(forms, 3, 1) / 2 FROM forms WHERE forms MATCH ?
) GROUP BY rowid
"""
SNIPPET = "SELECT snippet(stems, 1, '\x02', '\x03', ' … ', 30) FROM stems WHERE stems MATCH ? AND rowid = ?"

Pieces = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A passage that was found and some of its words, in pieces (text, marked); none of a closed one."""

    passage: Passage
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A lesson, term or fact that was found, and its best passages, the best one first."""

    key: str
    passages: tuple[Quotation, ...]


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The best hits of each kind and how many there are.

    `partial`: no hit has all the words. `sensitive`: somebody in need may ask so; the query alone decides it.
    `suggestions` are known words like those that were not found.
    """

    query: str
    hits: Mapping[Kind, tuple[SearchHit, ...]]
    totals: Mapping[Kind, int]
    partial: bool
    sensitive: bool
    suggestions: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(self.totals.values())

    @property
    def shown(self) -> int:
        """Return how many hits are shown, of all that there are."""
        return sum(map(len, self.hits.values()))

    @property
    def quotable_query(self) -> str:
        """Return the query as it can stand between quotation marks."""
        return self.query.translate(QUOTES).strip() or self.query


def tidy_query(text: str) -> str:
    """Return a typed text as one line of at most 100 characters without invisible ones."""
    visible = (" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text[: 4 * QUERY_MAX])
    return " ".join(unicodedata.normalize("NFC", "".join(visible)).split())[:QUERY_MAX].strip()


def query_words(query: str) -> tuple[str, ...]:
    """Return the words to look for; little words count only where there are no others."""
    words = tuple(dict.fromkeys(re.sub(r"'s$|,", "", word) for word in WORD.findall(fold(query))))
    return tuple(word for word in words if word not in STOP_WORDS)[:WORDS_MAX] or words[:WORDS_MAX]


class SearchIndex:
    """The passages that readers of one age may see, indexed once; safe for threads."""

    def __init__(self, passages: Iterable[Passage], age: int) -> None:
        self._passages = tuple(passage for passage in passages if passage.age <= age)
        self._lock = Lock()
        self._db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._db.close)
        self._db.executescript(SCHEMA)
        self._db.executemany("INSERT INTO sensitive VALUES (?)", ((word,) for word in SENSITIVE_WORDS))
        rows = ((number, passage.title, passage.text) for number, passage in enumerate(self._passages))
        self._db.executemany("INSERT INTO passage VALUES (?, ?, ?)", rows)
        self._db.executescript(INDEX)

    def search(self, query: str) -> SearchResults:
        """Find the words of a tidy query."""
        words = query_words(query)
        with self._lock:
            scores = {word: dict(self._db.execute(MATCHES, (_exact(word), _prefix(word)))) for word in words}
            points: dict[tuple[Kind, str], dict[int, float]] = defaultdict(lambda: defaultdict(float))
            matched: dict[tuple[Kind, str], set[str]] = defaultdict(set)
            for word, by_passage in scores.items():
                for number, score in by_passage.items():
                    name = self._passages[number].kind, self._passages[number].key
                    points[name][number] += score
                    matched[name].add(word)
            most = max(map(len, matched.values()), default=0)
            best = (name for name in points if len(matched[name]) == most)
            ranked = sorted(best, key=lambda name: (-_rank(points[name]), name))
            keys = {kind: [key for of_kind, key in ranked if of_kind == kind] for kind in KINDS}
            marked = " OR ".join(form for word in words for form in self._forms(word))
            hits = {
                kind: tuple(self._hit(key, points[kind, key], marked) for key in keys[kind][: HITS_SHOWN[kind]])
                for kind in KINDS
            }
            sensitive = self._is_sensitive(words)
            suggestions = () if sensitive else self._suggestions(word for word in words if not scores[word])
        totals = {kind: len(keys[kind]) for kind in KINDS}
        return SearchResults(query, hits, totals, 0 < most < len(words), sensitive, suggestions)

    def _hit(self, key: str, scores: Mapping[int, float], marked: str) -> SearchHit:
        best = sorted(scores, key=lambda number: (-scores[number], number))
        anchored: dict[object, int] = {}
        for number in best:
            passage = self._passages[number]
            if passage.anchor:  # what is not quoted is named once, wherever it stands in its place
                anchored.setdefault((passage.anchor, passage.number) if passage.closed else number, number)
        shown = (list(anchored.values()) or best[:1])[:PASSAGES_SHOWN]
        return SearchHit(key, tuple(self._quotation(number, marked) for number in shown))

    def _quotation(self, number: int, marked: str) -> Quotation:
        passage = self._passages[number]
        if passage.closed:
            return Quotation(passage, ())
        row = self._db.execute(SNIPPET, (marked, number)).fetchone()
        # What was found by the beginnings of words need not be among the stems that a snippet marks.
        pieces = enumerate(re.split("[\x02\x03]", row[0] if row else passage.text))
        return Quotation(passage, tuple((text, at % 2 == 1) for at, text in pieces if text))

    def _forms(self, word: str) -> list[str]:
        """Return what to mark for a word, for the index of stems: itself and the known words it begins."""
        if _prefix(word) == NOTHING:
            return [_exact(word)]
        longer = "SELECT term FROM vocabulary WHERE term > ? AND term < ?"
        return [_exact(word), *(f'"{form}"' for (form,) in self._db.execute(longer, (word, f"{word}{LAST}")))]

    def _is_sensitive(self, words: Collection[str]) -> bool:
        expression = " OR ".join(map(_exact, words)) or NOTHING
        return self._db.execute("SELECT 1 FROM sensitive(?)", (expression,)).fetchone() is not None

    def _suggestions(self, words: Iterable[str]) -> tuple[str, ...]:
        """Return known words that look like the first two of these, but nothing like a sensitive word."""
        suggestions: list[str] = []
        near = "SELECT term FROM vocabulary WHERE length(term) BETWEEN ? AND ? AND term NOT GLOB '[0-9]*'"
        for word in list(words)[:2]:
            if len(word) < SUGGEST_FROM or get_close_matches(word, SENSITIVE_WORDS, n=1, cutoff=SIMILAR):
                continue
            vocabulary = {form for (form,) in self._db.execute(near, (max(4, len(word) - 2), len(word) + 2))}
            vocabulary -= {f"{form}s" for form in vocabulary}
            similar = get_close_matches(word, sorted(vocabulary), n=6, cutoff=SIMILAR)
            suggestions += [term for term in similar if not self._is_sensitive([term])][:3]
        return tuple(dict.fromkeys(suggestions))


def _exact(word: str) -> str:
    """Return a word as an FTS5 expression; a number also as it is grouped in texts: 33,000."""
    return f'"{word}" OR "{int(word):,}"' if word.isdecimal() else f'"{word}"'


def _prefix(word: str) -> str:
    return f'"{word}" *' if len(word) >= PREFIX_FROM and word not in STOP_WORDS else NOTHING


def _rank(scores: Mapping[int, float]) -> float:
    """Rank by the best passage; a few more of them add a little."""
    best = sorted(scores.values(), reverse=True)[:4]
    return best[0] + 0.2 * sum(best[1:])
