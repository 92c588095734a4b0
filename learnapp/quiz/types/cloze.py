"""Cloze: a text with gaps to be filled by typing."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.display import NOT_RIGHT, RIGHT, Explanation, Input, ItemForm, Message, TypedText, explain_part
from learnapp.quiz.item import BaseItem, FormFields, ItemResponse, Missing, Presentation, as_sequence, share
from learnapp.quiz.model import LIST_MAX, Answer, FrozenModel, HiddenKey, ItemPart, Text
from learnapp.quiz.numerals import read_number
from learnapp.quiz.typed_numbers import meant_input, read_typed
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
        """Tell whether what was typed is an accepted answer, as words or as a number."""
        return is_among(text, self.accept)

    def feedback_on(self, text: str) -> str:
        """Return the reply to a wrong answer that the author foresaw, else what the blank says to all."""
        foreseen = (wrong.feedback for wrong in self.wrong if is_among(text, wrong.answers))
        return next(foreseen, self.feedback)


def is_among(text: str, answers: Iterable[str]) -> bool:
    """Tell whether what was typed is one of these, compared as `normalize` makes words alike, or the same number."""
    same, numbers = normalize(text), read_typed(text).readings
    return any(same == normalize(answer) or (numbers and read_number(answer) in numbers) for answer in answers)


@dataclass(frozen=True, slots=True)
class ClozeResponse(ItemResponse):
    """The text typed in each blank, as it was typed, "" where nothing was.

    `meant` has for each of them the number that was meant, "" where there was no choice or none was made.
    """

    blanks: tuple[str, ...]
    meant: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """Return what each blank says: the number that was meant, else the text."""
        return tuple(meant or text for text, meant in zip_longest(self.blanks, self.meant, fillvalue=""))


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
        if not any(text.strip() for text in texts):
            return None
        chosen = zip_longest(texts, as_sequence(data.get("meant"))[:count])
        meant = tuple(read_typed(text).meant(one) or "" for text, one in chosen)
        return ClozeResponse(tuple(texts), meant if any(meant) else ())

    def to_json(self, response: ClozeResponse) -> dict[str, Any]:
        """Return {"blanks": the texts}, with "meant" where one of them is a number that had to be chosen."""
        return {"blanks": list(response.blanks)} | ({"meant": list(response.meant)} if response.meant else {})

    def parse_form(
        self, form: FormFields, presentation: Presentation, before: ClozeResponse | None = None
    ) -> ClozeResponse | None:
        numbers = range(len(self.blanks))
        fields = {"blanks": "blank-{}", "meant": "blank-{}-meant"}
        return self.parse({key: [form.get(name.format(number)) for number in numbers] for key, name in fields.items()})

    def form_values(self, response: ClozeResponse, presentation: Presentation) -> Iterator[tuple[str, str]]:
        yield from ((f"blank-{number}", text) for number, text in enumerate(response.blanks))
        yield from ((f"blank-{number}-meant", one) for number, one in enumerate(response.meant) if one)

    def missing(self, response: ClozeResponse | None, presentation: Presentation) -> tuple[Missing, ...]:
        lacks = []
        for number, (_, text) in enumerate(self._blanks_filled(response)):
            if not text.strip():
                lacks.append(Missing(f"blank-{number}", Message("Write a word in %(label)s")))
            elif (typed := read_typed(text)).ambiguous:
                lacks.append(Missing(f"blank-{number}-meant", typed.question))
        return tuple(lacks)

    def grade(self, response: ClozeResponse | None) -> float:
        """Give cloze the share of blanks with an accepted answer, compared as `words.normalize` says."""
        return share([blank.accepts(text) for blank, text in self._blanks_filled(response)])

    def form(self, response: ClozeResponse | None, presentation: Presentation) -> ItemForm:
        labels = (Message("gap %(number)s", number) for number in range(1, len(self.blanks) + 1))
        blanks = [Input("blank", f"blank-{index}", label) for index, label in enumerate(labels)]
        typed = enumerate(map(read_typed, response.blanks if response else ()))
        blanks += [meant_input(f"blank-{index}-meant", one) for index, one in typed if one.ambiguous]
        task = Message("Fill each gap. Capitals do not matter.")
        all_missing = Message("Write a word in each of the %(number)s gaps")
        return ItemForm("gaps", tuple(blanks), task, all_missing, texts=tuple(BLANK.split(self.text)[::2]))

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

    def hidden_keys(self) -> Iterator[HiddenKey]:
        return (HiddenKey(("blanks", n, "accept", 0), blank.accept[0]) for n, blank in enumerate(self.blanks))

    def _blanks_filled(self, response: ClozeResponse | None) -> Iterator[tuple[Blank, str]]:
        return zip(self.blanks, response.words if response else ("",) * len(self.blanks), strict=True)
