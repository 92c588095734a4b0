"""Courses with programs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from learnapp.content.catalog import Catalog


@dataclass(frozen=True, slots=True)
class TaughtProgram:
    """A program, as far as credentials tell of it."""

    slug: str
    title: str
    lead: str


@dataclass(frozen=True, eq=False)
class CatalogWithPrograms(Catalog):
    """A catalog that has programs."""

    programs: Mapping[str, Any] = field(default_factory=dict)


def with_programs(catalog: Catalog, *programs: TaughtProgram) -> Catalog:
    """Return a catalog with these programs."""
    about = {one.name: getattr(catalog, one.name) for one in fields(catalog) if one.init and one.name != "programs"}
    return CatalogWithPrograms(**about, programs={one.slug: one for one in programs})
