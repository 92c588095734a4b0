"""Looks: what has to be told apart, and reads the same once it is shown: options, labels, titles."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from learnapp.content.load.characters import look
from learnapp.content.load.drafts import CourseDraft, ItemDraft
from learnapp.content.load.lesson.blocks import CardDraft, PieceDraft
from learnapp.content.load.markdown import inline_tokens, words_of
from learnapp.content.load.yaml import Document, Where
from learnapp.content.problems import FACTS, SOURCE, Position, Report
from learnapp.quiz.types.cloze import Cloze
from learnapp.quiz.types.matching import Matching

# The keys under which an entry of a list has the words that tell it apart.
TELLING = ("text", "label", "short", "title", "term", "prompt", "match")
# Lists that name things, whose doubles are reported as such, and cells, which may be the same; so may those of a row.
NAMES = {"facts", "evidence", "cells", "gated", "skip", "sections", "lessons", "modules", "was"}
# What can begin a mark: a text without any of these is shown as it is.
_MARKS = re.compile(r"[\\`*_\[<&\n]")


class Shown(NamedTuple):
    """Words as readers see them, and where they stand."""

    place: Position
    words: str


def check_looks(draft: CourseDraft, report: Report) -> None:
    """Report every second one of two that readers cannot tell apart."""
    for group in _groups(draft):
        seen: dict[str, Shown] = {}
        for shown in group:
            first = seen.setdefault(look(shown.words), shown)
            if first is not shown:
                words = f"this looks like “{first.words}” of {first.place.path}:{first.place.line}; make them differ"
                report.error(shown.place, "look-alike", words)


def _groups(draft: CourseDraft) -> Iterator[Iterable[Shown]]:
    """Yield what stands beside each other: list entries, all modules, the lessons of one, the headings of a lesson."""
    for document in draft.documents:
        if document.path not in (SOURCE, FACTS):  # the source may say the same under two headings
            yield from _lists(document, (), document.data)
    yield [Shown(module.document.place("title"), module.entry.title) for module in draft.modules]
    for module in draft.modules:
        yield [Shown(lesson.document.place("title"), lesson.front.title) for lesson in module.lessons]
    for lesson in draft.lessons:
        headings = [Shown(section.place, section.title) for section in lesson.body.sections if section.title]
        yield headings + [Shown(card.place, card.title) for card in lesson.body.blocks(CardDraft)]
        yield [Shown(piece.place, piece.title) for piece in lesson.body.blocks(PieceDraft)]
    for item in chain.from_iterable(draft.item_groups()):
        for texts in _answers(item):
            yield [Shown(item.place(*where), _shown(text)) for where, text in texts]


def _answers(item: ItemDraft) -> Iterator[list[tuple[Where, str]]]:
    """Yield what stands in several lists of an item and is compared: all matches, all words for one gap."""
    if isinstance(item.item, Matching):
        matches: list[tuple[Where, str]] = [
            (("pairs", n, "match"), pair.match) for n, pair in enumerate(item.item.pairs)
        ]
        yield matches + [(("distractors", n), text) for n, text in enumerate(item.item.distractors)]
    for n, blank in enumerate(item.item.blanks if isinstance(item.item, Cloze) else ()):
        answers: list[tuple[Where, str]] = [(("blanks", n, "accept", at), text) for at, text in enumerate(blank.accept)]
        for number, wrong in enumerate(blank.wrong):
            where: Where = ("blanks", n, "wrong", number, "answers")
            answers += [((*where, at), text) for at, text in enumerate(wrong.answers)]
        yield answers


def _lists(document: Document, where: Where, data: Any) -> Iterator[list[Shown]]:
    """Yield the entries of each list below this part of a file, once for each key that tells them apart."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _lists(document, (*where, key), value)
    elif isinstance(data, list) and NAMES.isdisjoint(where[-1:]) and where[-2:-1] != ("rows",):
        yield [Shown(document.place(*where, n), _shown(text)) for n, text in enumerate(data) if isinstance(text, str)]
        parts = [(n, part) for n, part in enumerate(data) if isinstance(part, dict)]
        for key in TELLING:
            texts = [(n, part[key]) for n, part in parts if isinstance(part.get(key), str)]
            yield [Shown(document.place(*where, n, key), _shown(text)) for n, text in texts]
        for n, part in enumerate(data):
            yield from _lists(document, (*where, n), part)


def _shown(text: str) -> str:
    """Return the words of a text; one without Markdown is its own, as no mark can stand in it."""
    return words_of(inline_tokens(text)) if _MARKS.search(text) else text
