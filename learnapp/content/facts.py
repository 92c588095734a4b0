"""Facts: the source page with its sections, the dated statements of the ledger, and the glossary's terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from learnapp.content.evidence import Citable, Evidence, reverse_relation
from learnapp.content.load.markdown import inline
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import EvidenceId, FactId, FrozenModel, Slug, Text


class Difference(FrozenModel):
    """Where the copies of the source page do not agree, in our own words."""

    section: Slug
    note: Text


class Source(FrozenModel):
    """The page that the course retells; margin notes call it `name` and date its undated statements `when`.

    `copies` says which copies of it the ledger was made from.
    """

    title: Line
    publisher: Line
    rights: Text
    date_note: Text
    given_name: Line | None = Field(default=None, alias="name")
    given_date: Line | None = Field(default=None, alias="when")
    url: Line | None = None
    copies: Text | None = None

    @property
    def name(self) -> str:
        """Return the name that its file gives, else the publisher's page."""
        return self.given_name or f"{self.publisher} page"

    @property
    def when(self) -> str:
        """Return the date that its file gives, else the year in `date_note`."""
        year = re.search(r"(about |around )?\b[12][0-9]{3}\b", self.date_note)
        return self.given_date or (year[0] if year else "undated")


class Section(FrozenModel):
    """One heading of the source page; `path` runs from its topmost heading to its own title."""

    slug: Slug
    title: Line
    path: tuple[Line, ...] = Field(min_length=1, max_length=6)
    depth: int = Field(ge=1, le=6)

    @model_validator(mode="after")
    def _path_leads_here(self) -> Section:
        if len(self.path) != self.depth:
            raise ValueError(f"depth is {self.depth} but path has {len(self.path)} headings")
        if self.path[-1] != self.title:
            raise ValueError("the last heading of path must be the title")
        return self


class PageFact(Citable):
    """One dated statement of the page, in our own words, with the voice that makes it there.

    In the ledger `text` is called `fact`. `also` is evidence that says the same, `elsewhere` the reason why no lesson
    tells it and where it stands instead.
    """

    section: Slug
    text: Text = Field(alias="fact")
    attribution: Line
    testimony: bool
    src: tuple[int, ...] = Field(default=(), max_length=50)
    also: tuple[EvidenceId, ...] = Field(default=(), max_length=20)
    elsewhere: Line | None = None

    @model_validator(mode="after")
    def _belongs_together(self) -> PageFact:
        if self.id.rpartition(".")[0] != self.section:
            raise ValueError(f"the id must start with the section’s slug, {self.section}")
        if self.testimony != (self.voice == "said"):
            raise ValueError("testimony is true exactly where voice is said")
        return self


# What lessons cite, in one name space.
Fact = PageFact | Evidence


def is_verified(fact: Fact) -> bool:
    """Tell whether a fact may be cited: evidence only where somebody has read its source."""
    return not isinstance(fact, Evidence) or bool(fact.verified)


def found_by(facts: Mapping[str, Fact]) -> dict[str, tuple[Evidence, ...]]:
    """Return by fact the verified evidence that found the same, whichever of the two names the other."""
    evidence = [fact for fact in facts.values() if isinstance(fact, Evidence)]
    found = reverse_relation(evidence, "corroborates")
    for fact in facts.values():
        for name in fact.also if isinstance(fact, PageFact) else ():
            entry, known = facts.get(name), found.get(fact.id, ())
            if isinstance(entry, Evidence) and entry.verified and entry not in known:
                found[fact.id] = (*known, entry)
    return found


class Term(FrozenModel):
    """A glossary term; `meaning` is inline Markdown that goes on after "<term> means ..."."""

    slug: Slug
    term: Annotated[Line, AfterValidator(lambda term: term[:1].upper() + term[1:])]
    meaning: Text
    facts: tuple[FactId, ...] = Field(default=(), max_length=20)

    @property
    def meaning_html(self) -> str:
        """Return the meaning as clean HTML."""
        return inline(self.meaning)
