"""The tea course with programs: a server's, with a final of six questions, and a shorter one for who helps out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.programs import FinalBank, FormKind, Program, ProgramUpdate, SafetyPoint
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import QuizVersion, revised
from learnapp.quiz.selection import ItemTraits, Stratum
from tests.courses.tea import course_with, lesson
from tests.quiz.samples import make

SERVER, HELPER = "tea-server", "tea-helper"
SPILLS = "spills"
PASS_POINTS = 5
SAFETY = SafetyPoint.model_validate(
    {
        "id": SPILLS,
        "title": "When tea is spilled",
        "when": "A cup falls.",
        "steps": ["Warn everybody.", "Wipe it up."],
        "why": "It is hot.",
    }
)
TYPES = ("single", "multiple", "numeric", "matching", "ordering", "categorise", "cloze", "true-false")


def bank_items(name: str, count: int) -> tuple[Item, ...]:
    """Make so many items of a bank, of all types in turn; a safety point has conversations."""
    types = ("scenario",) if name == SPILLS else TYPES
    return tuple(make(types[n % len(types)], id=f"final-{name}-{n}") for n in range(count))


Banks: TypeAlias = Mapping[str, tuple[Item, ...]]
BANKS: Banks = {"1-tea": bank_items("leaf", 12), "2-pot": bank_items("pot", 8), SPILLS: bank_items(SPILLS, 3)}
FORMS: Mapping[FormKind, dict[str, Any]] = {
    "final": {"strata": {"1-tea": 3, "2-pot": 2, SPILLS: 1}, "pass_points": PASS_POINTS},
    "renewal": {"strata": {"1-tea": 2, SPILLS: 1}, "pass_points": 2, "opens_days": 60},
}


def program(slug: str = SERVER, **changes: Any) -> Program:
    """Make a program of both modules, whose certificate is valid for a year."""
    usual: dict[str, Any] = {
        "slug": slug,
        "title": "Tea server" if slug == SERVER else "Tea helper",
        "lead": "For whoever pours.",
        "can": ["Pour without spilling"],
        "modules": ["1-tea", "2-pot"],
        "final": FORMS["final"],
        "renewal": FORMS["renewal"],
        "valid_months": 12,
    }
    return Program.model_validate(usual | changes)


def update(name: str = "new-kettle", asked_from: str = "2026-12-01") -> ProgramUpdate:
    """Make a change that is asked to be read from a day on."""
    about = {"title": "A new kettle", "text": "It whistles.", "facts": ["tea.01"]}
    return ProgramUpdate.model_validate({"id": name, "asked_from": asked_from, **about})


def bank(given: Program, kind: FormKind, banks: Banks = BANKS) -> FinalBank:
    """Make the bank of a form, as the content's files would."""
    form = given.form(kind)
    strata = tuple(
        Stratum(name=name, count=count, full_marks=name == SPILLS, items=tuple(item.id for item in banks[name]))
        for name, count in form.strata.items()
    )
    items = tuple(item for name in form.strata for item in banks[name])
    quiz = QuizVersion(behaviour="deferred", certainty=True, pass_points=form.pass_points, strata=strata, items=items)
    traits = {item.id: ItemTraits(dated=True, strong=False, voices=frozenset({"page"})) for item in items}
    return FinalBank(revised(quiz), form.rules, traits)


LESSONS: tuple[Lesson, ...] = (lesson("1-leaf", "1-tea"), lesson("1-cup", "2-pot"))


def training_course(*programs: Program, banks: Banks = BANKS) -> Catalog:
    """Make the tea course, with these programs or the usual two, and finals drawn of these banks."""
    given = programs or (program(), program(HELPER, valid_months=6))
    return with_programs(course_with(*LESSONS), *given, banks=banks)


def with_programs(catalog: Catalog, *programs: Program, banks: Banks = BANKS) -> Catalog:
    """Return a catalog with these programs, whose modules it has."""
    version = catalog.digest
    finals = {f"{one.slug}/{kind}": bank(one, kind, banks).of_course(version) for one in programs for kind in FORMS}
    return replace(catalog, programs={one.slug: one for one in programs}, safety=(SAFETY,), finals=finals)
