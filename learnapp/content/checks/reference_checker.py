"""Names of facts, sections and terms: whether the ledger has them, and where a fact is first taught."""

from learnapp.content.load.drafts import CourseDraft
from learnapp.content.problems import FACTS, GLOSSARY, SOURCE, Position, Report


class ReferenceChecker:
    """The names that lessons may use; by fact `first` is the first lesson's position, `gated` a file that gates it.

    `fact`, `section` and `term` tell whether a name may be right, as any while its file is skipped, else report it.
    """

    def __init__(self, draft: CourseDraft, report: Report) -> None:
        self.draft = draft
        self.ledger = draft.ledger
        self.report = report
        self.first: dict[str, int] = {}
        self.gated: dict[str, str] = {}
        for number, lesson in enumerate(draft.lessons):
            for fact in lesson.front.facts:
                self.first.setdefault(fact, number)
            for fact in lesson.front.gated:
                self.gated.setdefault(fact, lesson.document.path)

    def fact(self, fact: str, place: Position) -> bool:
        if FACTS not in self.ledger.documents or fact in self.ledger.facts:
            return True
        self.report.error(place, "unknown-fact", f"there is no fact {fact}")
        return False

    def section(self, section: str, place: Position) -> bool:
        if SOURCE not in self.ledger.documents or section in self.ledger.sections:
            return True
        self.report.error(place, "unknown-section", f"“{section}” is no section of {SOURCE}")
        return False

    def term(self, slug: str, place: Position) -> bool:
        if GLOSSARY not in self.ledger.documents or slug in self.ledger.glossary:
            return True
        self.report.error(place, "unknown-term", f"“{slug}” is not in {GLOSSARY}")
        return False

    def taught_before(self, fact: str, number: int) -> bool:
        """Tell whether a lesson before this position teaches a fact; true if a skipped file might."""
        return self.first[fact] < number if fact in self.first else not self.draft.has_every_lesson
