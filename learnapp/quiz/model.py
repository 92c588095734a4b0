"""The parts that quiz items are made of: text, references to facts, options, pairs, blanks, turns."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from learnapp.quiz.numerals import exact
from learnapp.quiz.words import plain

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
FACT = r"^[a-z0-9]+(-[a-z0-9]+)*\.[0-9]{2}$"
SLUG_MAX = 80
TEXT_MAX = 2000
ANSWER_MAX = 80


def _slug(text: str) -> str:
    if len(text) > SLUG_MAX or not re.fullmatch(SLUG, text):
        raise ValueError(
            f"use small letters, digits and single hyphens, at most {SLUG_MAX} characters, such as tea-q1"
        )
    return text


def _fact(text: str) -> str:
    if len(text) > SLUG_MAX or not re.fullmatch(FACT, text):
        raise ValueError("name a fact as section.number, such as library-rules.02")
    return text


def _text(text: str) -> str:
    tidy = text.strip()
    if not tidy:
        raise ValueError("write some text here, it is empty")
    if len(tidy) > TEXT_MAX:
        raise ValueError(f"shorten this text to {TEXT_MAX:,} characters, it has {len(tidy):,}")
    if plain(tidy, keep="\n") != tidy:
        raise ValueError("remove the control character, it cannot be shown")
    return tidy


def _answer(text: str) -> str:
    tidy = _text(text)
    if len(tidy) > ANSWER_MAX:
        raise ValueError(f"shorten this answer to {ANSWER_MAX} characters, learners have to type it")
    return tidy


def _amount(value: object) -> Decimal:
    return exact(value)


def _schema(**keys: str | int) -> Any:
    """Tell editors, through the JSON Schema, what the validators demand."""
    return Field(json_schema_extra=dict(keys))


Slug = Annotated[str, AfterValidator(_slug), _schema(pattern=SLUG, maxLength=SLUG_MAX)]
FactId = Annotated[str, AfterValidator(_fact), _schema(pattern=FACT)]
Text = Annotated[str, AfterValidator(_text), _schema(minLength=1, maxLength=TEXT_MAX)]
Answer = Annotated[str, AfterValidator(_answer), _schema(minLength=1, maxLength=ANSWER_MAX)]
Amount = Annotated[Decimal, BeforeValidator(_amount)]
Rating = Literal["best", "weak", "worse"]


class FrozenModel(BaseModel):
    """Be frozen and refuse unknown keys, so that a typing error in a file is found, not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(FrozenModel):
    """One answer to choose: its text, whether it is a key, why, and the fact that the why rests on."""

    text: Text
    key: bool = False
    feedback: Text
    see: FactId | None = None


class TrueFalseFeedback(FrozenModel):
    """Why the verdict true is right or wrong, and why the verdict false is."""

    if_true: Text = Field(alias="true")
    if_false: Text = Field(alias="false")

    @model_validator(mode="before")
    @classmethod
    def _name_the_verdicts(cls, data: Any) -> Any:
        # In YAML an unquoted `true:` is a boolean key, not the word.
        if isinstance(data, dict):
            return {str(key).lower() if isinstance(key, bool) else key: data[key] for key in data}
        return data


class NumericFeedback(FrozenModel):
    """What to say to a right, a too low and a too high number, and to a wrong unit."""

    right: Text
    low: Text
    high: Text
    unit: Text | None = None


class Pair(FrozenModel):
    """A prompt and the match that belongs to it."""

    prompt: Text
    match: Text
    feedback: Text
    see: FactId | None = None


class Entry(FrozenModel):
    """One entry of an ordering item; the file lists entries in the right order."""

    text: Text
    feedback: Text
    see: FactId | None = None


class WrongAnswer(FrozenModel):
    """Wrong words that are worth their own reply."""

    answers: tuple[Answer, ...] = Field(min_length=1, max_length=20)
    feedback: Text


class Blank(FrozenModel):
    """One blank of a cloze item: the words it accepts, and why."""

    accept: tuple[Answer, ...] = Field(min_length=1, max_length=20)
    feedback: Text
    wrong: tuple[WrongAnswer, ...] = Field(default=(), max_length=12)
    see: FactId | None = None


class CategoryEntry(FrozenModel):
    """One entry of a categorise item and the category it belongs to."""

    text: Text
    category: Text
    feedback: Text
    see: FactId | None = None


class Reply(FrozenModel):
    """One reply in a conversation: how good it is, why, and which turn it leads to (none: the end)."""

    text: Text
    rating: Rating
    feedback: Text
    see: FactId | None = None
    next: Slug | None = None


class Turn(FrozenModel):
    """What the other person says, and the replies to choose from."""

    id: Slug
    says: Text
    replies: tuple[Reply, ...] = Field(min_length=2, max_length=8)
