"""Models of authors' files: frozen pydantic models and the kinds of text that their fields hold."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from learnapp.quiz.numerals import exact_decimal
from learnapp.quiz.words import without_controls

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FACT = r"^[a-z0-9]+(-[a-z0-9]+)*\.[0-9]{2}$"
EVIDENCE = re.compile(r"^ev\.[a-z0-9-]+\.[a-z0-9-]+$")
SLUG_MAX = 80
TEXT_MAX = 2000
ANSWER_MAX = 80
LIST_MAX = 12


def _slug(text: str) -> str:
    if len(text) > SLUG_MAX or not re.fullmatch(SLUG, text):
        raise ValueError(f"use small letters, digits and single hyphens, at most {SLUG_MAX} characters, such as tea-q1")
    return text


def _fact(text: str) -> str:
    if len(text) > SLUG_MAX or not (re.fullmatch(FACT, text) or EVIDENCE.fullmatch(text)):
        raise ValueError("name a fact as section.number, such as library-rules.02, evidence as ev.group.name")
    return text


def _evidence(text: str) -> str:
    if len(text) > SLUG_MAX or not EVIDENCE.fullmatch(text):
        raise ValueError("name evidence as ev.group.name, such as ev.library.opening-hours")
    return text


def _text(text: str) -> str:
    tidy = text.strip()
    if not tidy:
        raise ValueError("write some text here, it is empty")
    if len(tidy) > TEXT_MAX:
        raise ValueError(f"shorten this text to {TEXT_MAX:,} characters, it has {len(tidy):,}")
    if without_controls(tidy, keep="\n") != tidy:
        raise ValueError("remove the control character, it cannot be shown")
    return tidy


def _answer(text: str) -> str:
    tidy = _text(text)
    if len(tidy) > ANSWER_MAX:
        raise ValueError(f"shorten this answer to {ANSWER_MAX} characters, learners have to type it")
    return tidy


def _schema(**keys: str | int) -> Any:
    """Tell editors, through the JSON Schema, what the validators demand."""
    return Field(json_schema_extra=dict(keys))


Slug = Annotated[str, AfterValidator(_slug), _schema(pattern=SLUG, maxLength=SLUG_MAX)]
FactId = Annotated[str, AfterValidator(_fact), _schema(pattern=f"({FACT})|({EVIDENCE.pattern})")]
EvidenceId = Annotated[str, AfterValidator(_evidence), _schema(pattern=EVIDENCE.pattern)]
Text = Annotated[str, AfterValidator(_text), _schema(minLength=1, maxLength=TEXT_MAX)]
Answer = Annotated[str, AfterValidator(_answer), _schema(minLength=1, maxLength=ANSWER_MAX)]
Amount = Annotated[Decimal, BeforeValidator(exact_decimal)]


def left_out(value: object) -> bool:
    """Tell whether a key that came later is not written, so that a revision stays what it was without it."""
    return value is None


class HiddenKey(NamedTuple):
    """What an item has to be found out: the key's text, where it stands in the file, and what it stands among."""

    where: tuple[str | int, ...]
    text: str
    others: tuple[str, ...] = ()


class FrozenModel(BaseModel):
    """Be frozen and refuse unknown keys, so that a typing error in a file is found, not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ItemPart(FrozenModel):
    """A part of an item with its own feedback, and the fact that this rests on if not the item's first."""

    feedback: Text
    see: FactId | None = None


class TextPart(ItemPart):
    """A part that is shown as a text: an option, an entry, a reply."""

    text: Text


def require_distinct(texts: Iterable[str], what: str, advice: str = "") -> None:
    """Raise ValueError if two texts read the same to a learner."""
    seen: set[str] = set()
    for text in texts:
        # Capitals and spaces do not tell texts apart for a reader; punctuation may.
        same = " ".join(text.casefold().split())
        if same in seen:
            raise ValueError(f"make the {what} differ: “{text}” stands there twice{advice}")
        seen.add(same)
