"""Scenario: a short conversation that branches with each reply."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from learnapp.quiz.display import Explanation, Input, ItemForm, Message, Verdict, numbered_choices
from learnapp.quiz.item import (
    MANY,
    BaseItem,
    FormFields,
    ItemResponse,
    Missing,
    Presentation,
    Score,
    is_index,
    read_digits,
    score,
    sequence,
    shuffled,
)
from learnapp.quiz.model import FactId, FrozenModel, Slug, Text, require_distinct

Rating = Literal["best", "weak", "worse"]
Path = tuple[tuple[int, int], ...]

WORTH: dict[Rating, Fraction] = {"best": Fraction(1), "weak": Fraction(1, 2), "worse": Fraction(0)}
VERDICTS: dict[Rating, tuple[Verdict, Message]] = {
    "best": ("right", Message("Works well")),
    "weak": ("neutral", Message("Could work better")),
    "worse": ("wrong", Message("Does not help")),
}


class Reply(FrozenModel):
    """One reply in a conversation: how good it is, why, and which turn it leads to (none: the end)."""

    text: Text
    rating: Rating
    feedback: Text
    see: FactId | None = None
    next: Slug | None = None


class Turn(FrozenModel):
    """What the other person says, and the replies to choose from."""

    id: Slug
    says: Text
    replies: tuple[Reply, ...] = Field(min_length=2, max_length=8)


@dataclass(frozen=True, slots=True)
class ScenarioResponse(ItemResponse):
    """The reply at each turn along the path, at least one."""

    replies: tuple[int, ...]


class Scenario(BaseItem[ScenarioResponse]):
    """Hold a short conversation: choose a reply, hear the answer, go on. The first turn is the start."""

    type: Literal["scenario"]
    turns: tuple[Turn, ...] = Field(min_length=1, max_length=2 * MANY)

    stepwise: ClassVar[bool] = True
    outcome: ClassVar[Message | None] = Message("Here is what each reply would have done.")

    @model_validator(mode="after")
    def _sound_conversation(self) -> Scenario:
        _require_sound_conversation(self.turns)
        return self

    def present(self, revision: str, seed: int) -> Presentation:
        """Decide the order in which the replies of each turn are shown."""
        turns = ((len(turn.replies), f"{self.id}/{turn.id}") for turn in self.turns)
        return Presentation(replies=tuple(shuffled(count, revision, seed, name) for count, name in turns))

    def parse(self, data: dict[str, Any]) -> ScenarioResponse | None:
        path = self._path(sequence(data.get("replies")))
        return ScenarioResponse(tuple(reply for _turn, reply in path)) if path else None

    def parse_form(
        self, form: FormFields, shown: Presentation, before: ScenarioResponse | None = None
    ) -> ScenarioResponse | None:
        """Return the replies so far with the one sent; one to an earlier turn replaces what came after it."""
        stands = read_digits(form.get("turn")) or 0
        replies = before.replies[:stands] if before else ()
        turn, position = self._waiting(replies), read_digits(form.get("reply"))
        if turn is not None and is_index(position, len(shown.replies[turn])):
            replies = (*replies, shown.replies[turn][position])
        return self.parse({"replies": replies})

    def form_values(self, response: ScenarioResponse, shown: Presentation) -> tuple[tuple[str, str], ...]:
        return ()  # What was said stands on the page, not in a field.

    def missing(self, response: ScenarioResponse | None, shown: Presentation) -> tuple[Missing, ...]:
        return (Missing("reply", Message("Choose what to say")),) if self.goes_on(response) else ()

    def grade(self, response: ScenarioResponse | None) -> Score:
        """Give scenario the mean over the turns taken: best 1, weak half, worse 0.

        A path that is not finished earns nothing. Parts: the turns taken, right if the reply was a best one.
        """
        path = self._path(_replies(response))
        ratings = [self.turns[turn].replies[reply].rating for turn, reply in path]
        finished = ratings and not self.goes_on(response)
        total = sum((WORTH[rating] for rating in ratings), Fraction(0))
        return score(total / len(ratings) if finished else 0, (rating == "best" for rating in ratings))

    def form(self, response: ScenarioResponse | None, shown: Presentation) -> ItemForm:
        """Return the conversation so far and the replies to choose from; turns not reached stay out."""
        replies = _replies(response)
        turns: list[tuple[str, str | None]] = [
            (self.turns[turn].says, self.turns[turn].replies[reply].text)
            for turn, reply in self._path(replies)
        ]
        inputs: tuple[Input, ...] = ()
        if (waiting := self._waiting(replies)) is not None:
            turn = self.turns[waiting]
            turns.append((turn.says, None))
            choices = numbered_choices([turn.replies[index].text for index in shown.replies[waiting]])
            inputs = (Input("radios", "reply", Message("What do you say?"), choices),)
        return ItemForm("conversation", inputs, turns=tuple(turns))

    def explain(self, response: ScenarioResponse | None, shown: Presentation) -> Iterator[Explanation]:
        replies = _replies(response)
        path: list[tuple[int, int | None]] = [*self._path(replies)]
        if (waiting := self._waiting(replies)) is not None:
            path.append((waiting, None))
        for part, (turn, taken) in enumerate(path):
            yield from self._explain_turn(turn, shown.replies[turn], part, taken)

    def answer_key(self) -> Iterator[Explanation]:
        for turn, known in enumerate(self.turns):
            yield from self._explain_turn(turn, range(len(known.replies)), turn)

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        for n, turn in enumerate(self.turns):
            for at, reply in enumerate(turn.replies):
                if reply.rating == "best":
                    yield ("turns", n, "replies", at, "text"), reply.text

    def steps_taken(self, response: ScenarioResponse | None) -> int:
        return len(_replies(response))

    def goes_on(self, response: ScenarioResponse | None) -> bool:
        return self._waiting(_replies(response)) is not None

    def _path(self, replies: Iterable[object]) -> Path:
        """Return (turn, reply) for each turn taken, up to the first reply that is none."""
        taken: list[tuple[int, int]] = []
        turn: int | None = 0
        for reply in replies:
            if turn is None or not is_index(reply, len(self.turns[turn].replies)):
                break
            taken.append((turn, reply))
            turn = self._after(turn, reply)
        return tuple(taken)

    def _waiting(self, replies: Iterable[object]) -> int | None:
        """Return the turn that waits for a reply, or None at the end of the conversation."""
        path = self._path(replies)
        return self._after(*path[-1]) if path else 0

    def _after(self, turn: int, reply: int) -> int | None:
        leads_to = self.turns[turn].replies[reply].next
        return next((number for number, turn in enumerate(self.turns) if turn.id == leads_to), None)

    def _explain_turn(
        self, turn: int, order: Iterable[int], part: int, taken: int | None = None
    ) -> Iterator[Explanation]:
        for index in order:
            reply = self.turns[turn].replies[index]
            verdict, words = VERDICTS[reply.rating]
            yield Explanation(
                verdict,
                words,
                why=reply.feedback,
                see=reply.see or self.facts[0],
                text=reply.text,
                chosen=index == taken,
                part=part,
                heading=self.turns[turn].says,
                leads_to=reply.next or "",
            )


def _replies(response: ScenarioResponse | None) -> tuple[int, ...]:
    return response.replies if response else ()


def _require_sound_conversation(turns: Sequence[Turn]) -> None:
    """Raise ValueError unless every turn can be reached, can be done well, and the conversation ends."""
    numbers = {turn.id: number for number, turn in enumerate(turns)}
    if len(numbers) < len(turns):
        raise ValueError("give each turn its own `id`; two are the same")
    for turn in turns:
        _require_sound_turn(turn, numbers.keys())
    leads = [[numbers[reply.next] for reply in turn.replies if reply.next is not None] for turn in turns]
    if circle := _find_circle(leads):
        names = " -> ".join(turns[number].id for number in circle)
        raise ValueError(f"let the conversation end; these turns lead round in a circle: {names}")
    if lost := set(range(len(turns))) - _reachable(leads):
        raise ValueError(f"let a reply lead to turn {turns[min(lost)].id}, or remove the turn")


def _require_sound_turn(turn: Turn, known: Iterable[str]) -> None:
    require_distinct((reply.text for reply in turn.replies), f"replies of turn {turn.id}")
    if all(reply.rating != "best" for reply in turn.replies):
        raise ValueError(f"rate at least one reply of turn {turn.id} as `best`")
    for reply in turn.replies:
        if reply.next is not None and reply.next not in known:
            raise ValueError(f"write the id of a turn after `next` in turn {turn.id}; {reply.next} is none")


def _reachable(leads: Sequence[Sequence[int]]) -> set[int]:
    """Return the turns that some path from turn 0 meets; `leads[i]` are the turns that i leads to."""
    seen, waiting = {0}, [0]
    while waiting:
        new = set(leads[waiting.pop()]) - seen
        seen |= new
        waiting.extend(new)
    return seen


def _find_circle(leads: Sequence[Sequence[int]]) -> list[int]:
    """Return turns that lead back to the first of them, or nothing if every path ends."""
    left = set(range(len(leads)))
    while ends := {number for number in left if not left & set(leads[number])}:
        left -= ends
    if not left:
        return []
    path = [min(left)]  # Every turn left leads to another one left, so the path must meet itself.
    while path[-1] not in path[:-1]:
        path.append(min(left & set(leads[path[-1]])))
    return path[path.index(path[-1]) :]
