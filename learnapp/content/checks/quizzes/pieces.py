"""Pieces of evidence that questions work with: there under that letter, in the main quiz of their lesson alone."""

import re
from string import ascii_uppercase

from learnapp.content.checks.words import document_words
from learnapp.content.load.drafts import CourseDraft, ItemDraft, LessonDraft
from learnapp.content.load.lesson.blocks import PieceDraft
from learnapp.content.problems import Report

NAMED = re.compile(r"\b[Pp]iece ([A-Z])\b")


def check_pieces(draft: CourseDraft, report: Report) -> None:
    """Report pieces that a question names and its lesson has not, or has under another letter."""
    for lesson in draft.lessons:
        for item in lesson.items():
            _check_named(item, report)
            if item.item.pieces:
                _check_listed(lesson, item, item.item.pieces, report)


def _check_named(item: ItemDraft, report: Report) -> None:
    for words in document_words(item.document, item.where):
        for letter in NAMED.findall(words.text):
            if letter not in (item.item.pieces or ()):
                report.error(words.place, "piece", f"this names piece {letter}; list it in the item’s `pieces`")


def _check_listed(lesson: LessonDraft, item: ItemDraft, letters: tuple[str, ...], report: Report) -> None:
    place = item.place("pieces")
    if item.short or item.item.review:
        report.error(place, "piece", "pieces lie beside the questions of their own lesson’s main quiz alone")
        return
    pieces = lesson.body.blocks(PieceDraft)
    cited = {
        letter: {fact for one in piece.paragraphs for fact in one.facts}
        for letter, piece in zip(ascii_uppercase, pieces, strict=False)
    }
    for letter in letters:
        if letter not in cited:
            report.error(place, "piece", f"the lesson has no piece {letter}; it has {len(pieces)}")
        elif cited[letter].isdisjoint(item.item.facts):
            words = f"piece {letter} tells none of the item’s facts; add one, or see whether its letter has changed"
            report.error(place, "piece", words)
