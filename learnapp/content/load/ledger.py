"""What lessons stand on: source page, fact ledger and glossary, checked against each other."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from learnapp.content.catalog import Difference, Fact, Section, Source, Term
from learnapp.content.load.files import Folder
from learnapp.content.load.markdown import inline
from learnapp.content.load.schemas import FactEntry, FactsFile, GlossaryFile, SourceFile
from learnapp.content.load.validate import read_yaml
from learnapp.content.load.yaml import Document
from learnapp.content.problems import Place, Report
from learnapp.content.vocabulary import FrozenModel

SOURCE, FACTS, GLOSSARY = "modules/source.yaml", "modules/facts.yaml", "modules/glossary.yaml"
Entry = TypeVar("Entry", bound=FrozenModel)


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
    fact_places: Mapping[str, Place]
    documents: Mapping[str, Document]


def read_ledger(folder: Folder, report: Report) -> Ledger:
    """Read the three files that all lessons share; report every problem in them."""
    about, source = read_yaml(SourceFile, SOURCE, folder, Place(SOURCE), report)
    listed, facts = read_yaml(FactsFile, FACTS, folder, Place(FACTS), report)
    words, glossary = read_yaml(GlossaryFile, GLOSSARY, folder, Place(GLOSSARY), report)
    headings = _unique("sections", "slug", about.sections if about else (), source, report)
    rows = _unique("facts", "id", listed.facts if listed else (), facts, report)
    terms = _unique("terms", "slug", words.terms if words else (), glossary, report)
    if about and listed and facts:
        for number, row in enumerate(listed.facts):
            if row.section not in headings:
                place = facts.place("facts", number, "section")
                report.error(place, "unknown-section", f"“{row.section}” is no section of {SOURCE}")
    if about and source:
        for number, one in enumerate(about.differences):
            if one.section not in headings:
                place = source.place("differences", number, "section")
                report.error(place, "unknown-section", f"“{one.section}” is no section of {SOURCE}")
    if words and listed and glossary:
        for number, term in enumerate(words.terms):
            for at, fact in enumerate(term.facts):
                if fact not in rows:
                    place = glossary.place("terms", number, "facts", at)
                    report.error(place, "unknown-fact", f"there is no fact {fact}")
    return Ledger(
        source=_source(about) if about else None,
        sections={
            slug: Section(slug, one.title, one.path, one.depth, number)
            for number, (slug, (one, _)) in enumerate(headings.items(), 1)
        },
        facts={name: _fact(row) for name, (row, _) in rows.items()},
        glossary={
            slug: Term(slug, _capital(one.term), f"means {inline(one.meaning)}", one.facts)
            for slug, (one, _) in terms.items()
        },
        cites=_cites(about, source, report) if about and source else {},
        fact_places={name: place for name, (_, place) in rows.items()},
        documents={document.path: document for document in (source, facts, glossary) if document},
    )


def _unique(
    name: str, key: str, entries: tuple[Entry, ...], document: Document | None, report: Report
) -> dict[str, tuple[Entry, Place]]:
    """Return entries by their key, with their places; report a second one with the same key."""
    found: dict[str, tuple[Entry, Place]] = {}
    for number, entry in enumerate(entries if document else ()):
        value = str(getattr(entry, key))
        place = document.place(name, number, key) if document else Place("")
        if value in found:
            words = f"“{value}” stands here twice, first on line {found[value][1].line}"
            report.error(place, "duplicate-entry", words)
        else:
            found[value] = entry, place
    return found


def _cites(about: SourceFile, document: Document, report: Report) -> dict[str, str]:
    found: dict[str, str] = {}
    for number, voice in enumerate(about.voices):
        if voice.match in found:
            report.error(
                document.place("voices", number), "duplicate-entry", f"“{voice.match}” is cited twice"
            )
        found.setdefault(voice.match, voice.cite)
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
        differences=tuple(Difference(one.section, one.note) for one in file.differences),
    )


def _fact(entry: FactEntry) -> Fact:
    values = {name: getattr(entry, name) for name in FactEntry.model_fields if name != "fact"}
    return Fact(text=entry.fact, **values)


def _capital(term: str) -> str:
    return term[:1].upper() + term[1:]
