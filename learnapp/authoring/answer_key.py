"""An item with everything that its file says: each answer, whether it is a key, and its feedback. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from learnapp.quiz.items import (
    Categorise,
    Cloze,
    Item,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Scenario,
    Single,
    TrueFalse,
)
from learnapp.quiz.model import Option, Turn
from learnapp.quiz.numerals import show_number

Mark = Literal["key", "not", "weak", "part"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `mark`: a key, not a key, a weak reply, or part of the right answer.

    `label` is what the answer belongs to: a prompt, a place, an entry, a gap. `case` names what the feedback
    replies to where no answer is chosen: right, low, high, unit, wrong. Texts are inline Markdown.
    """

    mark: Mark
    text: str
    feedback: str
    see: str
    label: str = ""
    case: str = ""
    next: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Answers that belong together; `heading` is a turn's words, or verdict and reason, or empty."""

    heading: str
    answers: tuple[Answer, ...]


def groups(item: Item) -> tuple[Group, ...]:
    """Return all answers of an item in the order of its file."""
    first = item.facts[0]
    match item:
        case Single() | Multiple():
            return (Group("", tuple(_options(item.options, first))),)
        case TrueFalse():
            verdicts = ((True, item.feedback.if_true), (False, item.feedback.if_false))
            said = (
                Answer("key" if verdict is item.key else "not", str(verdict), why, first)
                for verdict, why in verdicts
            )
            return Group("verdict", tuple(said)), Group("reason", tuple(_options(item.reasons, first)))
        case Numeric():
            return (Group("", tuple(_numeric(item))),)
        case Matching():
            pairs = [
                Answer("part", one.match, one.feedback, one.see or first, one.prompt) for one in item.pairs
            ]
            others = [Answer("not", text, "", first, case="distractor") for text in item.distractors]
            return (Group("", (*pairs, *others)),)
        case Ordering():
            return (
                Group(
                    "",
                    tuple(
                        Answer("part", one.text, one.feedback, one.see or first, str(place))
                        for place, one in enumerate(item.entries, 1)
                    ),
                ),
            )
        case Cloze():
            return (Group("", tuple(_cloze(item))),)
        case Categorise():
            return (
                Group(
                    "",
                    tuple(
                        Answer("part", one.category, one.feedback, one.see or first, one.text)
                        for one in item.entries
                    ),
                ),
            )
        case Scenario():
            return tuple(Group(turn.says, tuple(_replies(turn, first))) for turn in item.turns)
        case _:
            assert_never(item)


def _options(options: Iterable[Option], first: str) -> Iterator[Answer]:
    for one in options:
        yield Answer("key" if one.key else "not", one.text, one.feedback, one.see or first)


def _numeric(item: Numeric) -> Iterator[Answer]:
    see = item.see or item.facts[0]
    low, high = (show_number(item.answer + way * item.tolerance) for way in (-1, 1))
    text = f"{low if low == high else f'{low}–{high}'} {item.unit or ''}".strip()
    yield Answer("key", text, item.feedback.right, see, case="right")
    yield Answer("not", "", item.feedback.low, see, case="low")
    yield Answer("not", "", item.feedback.high, see, case="high")
    if item.feedback.unit:
        others = ", ".join(unit for unit in item.units if unit != item.unit)
        yield Answer("not", others, item.feedback.unit, see, case="unit")


def _cloze(item: Cloze) -> Iterator[Answer]:
    for number, blank in enumerate(item.blanks, 1):
        see = blank.see or item.facts[0]
        yield Answer("part", " / ".join(blank.accept), blank.feedback, see, str(number))
        for one in blank.wrong:
            yield Answer("not", " / ".join(one.answers), one.feedback, see, str(number), "wrong")


def _replies(turn: Turn, first: str) -> Iterator[Answer]:
    marks: dict[str, Mark] = {"best": "key", "weak": "weak", "worse": "not"}
    for one in turn.replies:
        yield Answer(marks[one.rating], one.text, one.feedback, one.see or first, next=one.next or "")
