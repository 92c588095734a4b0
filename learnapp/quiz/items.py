"""The nine item types as authors write them; a valid item is frozen and can be graded."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, model_validator

from learnapp.quiz.model import (
    Amount,
    Blank,
    CategoryEntry,
    Entry,
    FactId,
    FrozenModel,
    NumericFeedback,
    Option,
    Pair,
    Rating,
    Reply,
    Slug,
    Text,
    TrueFalseFeedback,
    Turn,
    WrongAnswer,
)
from learnapp.quiz.soundness import (
    demand_clear_answers,
    demand_distinct,
    demand_one_key,
    demand_sound_conversation,
)

__all__ = [
    "ITEM",
    "ITEM_TYPES",
    "Blank",
    "Categorise",
    "CategoryEntry",
    "Cloze",
    "Entry",
    "FactId",
    "Item",
    "Matching",
    "Multiple",
    "Numeric",
    "NumericFeedback",
    "Option",
    "Ordering",
    "Pair",
    "Rating",
    "Reply",
    "Scenario",
    "Single",
    "Slug",
    "TrueFalse",
    "TrueFalseFeedback",
    "Turn",
    "WrongAnswer",
]

BLANK = re.compile(r"\[\[([1-9][0-9]?)\]\]")
MANY = 12


class BaseItem(FrozenModel):
    """What all items have: an id, a stem, the facts tested, and hints. Each is worth one mark."""

    id: Slug
    stem: Text
    facts: tuple[FactId, ...] = Field(min_length=1, max_length=40)
    review: bool = False
    hints: tuple[Text, ...] = Field(default=(), max_length=5)


class Single(BaseItem):
    """Choose one option."""

    type: Literal["single"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=MANY)

    @model_validator(mode="after")
    def _one_key(self) -> Single:
        demand_one_key(self.options, "option")
        demand_distinct((option.text for option in self.options), "options")
        return self


class Multiple(BaseItem):
    """Choose every option that is right."""

    type: Literal["multiple"]
    options: tuple[Option, ...] = Field(min_length=2, max_length=MANY)

    @model_validator(mode="after")
    def _keys_and_others(self) -> Multiple:
        keys = sum(option.key for option in self.options)
        if not keys:
            raise ValueError("mark each right option with `key: true`; none is marked")
        if keys == len(self.options):
            raise ValueError("leave at least one option without `key: true`; all are marked")
        demand_distinct((option.text for option in self.options), "options")
        return self


class TrueFalse(BaseItem):
    """Say whether the stem is true, and choose the reason."""

    type: Literal["true-false"]
    key: bool
    feedback: TrueFalseFeedback
    reasons: tuple[Option, ...] = Field(min_length=2, max_length=MANY)

    @model_validator(mode="after")
    def _one_reason(self) -> TrueFalse:
        demand_one_key(self.reasons, "reason")
        demand_distinct((reason.text for reason in self.reasons), "reasons")
        return self


class Numeric(BaseItem):
    """Type a number; where `units` are given, choose its unit too."""

    type: Literal["numeric"]
    answer: Amount
    tolerance: Amount = Decimal(0)
    unit: Text | None = None
    units: tuple[Text, ...] = Field(default=(), max_length=MANY)
    feedback: NumericFeedback
    see: FactId | None = None

    @model_validator(mode="after")
    def _units_agree(self) -> Numeric:
        if self.tolerance < 0:
            raise ValueError("write `tolerance` as 0 or more; it counts in both directions")
        if not self.units:
            return self
        if self.unit not in self.units:
            raise ValueError("put the right unit in `unit` and list it among `units`, written the same way")
        if len(self.units) < 2:
            raise ValueError("give at least two `units` to choose from, or leave `units` out")
        if self.feedback.unit is None:
            raise ValueError("add `unit` to the feedback: why a right number with another unit is wrong")
        demand_distinct(self.units, "units")
        return self


class Matching(BaseItem):
    """Find the match of each prompt; distractors match nothing."""

    type: Literal["matching"]
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=MANY)
    distractors: tuple[Text, ...] = Field(default=(), max_length=MANY)

    @property
    def matches(self) -> tuple[str, ...]:
        """List the matches of the pairs, then the distractors: the order in which responses count them."""
        return (*(pair.match for pair in self.pairs), *self.distractors)

    @model_validator(mode="after")
    def _one_match_each(self) -> Matching:
        demand_distinct((pair.prompt for pair in self.pairs), "prompts")
        demand_distinct(self.matches, "matches", "; where prompts share a match, use `categorise`")
        return self


class Ordering(BaseItem):
    """Bring the entries into order; the file lists them in the right one."""

    type: Literal["ordering"]
    entries: tuple[Entry, ...] = Field(min_length=2, max_length=MANY)

    @model_validator(mode="after")
    def _tell_entries_apart(self) -> Ordering:
        demand_distinct((entry.text for entry in self.entries), "entries")
        return self


class Cloze(BaseItem):
    """Fill the blanks of a text, marked [[1]], [[2]] and so on."""

    type: Literal["cloze"]
    text: Text
    blanks: tuple[Blank, ...] = Field(min_length=1, max_length=MANY)

    @model_validator(mode="after")
    def _blanks_agree(self) -> Cloze:
        marked = [int(number) for number in BLANK.findall(self.text)]
        wanted = list(range(1, len(self.blanks) + 1))
        if marked != wanted:
            marks = ", ".join(f"[[{number}]]" for number in wanted)
            raise ValueError(f"mark {marks} in `text`, once each and in this order, one for each of `blanks`")
        for number, blank in enumerate(self.blanks, start=1):
            demand_clear_answers(number, blank)
        return self


class Categorise(BaseItem):
    """Put each entry into its category."""

    type: Literal["categorise"]
    categories: tuple[Text, ...] = Field(min_length=2, max_length=MANY)
    entries: tuple[CategoryEntry, ...] = Field(min_length=2, max_length=2 * MANY)

    @model_validator(mode="after")
    def _known_categories(self) -> Categorise:
        demand_distinct(self.categories, "categories")
        demand_distinct((entry.text for entry in self.entries), "entries")
        for entry in self.entries:
            if entry.category not in self.categories:
                raise ValueError(
                    f"choose one of `categories` for “{entry.text}”, written the same way; "
                    f"“{entry.category}” is not among them"
                )
        return self


class Scenario(BaseItem):
    """Hold a short conversation: choose a reply, hear the answer, go on. The first turn is the start."""

    type: Literal["scenario"]
    turns: tuple[Turn, ...] = Field(min_length=1, max_length=2 * MANY)

    @model_validator(mode="after")
    def _sound_conversation(self) -> Scenario:
        demand_sound_conversation(self.turns)
        return self


Item = Annotated[
    Single | Multiple | TrueFalse | Numeric | Matching | Ordering | Cloze | Categorise | Scenario,
    Field(discriminator="type"),
]
ITEM: TypeAdapter[Item] = TypeAdapter(Item)
ITEM_TYPES = (
    "single",
    "multiple",
    "true-false",
    "numeric",
    "matching",
    "ordering",
    "cloze",
    "categorise",
    "scenario",
)
