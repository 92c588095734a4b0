"""Vocabulary of all content models: frozen pieces that refuse unknown keys, and a few kinds of text."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from learnapp.quiz.model import SLUG_MAX, FactId, FrozenModel, Slug, Text

__all__ = [
    "FactId",
    "FrozenModel",
    "Line",
    "NumberedSlug",
    "Sensitivity",
    "Sequencing",
    "Slug",
    "Text",
    "Voice",
]

NUMBERED_SLUG = "^[1-9][0-9]?-[a-z0-9]+(-[a-z0-9]+)*$"
LINE_MAX = 300

Voice = Literal["page", "un", "ngo", "said", "own"]
Sensitivity = Literal["none", "mild", "strong"]
Sequencing = Literal["sequential", "free"]


def _numbered(slug: str) -> str:
    number, hyphen, _ = slug.partition("-")
    if not hyphen or not number.isdecimal() or number.startswith("0") or len(number) > 2:
        raise ValueError("start the slug with its number, such as 1-cut-off")
    return slug


def _line(text: str) -> str:
    if len(text) > LINE_MAX:
        raise ValueError(f"shorten this to {LINE_MAX} characters, it has {len(text)}")
    return text


NumberedSlug = Annotated[
    Slug,
    AfterValidator(_numbered),
    Field(json_schema_extra={"pattern": NUMBERED_SLUG, "maxLength": SLUG_MAX}),
]
Line = Annotated[
    Text, AfterValidator(_line), Field(json_schema_extra={"minLength": 1, "maxLength": LINE_MAX})
]
