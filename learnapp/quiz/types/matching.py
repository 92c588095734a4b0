"""Matching: each prompt has one match, and distractors match nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.display import Explanation, Message
from learnapp.quiz.model import LIST_MAX, ItemPart, Text, require_distinct
from learnapp.quiz.rows import ItemRow, RowsItem, RowsResponse


class Pair(ItemPart):
    """A prompt and the match that belongs to it."""

    prompt: Text
    match: Text


class Matching(RowsItem):
    """Find the match of each prompt; distractors match nothing."""

    type: Literal["matching"]
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=LIST_MAX)
    distractors: tuple[Text, ...] = Field(default=(), max_length=LIST_MAX)

    by_choice = True
    shuffled_attribute = "matches"
    targets_shuffled = True
    by = "match"
    field = "match"
    stored_as = "matches"
    prompt = Message("Choose a match")
    task = Message("Choose a match for each. Use none of them twice.")
    row_missing = Message("Choose a match for “%(label)s”")
    all_missing = Message("Choose a match for each of the %(number)s")

    @property
    def matches(self) -> tuple[str, ...]:
        """List the matches of the pairs, then the distractors: the order in which responses count them."""
        return (*(pair.match for pair in self.pairs), *self.distractors)

    @model_validator(mode="after")
    def _one_match_each(self) -> Self:
        require_distinct((pair.prompt for pair in self.pairs), "prompts")
        require_distinct(self.matches, "matches", "; where prompts share a match, use `categorise`")
        return self

    @property
    def rows(self) -> Sequence[ItemRow]:
        return [ItemRow(pair.prompt, n, pair.match, pair) for n, pair in enumerate(self.pairs)]

    @property
    def targets(self) -> Mapping[int, str]:
        return dict(enumerate(self.matches))

    def grade(self, response: RowsResponse | None) -> float:
        """Give matching the share of prompts with their own match."""
        return self.share_right(response)

    def answer_key(self) -> Iterator[Explanation]:
        yield from super().answer_key()
        for text in self.distractors:
            yield Explanation("wrong", Message("Matches nothing"), "", self.facts[0], text)

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield ("stem",), self.stem
        yield from ((("pairs", n), f"{pair.prompt}: {pair.match}") for n, pair in enumerate(self.pairs))
