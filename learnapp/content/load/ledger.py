"""Ledger: source page, facts and glossary that lessons cite, checked against each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from learnapp.content.facts import Difference, Fact, Section, Source, Term
from learnapp.content.load.citations import CitationFormatter
from learnapp.content.load.files import Folder
from learnapp.content.load.schemas import FactsFile, GlossaryFile, SourceFile
from learnapp.content.load.validate import read_model
from learnapp.content.load.yaml import Document
from learnapp.content.problems import FACTS, GLOSSARY, SOURCE, Position, Report
from learnapp.quiz.model import FrozenModel

_Entry = TypeVar("_Entry", bound=FrozenModel)


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that lessons cite, with the files that could be read; `cites` are words of notes by attribution."""

    source: Source | None
    differences: tuple[Difference, ...]
    sections: Mapping[str, Section]
    facts: Mapping[str, Fact]
    glossary: Mapping[str, Term]
    cites: Mapping[str, str]
    documents: Mapping[str, Document]

    def citations(self) -> CitationFormatter | None:
        """Return what words notes for its facts; None where the outline could not be read."""
        return CitationFormatter(self.source, self.sections, self.cites) if self.source else None


def read_ledger(folder: Folder, report: Report) -> Ledger:
    """Read the three files that all lessons share; report every problem in them."""
    source = read_model(SourceFile, SOURCE, folder, Position(SOURCE), report)
    facts = read_model(FactsFile, FACTS, folder, Position(FACTS), report)
    glossary = read_model(GlossaryFile, GLOSSARY, folder, Position(GLOSSARY), report)
    sections = _unique("sections", "slug", source.model.sections, source.document, report) if source else {}
    voices = _unique("voices", "match", source.model.voices, source.document, report) if source else {}
    return Ledger(
        source=source.model.source if source else None,
        differences=source.model.differences if source else (),
        sections=sections,
        facts=_unique("facts", "id", facts.model.facts, facts.document, report) if facts else {},
        glossary=_unique("terms", "slug", glossary.model.terms, glossary.document, report) if glossary else {},
        cites={match: voice.cite for match, voice in voices.items()},
        documents={file.document.path: file.document for file in (source, facts, glossary) if file},
    )


def _unique(name: str, key: str, entries: tuple[_Entry, ...], document: Document, report: Report) -> dict[str, _Entry]:
    """Return entries by their key; report a second one with the same key."""
    unique: dict[str, _Entry] = {}
    lines: dict[str, int] = {}
    for number, entry in enumerate(entries):
        value, position = str(getattr(entry, key)), document.place(name, number, key)
        if value in unique:
            report.error(position, "duplicate-entry", f"“{value}” stands here twice, first on line {lines[value]}")
        else:
            unique[value], lines[value] = entry, position.line
    return unique
