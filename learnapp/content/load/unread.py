"""What could not be read, and so is left out of every count: said instead of a wrong number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from learnapp.content.load.drafts import Bank
from learnapp.content.load.ledger import FACTS, GLOSSARY, SOURCE, Ledger

Kind = Literal["course", "source", "facts", "glossary", "module", "lesson", "figure", "quiz"]
SHARED: tuple[tuple[Kind, str], ...] = (("source", SOURCE), ("facts", FACTS), ("glossary", GLOSSARY))
SHARED_WORDS = {
    "course": "the list of courses",
    "source": "the outline of the source",
    "facts": "the ledger",
    "glossary": "the glossary",
}


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the course that could not be read, and the file that holds it."""

    kind: Kind
    path: str


def unread(bank: Bank, ledger: Ledger) -> tuple[Unread, ...]:
    """List what could not be read: what all lessons share first, then modules, lessons, quizzes."""
    found = [Unread(kind, path) for kind, path in SHARED if path not in ledger.documents]
    if bank.unread_course:
        found.insert(0, Unread("course", bank.unread_course))
    found += [Unread("module", path) for path in bank.unread_modules]
    found += [Unread("lesson", one.path) for one in bank.fragments]
    found += [Unread("figure", one.path) for one in bank.lessons if one.lost_figure is not None]
    found += [Unread("quiz", f"quizzes/{'/'.join(one.key)}.yaml") for one in bank.lessons if one.quiz is None]
    return tuple(found)


def unread_words(found: Iterable[Unread]) -> str:
    """Say it, as in "not counted: 1 lesson and 2 quizzes cannot be read"; "" where all could be."""
    counts = Counter(one.kind for one in found)
    parts = [SHARED_WORDS.get(kind) or _number(kind, count) for kind, count in counts.items()]
    if not parts:
        return ""
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"not counted: {listed} cannot be read"


def _number(kind: str, count: int) -> str:
    return f"1 {kind}" if count == 1 else f"{count} {'quizzes' if kind == 'quiz' else kind + 's'}"
