"""What lessons name and the ledger does not have."""

from __future__ import annotations

from dataclasses import dataclass

from learnapp.content.load.ledger import FACTS, GLOSSARY, SOURCE, Ledger
from learnapp.content.problems import Place, Report


@dataclass(frozen=True, slots=True)
class Pointers:
    """Each method reports a name that leads nowhere, and tells whether it leads somewhere.

    While a file of the ledger cannot be read, every name in it may be right.
    """

    ledger: Ledger
    report: Report

    def fact(self, fact: str, place: Place) -> bool:
        if FACTS not in self.ledger.documents or fact in self.ledger.facts:
            return True
        self.report.error(place, "unknown-fact", f"there is no fact {fact}")
        return False

    def section(self, section: str, place: Place) -> bool:
        if SOURCE not in self.ledger.documents or section in self.ledger.sections:
            return True
        self.report.error(place, "unknown-section", f"“{section}” is no section of {SOURCE}")
        return False

    def term(self, slug: str, place: Place) -> bool:
        if GLOSSARY not in self.ledger.documents or slug in self.ledger.glossary:
            return True
        self.report.error(place, "unknown-term", f"“{slug}” is not in {GLOSSARY}")
        return False
