"""Loading and checking: a content root's files become drafts, problems and, without an error, a Catalog."""

from dataclasses import dataclass, replace
from pathlib import Path

from learnapp.content.catalog import Catalog
from learnapp.content.checks.conversations import check_conversations, check_conversations_together
from learnapp.content.checks.evidence import check_evidence
from learnapp.content.checks.field_card import check_field_card
from learnapp.content.checks.figures import check_figures
from learnapp.content.checks.lessons.bounds import check_bounds
from learnapp.content.checks.lessons.boxes import check_boxes
from learnapp.content.checks.lessons.dates import check_dates
from learnapp.content.checks.lessons.minutes import check_minutes
from learnapp.content.checks.lessons.prose import check_prose
from learnapp.content.checks.looks import check_looks
from learnapp.content.checks.marks import check_marks
from learnapp.content.checks.names import check_names
from learnapp.content.checks.orphans import check_orphans
from learnapp.content.checks.programs import check_programs
from learnapp.content.checks.quizzes.answers import check_answers
from learnapp.content.checks.quizzes.bank import check_bank
from learnapp.content.checks.quizzes.closed import check_closed
from learnapp.content.checks.quizzes.finals import check_finals
from learnapp.content.checks.quizzes.hints import check_hints
from learnapp.content.checks.quizzes.items import check_items
from learnapp.content.checks.quizzes.pieces import check_pieces
from learnapp.content.checks.quizzes.stimuli import check_stimuli
from learnapp.content.checks.quizzes.talks import check_talks
from learnapp.content.checks.references import check_references
from learnapp.content.checks.words import check_words
from learnapp.content.figures.readings import readings
from learnapp.content.finals import build_finals
from learnapp.content.load.build import build_catalog
from learnapp.content.load.course import CourseReader
from learnapp.content.load.drafts import CourseDraft
from learnapp.content.load.files import Folder
from learnapp.content.load.ledger import read_ledger
from learnapp.content.load.programs import read_banks, read_conversations, read_programs
from learnapp.content.load.schemas import CourseFile
from learnapp.content.load.validate import read_model
from learnapp.content.problems import COURSE, Position, Problem, Report
from learnapp.content.reports.reviews import read_reviews

# The guide's rules.
RULES = (
    *(check_bounds, check_words, check_marks, check_evidence, check_figures, check_items, check_bank),
    *(check_prose, check_hints, check_talks, check_answers, check_closed, check_dates, check_minutes, check_finals),
    check_conversations_together,
)


@dataclass(frozen=True, slots=True)
class LoadResult:
    """A content root as it was read. `catalog` is None exactly if there is an error among `problems`."""

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    draft: CourseDraft


def load(root: Path) -> LoadResult:
    """Read `modules/` and `quizzes/` below the root; never raises for what is in the files."""
    report = Report()
    folder = Folder(root)
    ledger = read_ledger(folder, report)
    citations = ledger.citations()
    courses = read_model(CourseFile, COURSE, folder, Position(COURSE), report)
    reader = CourseReader(folder, report, {name: readings(fact.figures) for name, fact in ledger.facts.items()})
    modules = reader.read_modules(courses) if courses else ()
    programs = read_programs(folder, report)
    banks = read_banks(programs, folder, report)
    conversations = read_conversations(programs, folder, report)
    draft = CourseDraft(
        ledger,
        modules,
        stray_quizzes=tuple(reader.stray_quizzes),
        skipped=tuple(report.skipped),
        listed=folder.asked,
        course=courses.document if courses else None,
        programs=programs,
        banks=banks,
        conversations=conversations,
    )
    check_names(draft, report)
    check_looks(draft, report)
    check_references(draft, report)
    check_stimuli(draft, report)
    check_pieces(draft, report)
    check_boxes(draft, report)
    check_programs(draft, report)
    check_conversations(draft, report)
    check_field_card(draft, report)
    catalog = None
    if courses and citations and not report.errors:
        catalog = build_catalog(courses.model, draft, citations, build_finals(draft))
    return LoadResult(catalog, report.problems, draft)


def check(root: Path) -> LoadResult:
    """Load a content root and hold it against the guide; all problems of both are in the result."""
    result = load(root)
    report = Report(result.problems)
    for check_rules in RULES:
        check_rules(result.draft, report)
    read_reviews(root, report)
    check_orphans(root, result.draft, report)
    return replace(result, problems=report.problems)
