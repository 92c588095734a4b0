"""Programs as credentials know them: slug, title and lead, as far as the course has programs."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from learnapp.training.credentials.values import Achievement


class DescribedProgram(Protocol):
    """A program, as far as a credential tells of it."""

    @property
    def slug(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def lead(self) -> str: ...


@runtime_checkable
class ProgramCatalog(Protocol):
    """A catalog that has programs, by slug."""

    @property
    def programs(self) -> Mapping[str, DescribedProgram]: ...


def achievement_of(catalog: object, slug: str) -> Achievement | None:
    """Return what a program's certificate stands for, None where the course has no such program."""
    program = catalog.programs.get(slug) if isinstance(catalog, ProgramCatalog) else None
    return Achievement(program.slug, program.title, program.lead) if program else None
