"""Ledger: the names that its files and lessons may use, and entries of it that contradict each other."""

from collections.abc import Iterator
from typing import Any

from learnapp.content.evidence import RELATIONS, Evidence
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.load.yaml import Document, Where
from learnapp.content.problems import EVIDENCE, FACTS, GLOSSARY, PEOPLE, SOURCE, Position, Report


class ReferenceChecker:
    """The names that lessons may use, and by fact the position of its first lesson and the file that gates it.

    `require_…` tell whether a name may be right, as any while its file is skipped, and report one that is not.
    """

    def __init__(self, draft: CourseDraft, report: Report) -> None:
        self.draft = draft
        self.ledger = draft.ledger
        self.report = report
        self.first_taught: dict[str, int] = {}
        self.gating_files: dict[str, str] = {}
        for number, lesson in enumerate(draft.lessons):
            for fact in lesson.front.facts:
                self.first_taught.setdefault(fact, number)
            for fact in lesson.front.gated:
                self.gating_files.setdefault(fact, lesson.document.path)

    def require_fact(self, fact: str, place: Position) -> bool:
        found = self.ledger.facts.get(fact)
        if isinstance(found, Evidence) and not found.verified:
            self.report.error(place, "unverified", f"nobody has verified {fact}; it cannot be cited")
        return self.require_known(fact, place)

    def require_known(self, fact: str, place: Position) -> bool:
        """Tell whether the ledger may have this entry, verified or not; report one that it has not."""
        file = EVIDENCE if fact.startswith("ev.") else FACTS
        if fact in self.ledger.facts or not self.ledger.is_known(file):
            return True
        self.report.error(place, "unknown-fact", f"there is no {'evidence' if file == EVIDENCE else 'fact'} {fact}")
        return False

    def require_section(self, section: str, place: Position) -> bool:
        if SOURCE not in self.ledger.documents or section in self.ledger.sections:
            return True
        self.report.error(place, "unknown-section", f"“{section}” is no section of {SOURCE}")
        return False

    def require_term(self, slug: str, place: Position) -> bool:
        if GLOSSARY not in self.ledger.documents or slug in self.ledger.glossary:
            return True
        self.report.error(place, "unknown-term", f"“{slug}” is not in {GLOSSARY}")
        return False

    def require_person(self, name: str, place: Position) -> bool:
        if name in self.ledger.people or not self.ledger.is_known(PEOPLE):
            return True
        self.report.error(place, "unknown-person", f"“{name}” is not in {PEOPLE}")
        return False

    def taught_before(self, fact: str, number: int) -> bool:
        """Tell whether a lesson before this position teaches a fact; true if a skipped file might."""
        return self.first_taught[fact] < number if fact in self.first_taught else not self.draft.has_every_lesson


def check_ledger(checker: ReferenceChecker) -> None:
    """Report names in the ledger's own files that are in none of them, and pronouns without a source."""
    for path, name in ((SOURCE, "differences"), (FACTS, "facts")):
        for document, where, row in _rows(checker, path, name):
            checker.require_section(row["section"], document.place(*where, "section"))
            _require_facts(checker, document, where, "also")
    marked = _marked_terms(checker.draft)
    for document, where, row in _rows(checker, GLOSSARY, "terms"):
        _require_facts(checker, document, where, "facts")
        if checker.draft.has_every_lesson and row["slug"] not in marked:
            words = f"no lesson marks “{row['term']}”; mark it where it is used first, or remove it"
            checker.report.warning(document.place(*where, "slug"), "term-unused", words)
    for document, where, row in _rows(checker, EVIDENCE, "evidence"):
        _check_evidence(checker, document, where, row)
    for document, where, row in _rows(checker, PEOPLE, "people"):
        _require_facts(checker, document, where, "facts")
        if row.get("pronoun") and not row.get("pronoun_source"):
            words = f"say where “{row['pronoun']}” is known from, under `pronoun_source`, or write null"
            checker.report.error(document.place(*where, "pronoun"), "pronoun", words)


def _marked_terms(draft: CourseDraft) -> set[str]:
    """Return the glossary terms that a paragraph of a lesson marks, of its short version too."""
    paragraphs = (paragraph for lesson in draft.lessons for paragraph in lesson.body.all_paragraphs())
    return {mark.slug for paragraph in paragraphs for mark in paragraph.terms}


def _rows(checker: ReferenceChecker, path: str, name: str) -> Iterator[tuple[Document, Where, dict[str, Any]]]:
    """Yield the entries of a file's list, each with the way to it; nothing of a file that could not be read."""
    if document := checker.ledger.documents.get(path):
        for number, row in enumerate(document.data.get(name) or ()):
            yield document, (name, number), row


def _require_facts(checker: ReferenceChecker, document: Document, where: Where, key: str) -> None:
    """Report names under this key of an entry that cannot be cited."""
    row = document.data[where[0]][where[1]]
    for number, fact in enumerate(row.get(key) or ()):
        checker.require_fact(fact, document.place(*where, key, number))


def _check_evidence(checker: ReferenceChecker, document: Document, where: Where, row: dict[str, Any]) -> None:
    """Report an entry that points to nothing, to itself, or to somebody whom the list of people does not have."""
    for relation in RELATIONS:
        for number, name in enumerate(row.get(relation) or ()):
            place = document.place(*where, relation, number)
            if name == row["id"]:
                checker.report.error(place, "evidence-itself", f"{name} stands in a relation to itself")
            else:
                checker.require_known(name, place)
    for number, slug in enumerate(row.get("topics") or ()):
        checker.require_section(slug, document.place(*where, "topics", number))
    person = row.get("person")
    if person and checker.ledger.is_known(PEOPLE) and person not in checker.ledger.people:
        checker.report.error(document.place(*where, "person"), "unknown-person", f"“{person}” is not in {PEOPLE}")
