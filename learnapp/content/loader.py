"""Load a content root: every file read, every problem found, and a frozen Catalog if there is no error."""

from __future__ import annotations

import gc
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from learnapp.content.body import read_body
from learnapp.content.build import build_lesson, digest_of
from learnapp.content.catalog import Catalog, Course, Module
from learnapp.content.drafts import Bank, LessonDraft, ModuleDraft
from learnapp.content.figures import Told
from learnapp.content.files import Folder
from learnapp.content.models import CourseEntry, CourseFile, LessonFront, ModuleFile
from learnapp.content.notes import Citer
from learnapp.content.problems import Place, Problem, Report
from learnapp.content.references import check_references
from learnapp.content.source import Ledger, read_ledger
from learnapp.content.validate import read_yaml, validate
from learnapp.content.yaml import Document, parse
from learnapp.quiz.quizzes import Quiz

COURSE = "modules/course.yaml"
_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)


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
    bank = reader.bank(course, document) if course and document else Bank((), whole=False)
    check_references(bank, ledger, report)
    catalog = None
    if course and citer and not report.errors:
        catalog = _freeze(course.courses, bank, ledger, citer)
    return Loaded(catalog, report.problems, bank, ledger, frozenset(folder.asked))


class _Reader:
    """Reads modules, lessons and quizzes; remembers whether one of them could not be read.

    `told` is what figures take from the ledger.
    """

    def __init__(self, folder: Folder, report: Report, told: Mapping[str, Told]) -> None:
        self.folder = folder
        self.report = report
        self.told = told
        self.whole = True

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
        return Bank(tuple(found), self.whole)

    def check_number(self, slug: str, order: int, kind: str, place: Place) -> None:
        if int(slug.partition("-")[0]) != order:
            self.report.error(
                place, "order", f"this is {kind} {order} in the list, so its name starts with {order}-"
            )

    def module(self, slug: str, order: int, course: str, listed_at: Place) -> ModuleDraft | None:
        path = f"modules/{slug}/module.yaml"
        entry, document = read_yaml(ModuleFile, path, self.folder, listed_at, self.report)
        if entry is None or document is None:
            self.whole = False
            return None
        lessons: list[LessonDraft] = []
        for number, name in enumerate(entry.lessons, 1):
            place = document.place("lessons", number - 1)
            self.check_number(name, number, "lesson", place)
            if entry.lessons.index(name) != number - 1:
                self.report.error(place, "duplicate-entry", f"“{name}” is listed already")
            elif lesson := self.lesson(slug, name, number, place):
                lessons.append(lesson)
            else:
                self.whole = False
        return ModuleDraft(slug, order, course, entry, document, tuple(lessons))

    def lesson(self, module: str, slug: str, number: int, listed_at: Place) -> LessonDraft | None:
        """Read a lesson and its quiz; both are read even if one of them is broken."""
        path = f"modules/{module}/{slug}.md"
        text = self.folder.read(path, listed_at, self.report)
        quiz_path = f"quizzes/{module}/{slug}.yaml"
        quiz, quiz_document = read_yaml(
            Quiz, quiz_path, self.folder, listed_at, self.report, distinct=("items", "short")
        )
        if text is None:
            return None
        match = _FRONT.match(text)
        if match is None:
            words = "start with the front matter, between two lines of ---"
            self.report.error(Place(path), "front-matter", words)
            return None
        body = read_body(text[match.end() :], path, text[: match.end()].count("\n") + 1, self.report)
        document = parse(match[1], path, self.report, first_line=2)
        front = validate(LessonFront, document, self.report, context=self.told) if document else None
        if document is None or front is None:
            return None
        return LessonDraft(
            module=module,
            slug=slug,
            number=number,
            path=path,
            listed_at=listed_at,
            front=front,
            document=document,
            body=body,
            quiz=quiz,
            quiz_document=quiz_document,
        )


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
