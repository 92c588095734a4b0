"""Items: what all nine types share. A type is one file in `types/`, a model with its response.

A response is parsed once, from a form or from what was stored, into its type's frozen value; every index in
it counts in the order of the file. Browsers see and send positions on the page only, since the order of a
file gives keys away. No answer at all is None, in every type. What single and multiple choice share stands in
`options.py`, what matching, ordering and categorise share in `rows.py`.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from hashlib import sha256
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeGuard, TypeVar

from pydantic import Field

from learnapp.quiz.display import Explanation, ItemForm, Message
from learnapp.quiz.model import FactId, FrozenModel, HiddenKey, ItemPart, Slug, Text, left_out
from learnapp.quiz.stimulus import Stimulus

PARTS_MAX = 100
PIECE = re.compile(r"Piece ([A-D])\b")


class FormFields(Protocol):
    """The fields of a form that was sent, as Werkzeug's MultiDict has them."""

    def get(self, key: str, /) -> str | None: ...

    def getlist(self, key: str, /) -> list[str]: ...


class ItemResponse:
    """A response to an item, well formed and frozen; a type has its own dataclass, or that of its family."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that must be filled in before checking: the name of its field, and what to say.

    The message's %(label)s is the label of the field.
    """

    part: str
    message: Message


@dataclass(frozen=True, slots=True)
class Presentation:
    """Where things stand on the page: file positions, in the order shown.

    `order` is that of what the type shuffles (options, reasons, units, matches, entries), `replies` that of
    the replies of each turn of a scenario. Prompts, blanks, categories and turns keep the order of the file.
    """

    order: tuple[int, ...] = ()
    replies: tuple[tuple[int, ...], ...] = ()

    def index_at(self, sent: str | None) -> int | None:
        """Return what is shown at the position that a form sent, None for a position that there is not."""
        position = read_digits(sent)
        return self.order[position] if is_index(position, len(self.order)) else None


ResponseT = TypeVar("ResponseT", bound=ItemResponse)
PieceLetter = Literal["A", "B", "C", "D"]


class BaseItem(FrozenModel, ABC, Generic[ResponseT]):
    """An item: its id, ids that it had, its stem, facts tested, hints, and all that its type knows to do.

    A `stimulus` is something unseen that stands above the stem. `pieces` are the letters of the lesson's pieces of
    evidence that it works with, "Piece A": whoever answers has them at hand.

    Each is worth one mark. Nothing here raises on any response, form or stored value.
    """

    type: str
    id: Slug
    was: tuple[Slug, ...] = Field(default=(), max_length=20)
    stimulus: Stimulus | None = Field(default=None, exclude_if=left_out)
    pieces: tuple[PieceLetter, ...] | None = Field(default=None, min_length=2, max_length=4, exclude_if=left_out)
    stem: Text
    facts: tuple[FactId, ...] = Field(min_length=1, max_length=40)
    review: bool = False
    hints: tuple[Text, ...] = Field(default=(), max_length=5)

    by_choice: ClassVar[bool] = False
    """Whether it is answered by choosing alone, so that it may be asked before it was taught."""
    stepwise: ClassVar[bool] = False
    """Whether it is answered in several steps, each sent by itself: a conversation."""
    shuffled_attribute: ClassVar[str | None] = None
    """The name of the attribute whose parts the page shuffles, such as options."""
    required: ClassVar[Mapping[str, Message]] = {}
    """The fields without which a response cannot be checked, and what to say where one is missing."""

    @property
    def file_order(self) -> Presentation:
        """Return the presentation that shows everything in the order of the file."""
        return Presentation(
            tuple(range(len(getattr(self, self.shuffled_attribute)))) if self.shuffled_attribute else ()
        )

    def present(self, revision: str, seed: int) -> Presentation:
        """Decide the order in which the item is shown: a pure function of (revision, seed).

        Options that are pieces of evidence stay in the order of their letters; that of others would give keys away.
        """
        if self.pieces and self._lists_pieces():
            return self.file_order
        return Presentation(shuffled_order(len(self.file_order.order), revision, seed, self.id))

    def _lists_pieces(self) -> bool:
        """Tell whether its options are pieces, each once and in the order of their letters."""
        options = getattr(self, "options", ()) if self.shuffled_attribute == "options" else ()
        letters = [found[1] if (found := PIECE.match(option.text)) else "" for option in options]
        return bool(letters) and all(letters) and letters == sorted(set(letters))

    def parse_stored(self, stored: object) -> ResponseT | None:
        """Return the response that was stored as JSON."""
        return self.parse(stored) if isinstance(stored, dict) else None

    def to_json(self, response: ResponseT) -> dict[str, Any]:
        """Return a response as it is stored; what was not answered is left out."""
        values = asdict(response)  # type: ignore[call-overload]
        return {name: value for name, value in values.items() if value is not None}

    def missing(self, response: ResponseT | None, presentation: Presentation) -> tuple[Missing, ...]:
        """List what must still be filled in before the response can be checked."""
        fields = self.required.items()
        return tuple(Missing(name, message) for name, message in fields if getattr(response, name, None) is None)

    @abstractmethod
    def parse(self, data: dict[str, Any]) -> ResponseT | None:
        """Return the response in any data, dropping what is not well formed; None if nothing is left."""

    @abstractmethod
    def parse_form(
        self, form: FormFields, presentation: Presentation, before: ResponseT | None = None
    ) -> ResponseT | None:
        """Return what a form answers, None for no answer; where one answers in steps, one more than the one before."""

    @abstractmethod
    def form_values(self, response: ResponseT, presentation: Presentation) -> Iterable[tuple[str, str]]:
        """Yield the (name, value) fields of a form that would send this response."""

    def screen_values(self, response: ResponseT, presentation: Presentation) -> Iterable[tuple[str, str]]:
        """Yield (name, value) of all that a response says, by positions on the page."""
        return self.form_values(response, presentation)

    @abstractmethod
    def grade(self, response: ResponseT | None) -> float:
        """Return the points from 0 to 1 that a response earns by the rule of the type; no answer earns nothing."""

    @abstractmethod
    def form(self, response: ResponseT | None, presentation: Presentation) -> ItemForm:
        """Return the form that asks the item; a response matters only where it is given in steps."""

    @abstractmethod
    def explain(self, response: ResponseT | None, presentation: Presentation) -> Iterable[Explanation]:
        """Explain every option or part in the light of a response, in the order of the page."""

    def answer_key(self) -> Iterator[Explanation]:
        """Yield every answer and every feedback that the file has, in its order, for authors."""
        words = {"right": Message("Key"), "wrong": Message("Not a key")}
        for explanation in self.explain(None, self.file_order):
            yield replace(explanation, words=words[explanation.verdict])

    def fact_behind(self, part: ItemPart) -> str:
        """Return the fact that the feedback of a part rests on: its own, else the first of the item."""
        return part.see or self.facts[0]

    @property
    def is_recall(self) -> bool:
        """Tell whether it asks what was read, with nothing unseen in front of the learner."""
        return self.stimulus is None and not self.stepwise

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Return the facts that it tests and the evidence that it shows: both follow the age bands."""
        return (*self.facts, *self.stimulus.evidence) if self.stimulus else self.facts

    @property
    def right_numbers(self) -> tuple[Decimal, ...]:
        """Return the numbers that are right, the exact one first; empty where no number is asked."""
        return ()

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield (place in the file, text) of all that the item states as right."""
        yield ("stem",), self.stem

    def hidden_keys(self) -> Iterable[HiddenKey]:
        """Yield the keys that stand among other texts, and the words that a gap wants."""
        return ()

    def steps_taken(self, response: ResponseT | None) -> int:
        """Return how many steps of the answer stand already."""
        return 0

    def goes_on(self, response: ResponseT | None) -> bool:
        """Tell whether the item waits for another step of the answer."""
        return False


Item = BaseItem[Any]


def shuffled_order(count: int, revision: str, seed: int, name: str) -> tuple[int, ...]:
    """Return 0..count-1 in an order that only (revision, seed, name) decide, in every process and year."""

    def rank(index: int) -> bytes:
        # `hash` and `random` may change between processes and versions of Python; SHA-256 may not.
        return sha256(f"{revision}:{seed:x}:{name}:{index}".encode()).digest()

    return tuple(sorted(range(count), key=rank))


def share(parts: Sequence[bool]) -> float:
    """Return the share of parts that are right, as points."""
    return sum(parts) / len(parts)


def read_digits(text: str | None) -> int | None:
    """Read a small number in plain digits, as forms and addresses have it; None for anything else."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= 10 else None


def is_index(value: object, count: int) -> TypeGuard[int]:
    """Tell whether a value is one of the indexes 0..count-1; True and False are none."""
    return type(value) is int and 0 <= value < count


def as_sequence(value: object) -> Sequence[object]:
    """Return a list of at most 100 values, nothing for any other value."""
    return value[:PARTS_MAX] if isinstance(value, list | tuple) else ()
