"""List errors: why a file is not taken as a list of people."""

from collections.abc import Sequence

from learnapp.groups.roster.lists.values import ListProblem


class ListRefused(Exception):
    """The file cannot be read as a list; `problems` says everything that is wrong with it."""

    def __init__(self, problems: Sequence[ListProblem]) -> None:
        super().__init__(", ".join(f"{one.reason} {one.row or ''}".strip() for one in problems[:5]))
        self.problems = tuple(problems)


class ListEnded(Exception):
    """There is no such list: it is another group's, was never there, or its hour is over."""


def refused(reason: str, row: int | None = None, column: str = "", **about: str | int) -> ListRefused:
    """Return the error of a file with this one problem."""
    return ListRefused([ListProblem(reason, row, column, about)])
