"""The island course: a small made-up one about a lighthouse, with everything that the format has."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from ruamel.yaml import YAML

from learnapp.content.catalog import Catalog, Lesson
from learnapp.content.loader import LoadResult, check, load
from learnapp.content.problems import Problem

FILES = Path(__file__).parent / "island"
LAMP, LAMP_QUIZ = "modules/1-light/1-the-lamp.md", "quizzes/1-light/1-the-lamp.yaml"
KEEPERS, KEEPERS_QUIZ = "modules/1-light/2-the-keepers.md", "quizzes/1-light/2-the-keepers.yaml"
WRECK, WRECK_QUIZ = "modules/1-sea/1-the-wreck.md", "quizzes/1-sea/1-the-wreck.yaml"
COURSE, SOURCE = "modules/course.yaml", "modules/source.yaml"
FACTS, GLOSSARY = "modules/facts.yaml", "modules/glossary.yaml"


@dataclass(frozen=True)
class Island:
    """A copy of the island's files, to be edited and loaded."""

    root: Path

    @classmethod
    def copy_to(cls, root: Path) -> Island:
        shutil.copytree(FILES, root, dirs_exist_ok=True)
        return cls(root)

    def text(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands once in the file."""
        text = self.text(path)
        assert text.count(old) == 1, f"“{old}” stands {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def line(self, path: str, words: str) -> int:
        """Return the line on which these words first stand."""
        return next(n for n, line in enumerate(self.text(path).splitlines(), 1) if words in line)

    def load(self) -> LoadResult:
        return load(self.root)

    def catalog(self) -> Catalog:
        catalog = self.load().catalog
        assert catalog is not None
        return catalog

    def lesson(self, module: str, slug: str) -> Lesson:
        lesson = self.catalog().lesson(module, slug)
        assert lesson is not None
        return lesson

    def problems(self) -> tuple[Problem, ...]:
        """Return what loading reports."""
        return self.load().problems

    def checked(self) -> tuple[Problem, ...]:
        """Return what loading and the guide's rules report."""
        return check(self.root).problems

    def only_problem(self) -> Problem:
        """Return what loading reports, which is one problem."""
        problems = self.problems()
        assert len(problems) == 1, "\n".join(map(str, problems))
        return problems[0]

    def only_finding(self) -> Problem:
        """Return what loading and the rules report, which is one problem."""
        problems = self.checked()
        assert len(problems) == 1, "\n".join(map(str, problems))
        return problems[0]


def at(problem: Problem) -> tuple[str, int, str]:
    """Return file, line and rule of a problem."""
    return problem.path, problem.line, problem.rule


Case = dict[str, str]


def cases(file: Path) -> dict[str, list[Case]]:
    """Read edits of the island's files from a YAML file."""
    found: dict[str, list[Case]] = YAML(typ="safe").load(file)
    return found


def named(case: Case) -> str:
    """Name a test after the rule and the edit."""
    return f"{case.get('rule', 'fine')}: {case['new'][:40]}"
