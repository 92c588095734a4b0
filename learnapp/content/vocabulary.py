"""Voices, sensitivities, sequencing and lines: the kinds of value that content files and pages share."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from learnapp.quiz.model import Text

LINE_MAX = 300

Voice = Literal["page", "un", "ngo", "said", "own"]
Sensitivity = Literal["none", "mild", "strong"]
Sequencing = Literal["sequential", "free"]


def _line(text: str) -> str:
    if len(text) > LINE_MAX:
        raise ValueError(f"shorten this to {LINE_MAX} characters, it has {len(text)}")
    return text


Line = Annotated[
    Text, AfterValidator(_line), Field(json_schema_extra={"minLength": 1, "maxLength": LINE_MAX})
]
