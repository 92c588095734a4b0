"""Voices, sensitivities, sequencing, lines, ages: the kinds of value that content files and pages share."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from learnapp.quiz.model import FrozenModel, Text

LINE_MAX = 300
YEAR = re.compile(r"\b(?:1[89]|20)[0-9]{2}\b")

EvidenceVoice = Literal["un", "law", "state", "study", "ngo", "press", "said"]
FactVoice = Literal["page", "un", "law", "state", "study", "ngo", "press", "said"]
Voice = Literal["page", "un", "law", "state", "study", "ngo", "press", "said", "own"]
Sensitivity = Literal["none", "mild", "strong"]
# Reading is never locked. By `advice` the order only recommends; by `quizzes` these, which count, open in order.
Sequencing = Literal["advice", "quizzes"]


def years_in(text: str) -> list[str]:
    """List the years of a text, in order."""
    return YEAR.findall(text)


def _line(text: str) -> str:
    if len(text) > LINE_MAX:
        raise ValueError(f"shorten this to {LINE_MAX} characters, it has {len(text)}")
    return text


Line = Annotated[Text, AfterValidator(_line), Field(json_schema_extra={"minLength": 1, "maxLength": LINE_MAX})]


class Ages(FrozenModel):
    """From which age the core (gated cards left out) and the full lesson are shown.

    `core` None: nobody below `full`, unless `teacher_release` lets a leader release the core.
    """

    core: int | None = Field(ge=5, le=21)
    full: int = Field(ge=5, le=21)
    teacher_release: bool = False

    @model_validator(mode="after")
    def _core_comes_first(self) -> Ages:
        if self.core is not None and self.core > self.full:
            raise ValueError("core cannot be older than full")
        return self

    @property
    def opens(self) -> int:
        """Return the age from which the lesson opens, with or without its gated cards."""
        return self.full if self.core is None else self.core
