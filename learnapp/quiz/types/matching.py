"""Matching: each prompt has one match, and distractors match nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from learnapp.quiz.display import (
    PART_VERDICTS,
    Explanation,
    ItemForm,
    Message,
    numbered_choices,
    part_verdict,
)
from learnapp.quiz.item import (
    MANY,
    BaseItem,
    FormFields,
    ItemResponse,
    Missing,
    Presentation,
    Score,
    share,
    shuffled,
)
from learnapp.quiz.model import FactId, FrozenModel, Text, require_distinct
from learnapp.quiz.rows import (
    Targets,
    missing_rows,
    parse_targets,
    read_rows,
    row_inputs,
    row_key,
    row_values,
    targets_to_json,
)


class Pair(FrozenModel):
    """A prompt and the match that belongs to it."""

    prompt: Text
    match: Text
    feedback: Text
    see: FactId | None = None


@dataclass(frozen=True, slots=True)
class MatchingResponse(ItemResponse):
    """The match of each prompt, None where none was chosen; matches count as in `Matching.matches`."""

    matches: Targets

    def to_json(self) -> dict[str, Any]:
        return {"matches": targets_to_json(self.matches)}


class Matching(BaseItem[MatchingResponse]):
    """Find the match of each prompt; distractors match nothing."""

    type: Literal["matching"]
    pairs: tuple[Pair, ...] = Field(min_length=2, max_length=MANY)
    distractors: tuple[Text, ...] = Field(default=(), max_length=MANY)

    by_choice: ClassVar[bool] = True

    @property
    def matches(self) -> tuple[str, ...]:
        """List the matches of the pairs, then the distractors: the order in which responses count them."""
        return (*(pair.match for pair in self.pairs), *self.distractors)

    @model_validator(mode="after")
    def _one_match_each(self) -> Matching:
        require_distinct((pair.prompt for pair in self.pairs), "prompts")
        require_distinct(self.matches, "matches", "; where prompts share a match, use `categorise`")
        return self

    def present(self, revision: str, seed: int) -> Presentation:
        return Presentation(shuffled(len(self.matches), revision, seed, self.id))

    def parse(self, data: dict[str, Any]) -> MatchingResponse | None:
        response = MatchingResponse(parse_targets(data.get("matches"), len(self.pairs), len(self.matches)))
        return response if response != self._empty() else None

    def parse_form(
        self, form: FormFields, shown: Presentation, before: MatchingResponse | None = None
    ) -> MatchingResponse | None:
        positions = read_rows(form, "match", len(self.pairs))
        return self.parse(
            {"matches": {str(row): shown.index_at(position) for row, position in enumerate(positions)}}
        )

    def form_values(self, response: MatchingResponse, shown: Presentation) -> Iterator[tuple[str, str]]:
        return row_values(
            "match", (None if one is None else shown.shown.index(one) for one in response.matches)
        )

    def missing(self, response: MatchingResponse | None, shown: Presentation) -> tuple[Missing, ...]:
        filled = (match is not None for match in (response or self._empty()).matches)
        return missing_rows("match", filled, Message("Choose a match for “%(label)s”"))

    def grade(self, response: MatchingResponse | None) -> Score:
        """Give matching the share of prompts with their own match. Parts: the prompts."""
        return share([match == prompt for prompt, match in enumerate((response or self._empty()).matches)])

    def form(self, response: MatchingResponse | None, shown: Presentation) -> ItemForm:
        matches = numbered_choices([self.matches[index] for index in shown.shown])
        prompts = (pair.prompt for pair in self.pairs)
        return ItemForm(
            "rows",
            row_inputs("match", prompts, matches, Message("Choose a match")),
            Message("Choose a match for each. Use each one once."),
            Message("Choose a match for each of the %(number)s"),
        )

    def explain(self, response: MatchingResponse | None, shown: Presentation) -> Iterator[Explanation]:
        for prompt, match in enumerate((response or self._empty()).matches):
            pair, given = self.pairs[prompt], "" if match is None else self.matches[match]
            verdict = part_verdict(given, match == prompt)
            see = pair.see or self.facts[0]
            yield Explanation(
                verdict, PART_VERDICTS[verdict], pair.feedback, see, pair.match, pair.prompt, given
            )

    def answer_key(self) -> Iterator[Explanation]:
        fact = self.facts[0]
        for pair in self.pairs:
            yield row_key(pair.feedback, pair.see or fact, pair.prompt, pair.match)
        for text in self.distractors:
            yield Explanation("wrong", Message("Matches nothing"), "", fact, text)

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield from ((("pairs", n), f"{pair.prompt}: {pair.match}") for n, pair in enumerate(self.pairs))

    def _empty(self) -> MatchingResponse:
        return MatchingResponse((None,) * len(self.pairs))
