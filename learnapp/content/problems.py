"""Problems in content files, each at its place, collected so that one run shows them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A file below the content root, with a line and a column counted from 1."""

    path: str
    line: int = 1
    column: int = 1


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


class Report:
    """Collects problems; the same one twice counts once."""

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._found = dict.fromkeys(problems)

    def error(self, place: Place, rule: str, message: str) -> None:
        self._found[Problem(*place, message, "error", rule)] = None

    def warning(self, place: Place, rule: str, message: str) -> None:
        self._found[Problem(*place, message, "warning", rule)] = None

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what was found, by file and line."""
        return tuple(sorted(self._found))

    @property
    def errors(self) -> int:
        return sum(problem.severity == "error" for problem in self._found)
