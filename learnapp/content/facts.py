"""Facts: the source page with its sections, the dated statements of the ledger, and the glossary's terms."""

from __future__ import annotations

from dataclasses import dataclass

from learnapp.content.vocabulary import Sensitivity, Voice


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the copies of the source page do not agree; `note` is plain text."""

    section: str
    note: str


@dataclass(frozen=True, slots=True)
class Source:
    """The page that the course retells; `copies` are those that the ledger was made from."""

    title: str
    publisher: str
    name: str
    rights: str
    date_note: str
    when: str
    url: str | None
    copies: str | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One heading of the source page; `path` runs from its topmost heading to its own title."""

    slug: str
    title: str
    path: tuple[str, ...]
    depth: int
    number: int


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated statement of the ledger, with the voice that makes it."""

    id: str
    section: str
    text: str
    figures: tuple[str, ...]
    attribution: str
    voice: Voice
    dated: str | None
    caveat: str | None
    note: str | None
    sensitivity: Sensitivity
    testimony: bool
    quizzable: bool
    src: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry; `meaning` is HTML that goes on after the term: "means ..."."""

    slug: str
    term: str
    meaning: str
    facts: tuple[str, ...]
