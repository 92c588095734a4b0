"""Pieces of evidence: who says so, when, how they know and where it can be read, taken from what they rest on."""

import re
from collections.abc import Mapping, Sequence
from html import escape

from learnapp.content.blocks import Paragraphs, Piece, PieceSource
from learnapp.content.evidence import Evidence, Person
from learnapp.content.facts import Fact
from learnapp.content.load.citations import CitationFormatter


def witness(
    letter: str,
    title: str,
    blocks: tuple[Paragraphs, ...],
    facts: Sequence[Fact],
    citations: CitationFormatter,
    people: Mapping[str, Person],
) -> Piece:
    """Return a piece of evidence in the voice of its first fact, with each source that it rests on once."""
    accounts = [_account(fact, citations, people) for fact in facts]
    who, when, how, sources = (dict.fromkeys(filter(None, column)) for column in zip(*accounts, strict=True))
    voice = facts[0].voice if facts else "own"
    return Piece(letter, title, voice, blocks, tuple(who), tuple(when), tuple(how), tuple(sources))


def _account(
    fact: Fact, citations: CitationFormatter, people: Mapping[str, Person]
) -> tuple[str | None, str | None, str | None, PieceSource]:
    """Return who says this, when, how they know, and where it stands; of the page only what its note says."""
    if isinstance(fact, Evidence):
        person = people.get(fact.person or "") if fact.voice == "said" else None
        words = ", ".join(filter(None, [fact.source.title, fact.source.place]))
        who, when = person.name if person else fact.source.author, fact.dated or fact.source.date
        return who, when, fact.knows, PieceSource(words, fact.id)
    source, place = citations.source, PieceSource(citations.cite([fact]), fact.id)
    if fact.voice == "page":
        return source.publisher, source.when[:1].upper() + source.when[1:], None, place
    return None, None, None, place


def with_links(rel: str, letters: str) -> str:
    """Return the words on how a piece stands to others as HTML, their letters as links: "piece B", "A and C", "A."."""
    # "A" in front of a noun is an article; in front of these words and signs it is a piece.
    ending = r"(?=[.,;:)]|$|’s\b| (?:and|or|but|from|in|with|to|by|on|is|was|does|did|saw|says|said|cannot|could)\b)"
    found = re.compile(rf"\bpieces? ([{letters}])\b|(?<![\w-])([{letters}]){ending}") if letters else None
    html = escape(rel, quote=False)
    return found.sub(lambda match: _link(match[0], match[1] or match[2]), html) if found else html


def _link(words: str, letter: str) -> str:
    return f'<a href="#piece-{letter.lower()}">{words}</a>'
