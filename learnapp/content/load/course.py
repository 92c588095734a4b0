"""Course files: the list of courses, their modules, and each lesson with its quiz, read into drafts."""

import re
from collections import Counter
from collections.abc import Mapping

from learnapp.content.figures.readings import Reading
from learnapp.content.lesson_key import former_keys
from learnapp.content.load.body import read_body
from learnapp.content.load.drafts import LessonDraft, ModuleDraft
from learnapp.content.load.files import Folder
from learnapp.content.load.schemas import CourseFile, LessonFront, ModuleFile
from learnapp.content.load.validate import ModelFile, parse_model, read_model
from learnapp.content.problems import Position, Report
from learnapp.quiz.quiz import Quiz

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|$)", re.DOTALL | re.MULTILINE)


class CourseReader:
    """Modules, lessons and quizzes of a content root; `stray_quizzes` are those of lessons that had to be skipped.

    `numbers` are those of each fact, by its id."""

    def __init__(self, folder: Folder, report: Report, numbers: Mapping[str, tuple[Reading, ...]]) -> None:
        self.folder = folder
        self.report = report
        self.numbers = numbers
        self.stray_quizzes: list[ModelFile[Quiz]] = []

    def read_modules(self, file: ModelFile[CourseFile]) -> tuple[ModuleDraft, ...]:
        """Return the modules that the courses list, each once; report what stands twice."""
        modules: list[ModuleDraft] = []
        listed: dict[str, Position] = {}
        slugs: Counter[str] = Counter()
        for number, course in enumerate(file.model.courses):
            slugs[course.slug] += 1
            if slugs[course.slug] == 2:
                place = file.document.place("courses", number, "slug")
                self.report.error(place, "duplicate-entry", f"there is a course “{course.slug}” already")
            for order, slug in enumerate(course.modules, 1):
                place = file.document.place("courses", number, "modules", order - 1)
                if slug in listed:
                    words = f"“{slug}” is listed on line {listed[slug].line} already"
                    self.report.error(place, "duplicate-entry", words)
                    continue
                listed[slug] = place
                if module := self.read_module(slug, order, place):
                    modules.append(module)
        return tuple(modules)

    def read_module(self, slug: str, order: int, listed_at: Position) -> ModuleDraft | None:
        """Return a module with those of its lessons that can be read."""
        file = read_model(ModuleFile, f"modules/{slug}/module.yaml", self.folder, listed_at, self.report)
        if file is None:
            return None
        lessons: list[LessonDraft] = []
        names = file.model.lessons
        for number, name in enumerate(names, 1):
            place = file.document.place("lessons", number - 1)
            if names.index(name) != number - 1:
                self.report.error(place, "duplicate-entry", f"“{name}” is listed already")
            elif lesson := self.read_lesson((slug, *file.model.was), name, number, place):
                lessons.append(lesson)
        return ModuleDraft(slug, order, file.model, file.document, tuple(lessons))

    def read_lesson(self, modules: tuple[str, ...], slug: str, number: int, listed_at: Position) -> LessonDraft | None:
        """Return a lesson with its quiz, None if its front matter is unreadable; `modules` name its module."""
        module = modules[0]
        path = f"modules/{module}/{slug}.md"
        text = self.folder.read(path, listed_at, self.report)
        quiz = read_model(Quiz, f"quizzes/{module}/{slug}.yaml", self.folder, listed_at, self.report)
        match = _FRONT.match(text or "")
        if text is not None and match is None:
            self.report.error(Position(path), "front-matter", "start with the front matter, between two lines of ---")
        if match:
            body = read_body(match.string[match.end() :], path, match[0].count("\n") + 1, self.report)
            file = parse_model(LessonFront, match[1], path, self.report, first_line=2, context=self.numbers)
            if file:
                former = former_keys(modules, (slug, *file.model.was))
                return LessonDraft(module, slug, number, file.model, file.document, body, quiz, former)
        self.report.skip(path)
        self.stray_quizzes += [quiz] if quiz else []
        return None
