"""Coverage grid: for each module its sections down, its lessons across. Pure."""

from dataclasses import dataclass

from learnapp.content.load.drafts import CourseDraft, LessonDraft, ModuleDraft
from learnapp.content.reports.coverage import Coverage, SectionCoverage


@dataclass(frozen=True, slots=True)
class CoverageCell:
    """How many facts of a section a lesson teaches and asks; `home`: the lesson says it is built from it."""

    taught: int
    asked: int
    home: bool

    @property
    def state(self) -> str:
        """Return how a section stands in a lesson.

        Its home: full (taught and asked), part (not asked) or missing (not taught); elsewhere guest, or none of it.
        """
        if self.home:
            return "missing" if not self.taught else "full" if self.asked else "part"
        return "guest" if self.taught or self.asked else "none"


@dataclass(frozen=True, slots=True)
class CoverageGrid:
    """One module with its lessons, but those whose quiz cannot be read: who knows what they ask?

    `rows` are sections, each with a cell for every one of these lessons.
    """

    module: ModuleDraft
    lessons: tuple[LessonDraft, ...]
    rows: tuple[tuple[SectionCoverage, tuple[CoverageCell, ...]], ...]


def coverage_grids(draft: CourseDraft, coverage: Coverage) -> tuple[CoverageGrid, ...]:
    """Return a grid for each module, with the sections that its lessons have anything of."""
    grids = []
    for module in draft.modules:
        lessons = tuple(lesson for lesson in module.lessons if lesson.quiz is not None)
        rows = ((section, tuple(_cell(section, lesson) for lesson in lessons)) for section in coverage.sections)
        shown = tuple(row for row in rows if any(cell.state != "none" for cell in row[1]))
        grids.append(CoverageGrid(module, lessons, shown))
    return tuple(grids)


def uncovered_sections(coverage: Coverage) -> tuple[SectionCoverage, ...]:
    """Return the sections that no lesson has anything of; none while that cannot be told."""
    if not coverage.certain:
        return ()
    return tuple(
        section
        for section in coverage.sections
        if not section.lessons and not any(fact.taught or fact.tested for fact in section.facts)
    )


def _cell(section: SectionCoverage, lesson: LessonDraft) -> CoverageCell:
    return CoverageCell(
        taught=sum(lesson.key in fact.taught for fact in section.facts),
        asked=sum(any(item.startswith(f"{lesson.key}/") for item in fact.tested) for fact in section.facts),
        home=section.slug in lesson.front.sections,
    )
