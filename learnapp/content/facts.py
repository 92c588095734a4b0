"""Facts: the source page with its sections, the dated statements of the ledger, and the glossary's terms."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from learnapp.content.load.markdown import inline
from learnapp.content.vocabulary import Line, Sensitivity
from learnapp.quiz.model import FactId, FrozenModel, Slug, Text

FactVoice = Literal["page", "un", "ngo", "said"]


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


class Fact(FrozenModel):
    """One dated statement of the ledger, in our own words, with the voice that makes it.

    `note` tells readers what `caveat` tells authors. In the ledger `text` is called `fact`.
    """

    id: FactId
    section: Slug
    text: Text = Field(alias="fact")
    figures: tuple[Line, ...] = Field(default=(), max_length=20)
    attribution: Line
    voice: FactVoice
    dated: Line | None = None
    caveat: Text | None = None
    note: Text | None = None
    sensitivity: Sensitivity
    testimony: bool
    quizzable: bool
    src: tuple[int, ...] = Field(default=(), max_length=50)

    @model_validator(mode="after")
    def _belongs_together(self) -> Fact:
        if self.id.rpartition(".")[0] != self.section:
            raise ValueError(f"the id must start with the section's slug, {self.section}")
        if self.testimony != (self.voice == "said"):
            raise ValueError("testimony is true exactly where voice is said")
        return self


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
