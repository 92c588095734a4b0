"""Programs as credentials know them: slug, title and lead."""

from learnapp.content.catalog import Catalog
from learnapp.training.credentials.values import Achievement


def achievement_of(catalog: Catalog, slug: str) -> Achievement | None:
    """Return what a program's certificate stands for, None where the course has no such program."""
    program = catalog.programs.get(slug)
    return Achievement(program.slug, program.title, program.lead) if program else None
