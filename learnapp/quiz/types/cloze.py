"""Cloze: a text with gaps to be filled by typing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.display import NOT_RIGHT, RIGHT, Explanation, Input, ItemForm, Message, TypedText, explain_part
from learnapp.quiz.item import BaseItem, FormFields, ItemResponse, Missing, Presentation, as_sequence, share
from learnapp.quiz.model import LIST_MAX, Answer, FrozenModel, ItemPart, Text
from learnapp.quiz.words import clean_typed, normalize

BLANK = re.compile(r"\[\[([1-9][0-9]?)\]\]")


class WrongAnswer(FrozenModel):
    """Wrong words that are worth their own reply."""

    answers: tuple[Answer, ...] = Field(min_length=1, max_length=20)
    feedback: Text


class Blank(ItemPart):
    """One blank of a cloze item: the words it accepts, and why."""

    accept: tuple[Answer, ...] = Field(min_length=1, max_length=20)
    wrong: tuple[WrongAnswer, ...] = Field(default=(), max_length=12)

    def accepts(self, text: str) -> bool:
        """Tell whether what was typed is an accepted answer, compared as `normalize` makes them alike."""
        return normalize(text) in {normalize(answer) for answer in self.accept}

    def feedback_on(self, text: str) -> str:
        """Return the reply to a wrong answer that the author foresaw, else what the blank says to all."""
        same = normalize(text)
        foreseen = (wrong.feedback for wrong in self.wrong if same in map(normalize, wrong.answers))
        return next(foreseen, self.feedback)


@dataclass(frozen=True, slots=True)
class ClozeResponse(ItemResponse):
    """The text typed in each blank, as it was typed, "" where nothing was."""

    blanks: tuple[str, ...]


class Cloze(BaseItem[ClozeResponse]):
    """Fill the blanks of a text, marked [[1]], [[2]] and so on."""

    type: Literal["cloze"]
    text: Text
    blanks: tuple[Blank, ...] = Field(min_length=1, max_length=LIST_MAX)

    @model_validator(mode="after")
    def _blanks_agree(self) -> Self:
        marked = [int(number) for number in BLANK.findall(self.text)]
        wanted = list(range(1, len(self.blanks) + 1))
        if marked != wanted:
            marks = ", ".join(f"[[{number}]]" for number in wanted)
            raise ValueError(f"mark {marks} in `text`, once each and in this order, one for each of `blanks`")
        for number, blank in enumerate(self.blanks, start=1):
            seen: set[str] = set()
            for answer in (*blank.accept, *(text for wrong in blank.wrong for text in wrong.answers)):
                same = normalize(answer)
                if not same:
                    raise ValueError(f"blank {number}: write a word for “{answer}”; nothing of it is compared")
                if same in seen:
                    raise ValueError(f"blank {number}: remove one “{answer}”; capitals, articles and such do not count")
                seen.add(same)
        return self

    def parse(self, data: dict[str, Any]) -> ClozeResponse | None:
        count = len(self.blanks)
        texts = [clean_typed(text) for text in as_sequence(data.get("blanks"))[:count]]
        texts += [""] * (count - len(texts))
        return ClozeResponse(tuple(texts)) if any(text.strip() for text in texts) else None

    def parse_form(self, form: FormFields, presentation: Presentation) -> ClozeResponse | None:
        return self.parse({"blanks": [form.get(f"blank-{number}") for number in range(len(self.blanks))]})

    def form_values(self, response: ClozeResponse, presentation: Presentation) -> Iterator[tuple[str, str]]:
        return ((f"blank-{number}", text) for number, text in enumerate(response.blanks))

    def missing(self, response: ClozeResponse | None, presentation: Presentation) -> tuple[Missing, ...]:
        message, blanks = Message("Write a word in %(label)s"), enumerate(self._blanks_filled(response))
        return tuple(Missing(f"blank-{number}", message) for number, (_, text) in blanks if not text.strip())

    def grade(self, response: ClozeResponse | None) -> float:
        """Give cloze the share of blanks with an accepted answer, compared as `words.normalize` says."""
        return share([blank.accepts(text) for blank, text in self._blanks_filled(response)])

    def form(self, response: ClozeResponse | None, presentation: Presentation) -> ItemForm:
        labels = (Message("gap %(number)s", number) for number in range(1, len(self.blanks) + 1))
        blanks = tuple(Input("blank", f"blank-{index}", label) for index, label in enumerate(labels))
        task = Message("Fill each gap. Capitals do not matter.")
        all_missing = Message("Write a word in each of the %(number)s gaps")
        return ItemForm("gaps", blanks, task, all_missing, texts=tuple(BLANK.split(self.text)[::2]))

    def explain(self, response: ClozeResponse | None, presentation: Presentation) -> Iterator[Explanation]:
        for number, (blank, text) in enumerate(self._blanks_filled(response), 1):
            given, gap, fact = TypedText(text.strip()), Message("Gap %(number)s", number), self.fact_behind(blank)
            yield explain_part(blank.accepts(text), blank.feedback_on(given), fact, blank.accept[0], gap, given)

    def answer_key(self) -> Iterator[Explanation]:
        for number, blank in enumerate(self.blanks, 1):
            fact, gap = self.fact_behind(blank), Message("Gap %(number)s", number)
            yield Explanation("right", RIGHT, blank.feedback, fact, " / ".join(blank.accept), gap)
            for wrong in blank.wrong:
                yield Explanation("wrong", NOT_RIGHT, wrong.feedback, fact, " / ".join(wrong.answers), gap)

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield ("text",), BLANK.sub("", self.text)
        yield from ((("blanks", n, "accept"), "; ".join(blank.accept)) for n, blank in enumerate(self.blanks))

    def _blanks_filled(self, response: ClozeResponse | None) -> Iterator[tuple[Blank, str]]:
        return zip(self.blanks, response.blanks if response else ("",) * len(self.blanks), strict=True)
