"""Coverage, section by section: which facts are taught, shown in a figure and asked, and what is missing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from learnapp.content.facts import PageFact
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.problems import SkippedFile


@dataclass(frozen=True, slots=True)
class FactCoverage:
    """Lessons with a paragraph or a figure for a fact, and items ("module/lesson/item") that ask it.

    `elsewhere` is the reason why no lesson has to tell it.
    """

    id: str
    quizzable: bool
    taught: tuple[str, ...]
    shown: tuple[str, ...]
    tested: tuple[str, ...]
    elsewhere: str | None = None

    @property
    def uses(self) -> tuple[tuple[str, ...], ...]:
        """Return where it is taught, shown and asked."""
        return self.taught, self.shown, self.tested

    def row(self) -> tuple[str, ...]:
        """Return the fact's line of the table."""
        asked = _listed(self.tested, "-" if self.quizzable else "never asked")
        return self.id, _listed(self.taught), _listed(self.shown), asked


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """A section of the source, the lessons built from it, and its facts."""

    slug: str
    title: str
    lessons: tuple[str, ...]
    facts: tuple[FactCoverage, ...]

    @property
    def taught(self) -> int:
        """Return how many of its facts are taught."""
        return sum(bool(fact.taught) for fact in self.facts)

    @property
    def tested(self) -> int:
        """Return how many of its facts are asked."""
        return sum(bool(fact.tested) for fact in self.facts)

    @property
    def quizzable(self) -> int:
        """Return how many of its facts may be asked."""
        return sum(fact.quizzable for fact in self.facts)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Say what is missing: a lesson, facts without a paragraph, any question at all."""
        gaps = [] if self.lessons else [f"{self.slug}: no lesson"]
        gaps += [f"{fact.id}: no paragraph" for fact in self.facts if not (fact.taught or fact.elsewhere)]
        if self.quizzable and not self.tested:
            gaps.append(f"{self.slug}: no item asks about it")
        return tuple(gaps)

    def row(self, lessons: str) -> tuple[str, ...]:
        """Return the section's line of the table, with these words for its lessons."""
        return self.slug, str(len(self.facts)), str(self.taught), f"{self.tested}/{self.quizzable}", lessons


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole ledger; while a lesson or quiz is skipped, nobody can tell what is missing.

    `evidence` is counted apart from the facts of the page: none of it has to be used.
    """

    sections: tuple[SectionCoverage, ...]
    evidence: tuple[FactCoverage, ...] = ()
    skipped: tuple[SkippedFile, ...] = ()

    @property
    def certain(self) -> bool:
        """Tell whether everything that teaches or asks could be read."""
        return all(file.kind == "glossary" for file in self.skipped)

    @property
    def complete(self) -> bool:
        """Tell whether nothing is lacking, nor hidden in a file that cannot be read."""
        return self.certain and not self.gaps

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return what is missing; nothing while that cannot be told."""
        return tuple(gap for section in self.sections for gap in section.gaps if self.certain)

    @property
    def facts(self) -> tuple[FactCoverage, ...]:
        """Return the facts of all sections."""
        return tuple(fact for section in self.sections for fact in section.facts)

    @property
    def untested(self) -> tuple[str, ...]:
        """Return the quizzable facts that are taught and never asked. That is allowed, and good to know."""
        facts = self.facts if self.certain else ()
        return tuple(fact.id for fact in facts if fact.quizzable and fact.taught and not fact.tested)

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "complete": self.complete,
            "skipped": [file.path for file in self.skipped],
            "gaps": list(self.gaps),
            "untested": list(self.untested),
            "sections": [asdict(section) for section in self.sections],
            "evidence": [asdict(entry) for entry in self.evidence],
        }

    def as_text(self, facts: bool = False) -> str:
        """Return a table, a section a line (or a fact a line, too), with what is missing below it."""
        total = SectionCoverage("total", "", (), self.facts)
        covered = sum(bool(section.lessons) for section in self.sections)
        rows = [section.row(_listed(section.lessons)) for section in self.sections]
        heads = ("section", "facts", "taught", "tested", "lessons")
        lines = table([heads, *rows, total.row(f"{covered}/{len(self.sections)}")])
        if self.evidence:
            counts = [sum(map(bool, each)) for each in zip(*(entry.uses for entry in self.evidence), strict=True)]
            uses = f"{counts[0]} taught, {counts[1]} shown in a figure, {counts[2]} asked"
            lines += ["", f"evidence of other sources: {len(self.evidence)} entries, {uses}"]
        if facts:
            rows = [fact.row() for fact in (*self.facts, *self.evidence)]
            lines += ["", *table([("fact", "taught in", "shown in", "asked by"), *rows])]
        lines += [f"told elsewhere: {fact.id}, {fact.elsewhere}" for fact in self.facts if fact.elsewhere]
        if self.untested:
            lines += ["", f"taught, never asked: {_listed(self.untested)}"]
        if self.gaps:
            lines += ["", *(f"missing  {gap}" for gap in self.gaps)]
        lines.append("")
        if self.certain:
            lines.append(f"{len(self.gaps)} gaps" if self.gaps else "complete")
        return "\n".join(lines)


def coverage(draft: CourseDraft) -> Coverage:
    """Hold the lessons and quizzes against the ledger."""
    lessons = draft.lessons
    built = _by_name((slug, lesson.key) for lesson in lessons for slug in lesson.front.sections)
    taught = _by_name((fact, lesson.key) for lesson in lessons for fact in lesson.cited())
    shown = _by_name((fact, lesson.key) for lesson in lessons for fact in lesson.shown())
    items = [(f"{lesson.key}/{draft.item.id}", draft.item) for lesson in lessons for draft in lesson.items()]
    tested = _by_name((fact, name) for name, item in items for fact in item.facts)
    facts: dict[str | None, list[FactCoverage]] = {}
    for fact in draft.ledger.facts.values():
        places = (taught.get(fact.id, ()), shown.get(fact.id, ()), tested.get(fact.id, ()))
        reason = fact.elsewhere if isinstance(fact, PageFact) else None
        facts.setdefault(fact.section, []).append(FactCoverage(fact.id, fact.quizzable, *places, reason))
    sections = (
        SectionCoverage(slug, section.title, built.get(slug, ()), tuple(facts.get(slug, ())))
        for slug, section in draft.ledger.sections.items()
    )
    return Coverage(tuple(sections), tuple(facts.get(None, ())), draft.skipped)


def _by_name(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return the second parts of the pairs by their first part."""
    index: dict[str, tuple[str, ...]] = {}
    for name, value in pairs:
        index[name] = (*index.get(name, ()), value)
    return index


def _listed(names: Iterable[str], nothing: str = "-") -> str:
    return ", ".join(names) or nothing


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Return rows as aligned lines; columns of numbers to the right."""
    columns = [_aligned(column) for column in zip(*rows, strict=True)]
    return ["  ".join(cells).rstrip() for cells in zip(*columns, strict=True)]


def _aligned(column: tuple[str, ...]) -> list[str]:
    width = max(map(len, column))
    numeric = all(re.fullmatch(r"[0-9./]+", cell) for cell in column[1:])
    return [cell.rjust(width) if numeric else cell.ljust(width) for cell in column]
