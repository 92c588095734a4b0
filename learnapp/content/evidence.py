"""Evidence: statements of other sources than the page, each with its source and whether it was verified; people."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from learnapp.content.vocabulary import EvidenceVoice, FactVoice, Line, Sensitivity, years_in
from learnapp.quiz.model import EvidenceId, FactId, FrozenModel, Slug, Text

BY_MAX = 40
Relation = Literal["corroborates", "corrects", "dates", "limits"]
RELATIONS: tuple[Relation, ...] = ("corroborates", "corrects", "dates", "limits")


def _by(text: str) -> str:
    if len(text) > BY_MAX:
        raise ValueError(f"say who and when in {BY_MAX} characters, this has {len(text)}")
    return text


def _address(text: str) -> str:
    if not text.startswith(("https://", "http://")) or any(sign.isspace() for sign in text):
        raise ValueError("give an address that can be opened, such as https://www.ohchr.org; words go under `copy`")
    return text


def _verified(value: object) -> object:
    """Read `no`, which is a text in YAML 1.2, as authors mean it."""
    return False if value == "no" else value


By = Annotated[Line, AfterValidator(_by), Field(json_schema_extra={"maxLength": BY_MAX})]
Address = Annotated[Line, AfterValidator(_address), Field(json_schema_extra={"pattern": "^https?://"})]
Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])(-[0-9]{2})?$")]


class Citable(FrozenModel):
    """What a fact of the page and a piece of evidence have in common: a dated statement in our own words.

    `note` tells readers what `caveat` tells authors.
    """

    id: FactId
    figures: tuple[Line, ...] = Field(default=(), max_length=20)
    voice: FactVoice
    dated: Line | None = None
    caveat: Text | None = None
    note: Text | None = None
    sensitivity: Sensitivity
    quizzable: bool


class EvidenceSource(FrozenModel):
    """Where a piece of evidence stands: who published what and when; `place` is a paragraph or a page."""

    author: Line
    title: Line
    date: Line
    place: Line | None = None


class Verification(FrozenModel):
    """When somebody read the source, and what was read and what it said, in our own words."""

    on: Month
    how: Text


class Evidence(Citable):
    """One statement of another source than the page. In the file `text` is called `statement`.

    `cite` are the words of margin notes, `by` those of the folded note, `knows` says how the source knows.
    `stored_copy` (in the file `copy`) says how a copy is found that no address leads to.
    """

    id: EvidenceId
    text: Text = Field(alias="statement")
    voice: EvidenceVoice
    source: EvidenceSource
    cite: Line
    given_by: By | None = Field(default=None, alias="by")
    knows: Line | None = None
    where: tuple[Address, ...] = Field(default=(), max_length=10)
    stored_copy: Text | None = Field(default=None, alias="copy")
    verified: Annotated[Verification | Literal[False], BeforeValidator(_verified)]
    corroborates: tuple[FactId, ...] = Field(default=(), max_length=30)
    corrects: tuple[FactId, ...] = Field(default=(), max_length=30)
    dates: tuple[FactId, ...] = Field(default=(), max_length=30)
    limits: tuple[FactId, ...] = Field(default=(), max_length=30)
    topics: tuple[Slug, ...] = Field(default=(), max_length=20)
    person: Slug | None = None

    @model_validator(mode="after")
    def _can_be_found(self) -> "Evidence":
        if not self.where and not self.stored_copy:
            raise ValueError("give an address under `where`, or say under `copy` how the stored copy is found")
        return self

    @property
    def section(self) -> None:
        """Return nothing: evidence stands under no heading of the page."""
        return None

    @property
    def attribution(self) -> str:
        """Return who is cited."""
        return self.cite

    @property
    def by(self) -> str:
        """Return who said it and when, in a few words: what the file gives, else the author and the last year."""
        years = years_in(self.dated or "") or years_in(self.source.date)
        return self.given_by or ", ".join([self.source.author[: BY_MAX - 6].strip(" ,;"), *years[-1:]])


class Person(FrozenModel):
    """Somebody who speaks in the course or is told of; a pronoun is known from a source or not at all.

    `changed` says whether the publisher changed the name, `act` what the person does, `may_tell` is for authors.
    `open_act`: it tells nothing of what is withheld, so that the person is named where some of their facts are.
    """

    id: Slug
    name: Line
    changed: Literal["no", "yes", "unknown"]
    pronoun: Literal["she", "he"] | None
    pronoun_source: Line | None = None
    act: Line
    open_act: bool = False
    may_tell: Text
    facts: tuple[FactId, ...] = Field(default=(), max_length=60)


def reverse_relation(evidence: Iterable[Evidence], relation: Relation) -> dict[str, tuple[Evidence, ...]]:
    """Return by fact or evidence the verified evidence that stands to it in this relation."""
    index: dict[str, list[Evidence]] = {}
    for entry in evidence:
        for name in getattr(entry, relation) if entry.verified else ():
            index.setdefault(name, []).append(entry)
    return {name: tuple(entries) for name, entries in index.items()}
