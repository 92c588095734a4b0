"""Load a content root: every file read, every problem found, and a frozen Catalog if there is no error."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from learnapp.content.catalog import Catalog, Course, Module
from learnapp.content.checks.references import check_references
from learnapp.content.figures import Told
from learnapp.content.load.build import build_lesson, digest_of
from learnapp.content.load.citations import Citer
from learnapp.content.load.course import read_lesson
from learnapp.content.load.drafts import Bank, Fragment, LessonDraft, ModuleDraft
from learnapp.content.load.files import Folder
from learnapp.content.load.fragments import check_fragments
from learnapp.content.load.ledger import Ledger, read_ledger
from learnapp.content.load.schemas import CourseEntry, CourseFile, ModuleFile
from learnapp.content.load.validate import read_yaml
from learnapp.content.load.yaml import Document
from learnapp.content.problems import Place, Problem, Report

COURSE = "modules/course.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a content root holds. `catalog` is None exactly if there is an error among `problems`.

    `bank`, `ledger` and `asked` (every file that something lists) are for the checks.
    """

    catalog: Catalog | None
    problems: tuple[Problem, ...]
    bank: Bank
    ledger: Ledger
    asked: frozenset[str]


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Pause the cyclic garbage collector: what a load makes is kept, and to search it all takes long."""
    paused = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if paused:
            gc.enable()


@_collector_paused()
def load(root: Path) -> Loaded:
    """Read `modules/` and `quizzes/` below the root; never raises for what is in the files."""
    report = Report()
    folder = Folder(root)
    ledger = read_ledger(folder, report)
    citer = Citer(ledger.source, ledger.sections, ledger.cites) if ledger.source else None
    course, document = read_yaml(CourseFile, COURSE, folder, Place(COURSE), report)
    told = citer.told(ledger.facts.values()) if citer else {}
    reader = _Reader(folder, report, told)
    bank = reader.bank(course, document) if course and document else Bank((), unread_course=COURSE)
    check_references(bank, ledger, report)
    check_fragments(bank, ledger, report)
    catalog = None
    if course and citer and not report.errors:
        catalog = _freeze(course.courses, bank, ledger, citer)
    return Loaded(catalog, report.problems, bank, ledger, frozenset(folder.asked))


class _Reader:
    """Reads modules, lessons and quizzes; remembers those that could not be read.

    `told` is what figures take from the ledger.
    """

    def __init__(self, folder: Folder, report: Report, told: Mapping[str, Told]) -> None:
        self.folder = folder
        self.report = report
        self.told = told
        self.fragments: list[Fragment] = []
        self.unread: list[str] = []

    def bank(self, file: CourseFile, document: Document) -> Bank:
        found: list[ModuleDraft] = []
        listed: dict[str, Place] = {}
        slugs: Counter[str] = Counter()
        for number, course in enumerate(file.courses):
            slugs[course.slug] += 1
            if slugs[course.slug] == 2:
                place = document.place("courses", number, "slug")
                self.report.error(place, "duplicate-entry", f"there is a course “{course.slug}” already")
            for order, slug in enumerate(course.modules, 1):
                place = document.place("courses", number, "modules", order - 1)
                self.check_number(slug, order, "module", place)
                if slug in listed:
                    words = f"“{slug}” is listed on line {listed[slug].line} already"
                    self.report.error(place, "duplicate-entry", words)
                    continue
                listed[slug] = place
                if module := self.module(slug, order, course.slug, place):
                    found.append(module)
        return Bank(tuple(found), tuple(self.fragments), tuple(self.unread))

    def check_number(self, slug: str, order: int, kind: str, place: Place) -> None:
        if int(slug.partition("-")[0]) != order:
            self.report.error(
                place, "order", f"this is {kind} {order} in the list, so its name starts with {order}-"
            )

    def module(self, slug: str, order: int, course: str, listed_at: Place) -> ModuleDraft | None:
        path = f"modules/{slug}/module.yaml"
        entry, document = read_yaml(ModuleFile, path, self.folder, listed_at, self.report)
        if entry is None or document is None:
            self.unread.append(path)
            return None
        lessons: list[LessonDraft] = []
        for number, name in enumerate(entry.lessons, 1):
            place = document.place("lessons", number - 1)
            self.check_number(name, number, "lesson", place)
            if entry.lessons.index(name) != number - 1:
                self.report.error(place, "duplicate-entry", f"“{name}” is listed already")
                continue
            found = read_lesson(slug, name, number, place, self.folder, self.report, self.told)
            if isinstance(found, Fragment):
                self.fragments.append(found)
            else:
                lessons.append(found)
        return ModuleDraft(slug, order, course, entry, document, tuple(lessons))


def _freeze(entries: tuple[CourseEntry, ...], bank: Bank, ledger: Ledger, citer: Citer) -> Catalog:
    """Build the Catalog from drafts without errors."""
    modules = {
        draft.slug: Module(
            slug=draft.slug,
            number=draft.number,
            title=draft.entry.title,
            lead=draft.entry.lead,
            lessons=tuple(build_lesson(lesson, ledger, citer) for lesson in draft.lessons),
        )
        for draft in bank.modules
    }
    courses = {
        entry.slug: Course(
            slug=entry.slug,
            title=entry.title,
            lead=entry.lead,
            sequencing=entry.sequencing,
            modules=tuple(modules[slug] for slug in entry.modules),
        )
        for entry in entries
    }
    lessons = {(one.module, one.slug): one for module in modules.values() for one in module.lessons}
    texts: list[object] = [citer.source, ledger.sections, ledger.facts, ledger.glossary, entries]
    texts += [(module.slug, module.title, module.lead) for module in modules.values()]
    return Catalog(
        source=citer.source,
        courses=MappingProxyType(courses),
        modules=MappingProxyType(modules),
        sections=MappingProxyType(dict(ledger.sections)),
        facts=MappingProxyType(dict(ledger.facts)),
        glossary=MappingProxyType(dict(ledger.glossary)),
        lessons=MappingProxyType(lessons),
        digest=digest_of([*map(repr, texts), *(lesson.digest for lesson in lessons.values())]),
    )
