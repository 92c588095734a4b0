"""Ledger: source page, facts and glossary that lessons cite, checked against each other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learnapp.content.evidence import Evidence, Person
from learnapp.content.facts import Difference, Fact, Section, Source, Term, found_by
from learnapp.content.load.citations import CitationFormatter
from learnapp.content.load.files import Folder
from learnapp.content.load.schemas import EvidenceFile, FactsFile, GlossaryFile, PeopleFile, SourceFile, VoiceEntry
from learnapp.content.load.validate import Model, ModelFile, read_model
from learnapp.content.load.yaml import Document
from learnapp.content.problems import EVIDENCE, FACTS, GLOSSARY, PEOPLE, SOURCE, Position, Report


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that lessons cite, with the files that could be read.

    `facts` are those of the page and the evidence, `cites` and `bylines` words of notes by attribution.
    """

    source: Source | None
    differences: tuple[Difference, ...]
    sections: Mapping[str, Section]
    facts: Mapping[str, Fact]
    glossary: Mapping[str, Term]
    people: Mapping[str, Person]
    cites: Mapping[str, str]
    bylines: Mapping[str, str]
    documents: Mapping[str, Document]
    absent: frozenset[str] = frozenset()

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the evidence among its facts."""
        return tuple(fact for fact in self.facts.values() if isinstance(fact, Evidence))

    def is_known(self, path: str) -> bool:
        """Tell whether all that this file of the ledger lists is known: it could be read, or there is none."""
        return path in self.documents or path in self.absent

    def citations(self) -> CitationFormatter | None:
        """Return what words notes for its facts; None where the outline could not be read."""
        if self.source is None:
            return None
        people = {fact: person.id for person in self.people.values() for fact in person.facts}
        return CitationFormatter(self.source, self.sections, self.cites, self.bylines, found_by(self.facts), people)


def read_ledger(folder: Folder, report: Report) -> Ledger:
    """Read the files that all lessons share; report every problem in them."""
    source = read_model(SourceFile, SOURCE, folder, Position(SOURCE), report)
    facts = read_model(FactsFile, FACTS, folder, Position(FACTS), report)
    evidence = _read_if_there(EvidenceFile, EVIDENCE, folder, report)
    people = _read_if_there(PeopleFile, PEOPLE, folder, report)
    glossary = read_model(GlossaryFile, GLOSSARY, folder, Position(GLOSSARY), report)
    files = (source, facts, evidence, people, glossary)
    voices: dict[str, VoiceEntry] = _unique(source, "voices", "match", report)
    return Ledger(
        source=source.model.source if source else None,
        differences=source.model.differences if source else (),
        sections=_unique(source, "sections", "slug", report),
        facts={**_unique(facts, "facts", "id", report), **_unique(evidence, "evidence", "id", report)},
        glossary=_unique(glossary, "terms", "slug", report),
        people=_unique(people, "people", "id", report),
        cites={match: voice.cite for match, voice in voices.items()},
        bylines={match: voice.by for match, voice in voices.items() if voice.by},
        documents={file.document.path: file.document for file in files if file},
        absent=frozenset(path for path in (EVIDENCE, PEOPLE) if not folder.has(path)),
    )


def _read_if_there(model: type[Model], path: str, folder: Folder, report: Report) -> ModelFile[Model] | None:
    """Return a file that a course may do without; None where there is none, or none that can be read."""
    return read_model(model, path, folder, Position(path), report) if folder.has(path) else None


def _unique(file: ModelFile[Any] | None, name: str, key: str, report: Report) -> dict[str, Any]:
    """Return the entries of a file's list by their key; report a second one with the same key."""
    unique: dict[str, Any] = {}
    lines: dict[str, int] = {}
    if file is None:
        return unique
    for number, entry in enumerate(getattr(file.model, name)):
        value, position = str(getattr(entry, key)), file.document.place(name, number, key)
        if value in unique:
            report.error(position, "duplicate-entry", f"“{value}” stands here twice, first on line {lines[value]}")
        else:
            unique[value], lines[value] = entry, position.line
    return unique
