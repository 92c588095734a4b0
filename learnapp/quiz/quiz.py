"""Quizzes: items with their settings, and revisions, which are kept and reloaded years later.

So a model may learn new keys with defaults and accept more than before, but never less.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from operator import not_
from typing import Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.behaviours import Behaviour
from learnapp.quiz.item import Item, shuffled_order
from learnapp.quiz.model import FrozenModel, left_out
from learnapp.quiz.selection import Stratum
from learnapp.quiz.types import AnyItem

TOLERANCE = 1e-6


class QuizSettings(FrozenModel):
    """How a quiz is taken: behaviour, pass mark in percent, certainty asked, shuffling, how many items."""

    behaviour: Behaviour = "immediate"
    pass_mark: int = Field(default=70, ge=0, le=100)
    certainty: bool = False
    shuffle_items: bool = False
    count: int | None = Field(default=None, ge=1)


class Quiz(QuizSettings):
    """A quiz as a file holds it: settings, items, and the items of the short version if there is one."""

    items: tuple[AnyItem, ...] = Field(min_length=1, max_length=200)
    short: tuple[AnyItem, ...] = Field(default=(), max_length=200)

    @model_validator(mode="after")
    def _items_agree(self) -> Self:
        if self.count is not None and self.count > len(self.items):
            raise ValueError(f"lower `count` to {len(self.items)} or less: there are no more items")
        return self


class QuizVersion(QuizSettings):
    """One quiz as learners take it, main or short; its revision stands for all that grading depends on.

    The bank of a final has `strata`, of which each form asks some, and is passed by `pass_points`; it names the
    version of the course that it belongs to.
    """

    format: Literal[1] = 1
    strata: tuple[Stratum, ...] = Field(default=(), exclude_if=not_)
    pass_points: int | None = Field(default=None, exclude_if=left_out)
    course_version: str | None = Field(default=None, exclude_if=left_out)
    items: tuple[AnyItem, ...] = Field(min_length=1)
    revision: str = Field(default="", exclude=True)

    @cached_property
    def by_id(self) -> Mapping[str, Item]:
        """Return the items by their ids."""
        return {item.id: item for item in self.items}

    def form_passes(self, points: Mapping[str, float]) -> bool:
        """Tell whether a form of this bank passes with these points, by the ids of its items.

        Three thirds make a point, whatever floats lose. No other points make up for full marks that are asked for.
        """
        enough = sum(points.values()) + TOLERANCE >= (self.pass_points or 0)
        return enough and not self.lacking_full_marks(points)

    def lacking_full_marks(self, points: Mapping[str, float]) -> tuple[str, ...]:
        """Return the strata that ask for full marks in each of their items and have not got them."""
        lacking = {item for item, earned in points.items() if earned < 1 - TOLERANCE}
        strict = (stratum for stratum in self.strata if stratum.full_marks)
        return tuple(stratum.name for stratum in strict if not lacking.isdisjoint(stratum.items))

    def select(self, items: Sequence[Item], seed: int) -> tuple[Item, ...]:
        """Choose which of these an attempt asks, by (revision, seed), in the order given unless they are shuffled."""
        chosen = shuffled_order(len(items), self.revision, seed, "items")[: self.count]
        return tuple(items[index] for index in (chosen if self.shuffle_items else sorted(chosen)))


def main_version(quiz: Quiz) -> QuizVersion:
    """Return the main quiz with its revision."""
    return _version(quiz, quiz.items, quiz.count)


def short_version(quiz: Quiz) -> QuizVersion | None:
    """Return the short quiz with its revision, all its items, or None where there is none."""
    return _version(quiz, quiz.short, None) if quiz.short else None


def dump_revision(version: QuizVersion) -> str:
    """Write a quiz as canonical JSON: sorted keys, no spaces, the same text for the same quiz everywhere.

    Former ids are left out: grading does not depend on them.
    """
    data = version.model_dump(mode="json", by_alias=True, exclude={"items": {"__all__": {"was"}}})
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def load_revision(text: str) -> QuizVersion:
    """Read a stored revision back, equal to what was dumped; raises ValueError if it cannot be read.

    The revision is that of the stored text, so that it stays the same when the program learns new settings.
    """
    return QuizVersion.model_validate_json(text).model_copy(update={"revision": revision_of(text)})


def revision_of(text: str) -> str:
    """Return the SHA-256 of a dumped revision, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _version(quiz: Quiz, items: tuple[AnyItem, ...], count: int | None) -> QuizVersion:
    settings = quiz.model_dump(include={*QuizSettings.model_fields}) | {"count": count}
    return revised(QuizVersion(items=items, **settings))


def revised(version: QuizVersion) -> QuizVersion:
    """Return a quiz with the revision of what it holds."""
    return version.model_copy(update={"revision": revision_of(dump_revision(version))})
