"""Coverage, section by section: which facts are taught, shown in a figure and asked, and what is missing."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from learnapp.content.load.drafts import CourseDraft
from learnapp.content.problems import SkippedFile, skipped_words


@dataclass(frozen=True, slots=True)
class FactCoverage:
    """Lessons with a paragraph or a figure for a fact, and items ("module/lesson/item") that ask it."""

    id: str
    quizzable: bool
    taught: tuple[str, ...]
    shown: tuple[str, ...]
    tested: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionCoverage:
    """A section of the source, the lessons built from it, and its facts."""

    slug: str
    title: str
    lessons: tuple[str, ...]
    facts: tuple[FactCoverage, ...]

    @property
    def taught(self) -> int:
        return sum(bool(fact.taught) for fact in self.facts)

    @property
    def tested(self) -> int:
        return sum(bool(fact.tested) for fact in self.facts)

    @property
    def quizzable(self) -> int:
        return sum(fact.quizzable for fact in self.facts)

    @property
    def gaps(self) -> tuple[str, ...]:
        """Say what is missing: a lesson, facts without a paragraph, any question at all."""
        found = [] if self.lessons else [f"{self.slug}: no lesson"]
        found += [f"{fact.id}: no paragraph" for fact in self.facts if not fact.taught]
        if self.quizzable and not self.tested:
            found.append(f"{self.slug}: no item asks about it")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The whole ledger; while a lesson or quiz is skipped, nobody can tell what is missing."""

    sections: tuple[SectionCoverage, ...]
    skipped: tuple[SkippedFile, ...] = ()

    @property
    def certain(self) -> bool:
        """Tell whether everything that teaches or asks could be read."""
        return all(one.kind == "glossary" for one in self.skipped)

    @property
    def complete(self) -> bool:
        return self.certain and not self.gaps

    @property
    def gaps(self) -> tuple[str, ...]:
        """Return what is missing; nothing while that cannot be told."""
        if not self.certain:
            return ()
        return tuple(gap for section in self.sections for gap in section.gaps)

    @property
    def untested(self) -> tuple[str, ...]:
        """Return the quizzable facts that are taught and never asked. That is allowed, and good to know."""
        facts = [fact for section in self.sections for fact in section.facts] if self.certain else []
        return tuple(fact.id for fact in facts if fact.quizzable and fact.taught and not fact.tested)

    def _fact_lines(self) -> list[str]:
        rows: list[tuple[str, ...]] = [("fact", "taught in", "shown in", "asked by")]
        for fact in (fact for section in self.sections for fact in section.facts):
            asked = ", ".join(fact.tested) or ("-" if fact.quizzable else "never asked")
            rows.append((fact.id, ", ".join(fact.taught) or "-", ", ".join(fact.shown) or "-", asked))
        return table(rows)

    def _total(self) -> tuple[str, ...]:
        facts = [fact for section in self.sections for fact in section.facts]
        tested = f"{sum(bool(fact.tested) for fact in facts)}/{sum(fact.quizzable for fact in facts)}"
        covered = sum(bool(section.lessons) for section in self.sections)
        taught = sum(bool(fact.taught) for fact in facts)
        return "total", str(len(facts)), str(taught), tested, f"{covered}/{len(self.sections)}"

    def as_data(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        return {
            "complete": self.complete,
            "skipped": [one.path for one in self.skipped],
            "gaps": list(self.gaps),
            "untested": list(self.untested),
            "sections": [asdict(section) for section in self.sections],
        }

    def as_text(self, facts: bool = False) -> str:
        """Return a table, a section a line (or a fact a line, too), with what is missing below it."""
        rows: list[tuple[str, ...]] = [("section", "facts", "taught", "tested", "lessons")]
        for one in self.sections:
            tested = f"{one.tested}/{one.quizzable}"
            rows.append(
                (one.slug, str(len(one.facts)), str(one.taught), tested, ", ".join(one.lessons) or "-")
            )
        rows.append(self._total())
        lines = table(rows)
        if facts:
            lines += ["", *self._fact_lines()]
        if self.untested:
            lines += ["", "taught, never asked: " + ", ".join(self.untested)]
        lines += ["", *(f"missing  {gap}" for gap in self.gaps)] if self.gaps else []
        last = [f"{len(self.gaps)} gaps" if self.gaps else "complete"] if self.certain else []
        return "\n".join([*lines, "", *last, *([skipped_words(self.skipped)] if self.skipped else [])])


def coverage(draft: CourseDraft) -> Coverage:
    """Hold the lessons and quizzes against the draft.ledger."""
    taught, shown, tested = _index(draft)
    sections: dict[str, list[str]] = {}
    for lesson in draft.lessons:
        for slug in lesson.front.sections:
            sections.setdefault(slug, []).append(lesson.key)
    facts: dict[str, list[FactCoverage]] = {}
    for fact in draft.ledger.facts.values():
        places = (tuple(index.get(fact.id, ())) for index in (taught, shown, tested))
        facts.setdefault(fact.section, []).append(FactCoverage(fact.id, fact.quizzable, *places))
    return Coverage(
        tuple(
            SectionCoverage(slug, section.title, tuple(sections.get(slug, ())), tuple(facts.get(slug, ())))
            for slug, section in draft.ledger.sections.items()
        ),
        draft.skipped,
    )


def _index(draft: CourseDraft) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, list[str]]]:
    """Return the lessons that teach and show each fact, and the items that ask it."""
    taught: dict[str, list[str]] = {}
    shown: dict[str, list[str]] = {}
    tested: dict[str, list[str]] = {}
    for lesson in draft.lessons:
        for fact in lesson.cited():
            taught.setdefault(fact, []).append(lesson.key)
        for fact in lesson.shown():
            shown.setdefault(fact, []).append(lesson.key)
        for item in lesson.items():
            for fact in item.item.facts:
                tested.setdefault(fact, []).append(f"{lesson.key}/{item.item.id}")
    return taught, shown, tested


def table(rows: list[tuple[str, ...]]) -> list[str]:
    """Return rows as aligned lines; columns of numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numeric = [
        all(re.fullmatch(r"[0-9./]+", cell) for cell in column[1:]) for column in zip(*rows, strict=True)
    ]
    return [
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in rows
    ]
