"""Display of an item: the form that asks it and the explanations after it, in plain values without HTML.

Words are an author's inline Markdown (`str`), what a learner typed (`TypedText`) or a `Message` of ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Verdict = Literal["right", "wrong", "neutral"]


class Message(NamedTuple):
    """Words of ours in English, translated where they are shown; `number` and `words` fill their places in it."""

    text: str
    number: int | None = None
    words: str = ""


class TypedText(str):
    """Words as a learner typed them, which are never Markdown."""

    __slots__ = ()


Words: TypeAlias = str | Message

RIGHT, NOT_RIGHT, NOT_ANSWERED = Message("Right"), Message("Not right"), Message("Not answered")
VERDICTS: dict[bool, tuple[Verdict, Message]] = {True: ("right", RIGHT), False: ("wrong", NOT_RIGHT)}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose; `value` is what the browser sends."""

    value: str
    text: Words


@dataclass(frozen=True, slots=True)
class Input:
    """A control of a form; `prompt` stands in a select before a choice, `suffix` (a unit) behind a number.

    `start` is what it holds while nothing was chosen in its form, as an entry to order has the place where it stands.
    """

    kind: Literal["radios", "checks", "select", "number", "blank"]
    name: str
    label: Words
    choices: tuple[Choice, ...] = ()
    prompt: Message | None = None
    suffix: str | None = None
    start: str = ""


@dataclass(frozen=True, slots=True)
class ItemForm:
    """The form that asks an item, made from its question side alone: no key, no rating, no feedback.

    `layout` names the macro that draws it; its rows are filled `by` bringing them into order, by matching or by
    sorting them. `all_missing` is said once where no row is filled in; its
    %(number)s is how many there are. `texts` stand around the inputs of a gap text. `turns` are what the
    other person said with the reply given to it, None at the turn that waits for one.
    """

    layout: Literal["choices", "rows", "number", "gaps", "conversation"]
    inputs: tuple[Input, ...]
    task: Message | None = None
    all_missing: Message | None = None
    texts: tuple[str, ...] = ()
    turns: tuple[tuple[str, str | None], ...] = ()
    by: Literal["order", "match", "sort"] | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """An option or part of an item as pages show it after submission, with its reason.

    `verdict` tells whether it is right, `words` says so to readers. Where options are chosen, `text` is the
    option and `chosen` tells whether the learner took it. Elsewhere `label` is what was asked, `text` the
    right answer and `given` the learner's, which the verdict is about. `fact` is what the feedback rests
    on. Rows of one `part` belong together under its `heading`. `leads_to` is the turn that a
    reply leads to, `cost` what a good reply costs where another is as good.
    """

    verdict: Verdict
    words: Message
    feedback: str
    fact: str
    text: Words = ""
    label: Words = ""
    given: Words = ""
    chosen: bool = False
    part: int = 0
    heading: Words = ""
    leads_to: str = ""
    cost: str = ""


def explain_part(right: bool, feedback: str, fact: str, text: str, label: Words, given: Words) -> Explanation:
    """Return the explanation of a part that the learner filled in; neutral where nothing was given."""
    verdict, words = VERDICTS[right] if given else ("neutral", NOT_ANSWERED)
    return Explanation(verdict, words, feedback, fact, text, label, given)


def numbered_choices(texts: Iterable[str]) -> tuple[Choice, ...]:
    """Return choices whose values are their positions on the page."""
    return tuple(Choice(str(position), text) for position, text in enumerate(texts))
