"""Problems in content files: each at its position, collected so that one run shows them all."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]
FileKind = Literal[
    "course",
    "source",
    "facts",
    "evidence",
    "people",
    "glossary",
    "programs",
    "module",
    "lesson",
    "quiz",
    "bank",
    "conversation",
]

FOLDERS = ("modules", "quizzes")
REVIEWED = "modules/reviewed.yaml"
COURSE, SOURCE = "modules/course.yaml", "modules/source.yaml"
FACTS, GLOSSARY = "modules/facts.yaml", "modules/glossary.yaml"
EVIDENCE, PEOPLE = "modules/evidence.yaml", "modules/people.yaml"
PROGRAMS, BANKS, PRACTICE = "modules/programs.yaml", "quizzes/final", "quizzes/practice"
SHARED: dict[str, tuple[FileKind, str]] = {
    COURSE: ("course", "the list of courses"),
    SOURCE: ("source", "the outline of the source"),
    FACTS: ("facts", "the ledger"),
    EVIDENCE: ("evidence", "the evidence"),
    PEOPLE: ("people", "the list of people"),
    GLOSSARY: ("glossary", "the glossary"),
    PROGRAMS: ("programs", "the programs"),
}


class Position(NamedTuple):
    """A file below the content root, with a line and a column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return the form that editors can jump to."""
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that an author has to mend (error) or look at (warning); `rule` names what was broken."""

    path: str
    line: int
    column: int
    message: str
    severity: Severity
    rule: str

    def __str__(self) -> str:
        """Return the form that editors can jump to."""
        return f"{self.path}:{self.line}:{self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that cannot be read or does not fit its model: nothing else of it is checked or counted."""

    path: str

    @property
    def kind(self) -> FileKind:
        """Return what the file holds."""
        if self.path in SHARED:
            return SHARED[self.path][0]
        if self.path.startswith(f"{BANKS}/"):
            return "bank"
        if self.path.startswith(f"{PRACTICE}/"):
            return "conversation"
        if self.path.startswith("quizzes/"):
            return "quiz"
        return "lesson" if self.path.endswith(".md") else "module"


class Report:
    """Problems, of which the same one twice counts once, and the files that were skipped because of them."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._problems = dict.fromkeys(problems)
        self.skipped: dict[SkippedFile, None] = {}

    def error(self, position: Position, rule: str, message: str) -> None:
        self._problems[Problem(*position, message, "error", rule)] = None

    def warning(self, position: Position, rule: str, message: str) -> None:
        self._problems[Problem(*position, message, "warning", rule)] = None

    def skip(self, path: str) -> None:
        """Note that a file is left out; its problem is reported as well."""
        self.skipped[SkippedFile(path)] = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return the problems by file and line."""
        return tuple(sorted(self._problems))

    @property
    def errors(self) -> int:
        """Return how many of the problems are errors."""
        return sum(problem.severity == "error" for problem in self._problems)


def skipped_words(skipped: Iterable[SkippedFile]) -> str:
    """Say what counts leave out: "not counted: 1 lesson and 2 quizzes cannot be read"; "" for no file."""
    shared = dict(SHARED.values())
    counts = Counter(file.kind for file in skipped)
    plurals = {"quiz": "quizzes"}
    parts = [
        shared.get(kind) or (f"1 {kind}" if count == 1 else f"{count} {plurals.get(kind, f'{kind}s')}")
        for kind, count in counts.items()
    ]
    return f"not counted: {enumeration(parts)} cannot be read" if parts else ""


def enumeration(words: Sequence[str]) -> str:
    """Join words as a sentence does: "this, that and another"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
