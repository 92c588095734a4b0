"""Ledger: source page, facts and glossary that lessons cite, checked against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from learnapp.content.facts import Fact, Section, Source, Term
from learnapp.content.load.files import Folder
from learnapp.content.load.markdown import inline
from learnapp.content.load.schemas import FactsFile, GlossaryFile, SourceFile
from learnapp.content.load.validate import read_model
from learnapp.content.load.yaml import Document
from learnapp.content.problems import FACTS, GLOSSARY, SOURCE, Position, Report
from learnapp.quiz.model import FrozenModel

_Entry = TypeVar("_Entry", bound=FrozenModel)
_Unique = dict[str, tuple[_Entry, Position]]


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that lessons cite. `documents` are the files that could be read.

    `cites` are the margin notes' words by attribution; `fact_places` is where each fact stands.
    """

    source: Source | None
    sections: Mapping[str, Section]
    facts: Mapping[str, Fact]
    glossary: Mapping[str, Term]
    cites: Mapping[str, str]
    fact_places: Mapping[str, Position]
    documents: Mapping[str, Document]


def read_ledger(folder: Folder, report: Report) -> Ledger:
    """Read the three files that all lessons share; report every problem in them."""
    source = read_model(SourceFile, SOURCE, folder, Position(SOURCE), report)
    facts = read_model(FactsFile, FACTS, folder, Position(FACTS), report)
    glossary = read_model(GlossaryFile, GLOSSARY, folder, Position(GLOSSARY), report)
    sections = _unique("sections", "slug", source.model.sections, source.document, report) if source else {}
    voices = _unique("voices", "match", source.model.voices, source.document, report) if source else {}
    rows = _unique("facts", "id", facts.model.facts, facts.document, report) if facts else {}
    terms = _unique("terms", "slug", glossary.model.terms, glossary.document, report) if glossary else {}
    return Ledger(
        source=_source(source.model) if source else None,
        sections={slug: section for slug, (section, _) in sections.items()},
        facts={name: fact for name, (fact, _) in rows.items()},
        glossary={
            slug: Term(slug, one.term[:1].upper() + one.term[1:], f"means {inline(one.meaning)}", one.facts)
            for slug, (one, _) in terms.items()
        },
        cites={match: voice.cite for match, (voice, _) in voices.items()},
        fact_places={name: position for name, (_, position) in rows.items()},
        documents={file.document.path: file.document for file in (source, facts, glossary) if file},
    )


def _unique(
    name: str, key: str, entries: tuple[_Entry, ...], document: Document, report: Report
) -> _Unique[_Entry]:
    """Return entries by their key, with their positions; report a second one with the same key."""
    found: _Unique[_Entry] = {}
    for number, entry in enumerate(entries):
        value, position = str(getattr(entry, key)), document.place(name, number, key)
        if value in found:
            words = f"“{value}” stands here twice, first on line {found[value][1].line}"
            report.error(position, "duplicate-entry", words)
        else:
            found[value] = entry, position
    return found


def _source(file: SourceFile) -> Source:
    entry = file.source
    year = re.search(r"(about |around )?\b[12][0-9]{3}\b", entry.date_note)
    return Source(
        title=entry.title,
        publisher=entry.publisher,
        name=entry.name or f"{entry.publisher} page",
        rights=entry.rights,
        date_note=entry.date_note,
        when=entry.when or (year[0] if year else "undated"),
        url=entry.url,
        copies=entry.copies,
        differences=file.differences,
    )
