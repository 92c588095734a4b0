"""Scenario: a short conversation that branches with each reply."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from learnapp.quiz.display import Explanation, Input, ItemForm, Message, Verdict, numbered_choices
from learnapp.quiz.item import (
    BaseItem,
    FormFields,
    ItemResponse,
    Missing,
    Presentation,
    as_sequence,
    is_index,
    read_digits,
    shuffled_order,
)
from learnapp.quiz.model import LIST_MAX, FrozenModel, HiddenKey, Slug, Text, TextPart, left_out, require_distinct

Rating = Literal["best", "weak", "worse"]
Steps = list[tuple[int, int | None]]

WORTH = {"best": 1.0, "weak": 0.5, "worse": 0.0}
RATING_WORDS: dict[Rating, tuple[Verdict, Message]] = {
    "best": ("right", Message("Works well")),
    "weak": ("neutral", Message("Could work better")),
    "worse": ("wrong", Message("Does not help")),
}
# Said of both where a turn is a choice between goods.
TWO_GOODS = Message("Good, at a cost")


class Reply(TextPart):
    """One reply in a conversation: how good it is, why, and which turn it leads to (none: the end).

    Where two are best, each says what it costs.
    """

    rating: Rating
    cost: Text | None = Field(default=None, exclude_if=left_out)
    next: Slug | None = None


class Turn(FrozenModel):
    """What the other person says, and the replies to choose from."""

    id: Slug
    says: Text
    replies: tuple[Reply, ...] = Field(min_length=2, max_length=8)

    @property
    def two_goods(self) -> bool:
        """Tell whether two replies or more are best, so that the choice is between goods."""
        return len(self.best) > 1

    @property
    def best(self) -> tuple[Reply, ...]:
        """Return the best replies."""
        return tuple(reply for reply in self.replies if reply.rating == "best")


@dataclass(frozen=True, slots=True)
class ScenarioResponse(ItemResponse):
    """The reply at each turn along the path, at least one."""

    replies: tuple[int, ...]


class Scenario(BaseItem[ScenarioResponse]):
    """Hold a short conversation: choose a reply, hear the answer, go on. The first turn is the start."""

    type: Literal["scenario"]
    turns: tuple[Turn, ...] = Field(min_length=1, max_length=2 * LIST_MAX)

    stepwise = True

    @model_validator(mode="after")
    def _sound_conversation(self) -> Self:
        """Raise ValueError unless every turn can be reached, can be done well, and the conversation ends."""
        leads = {turn.id: [reply.next for reply in turn.replies if reply.next is not None] for turn in self.turns}
        if len(leads) < len(self.turns):
            raise ValueError("give each turn its own `id`; two are the same")
        for turn in self.turns:
            require_distinct((reply.text for reply in turn.replies), f"replies of turn {turn.id}")
            if all(reply.rating != "best" for reply in turn.replies):
                raise ValueError(f"rate at least one reply of turn {turn.id} as `best`")
            for reply in turn.replies:
                if reply.cost is not None and not (turn.two_goods and reply.rating == "best"):
                    raise ValueError(f"write `cost` only where two replies are best; see “{reply.text}” in {turn.id}")
            if unknown := [name for name in leads[turn.id] if name not in leads]:
                raise ValueError(f"write the id of a turn after `next` in turn {turn.id}; {unknown[0]} is none")
        try:
            TopologicalSorter(leads).prepare()
        except CycleError as error:
            circle = " -> ".join(reversed(error.args[1]))
            raise ValueError(f"let the conversation end; these turns lead round in a circle: {circle}") from error
        # Without circles, going back from any turn ends at one that nothing leads to: the start, or a lost one.
        led_to = {name for names in leads.values() for name in names}
        if lost := [turn.id for turn in self.turns[1:] if turn.id not in led_to]:
            raise ValueError(f"let a reply lead to turn {lost[0]}, or remove the turn")
        return self

    def present(self, revision: str, seed: int) -> Presentation:
        """Decide the order in which the replies of each turn are shown."""
        turns = ((len(turn.replies), f"{self.id}/{turn.id}") for turn in self.turns)
        return Presentation(replies=tuple(shuffled_order(count, revision, seed, name) for count, name in turns))

    def parse(self, data: dict[str, Any]) -> ScenarioResponse | None:
        steps = self._steps(as_sequence(data.get("replies")))
        replies = tuple(reply for _turn, reply in steps if reply is not None)
        return ScenarioResponse(replies) if replies else None

    def parse_form(
        self, form: FormFields, presentation: Presentation, before: ScenarioResponse | None = None
    ) -> ScenarioResponse | None:
        """Return the replies so far with the one sent, if it is to the turn that waits for one: what was said stands.

        Else all reactions could be heard, one after the other, before the conversation counts.
        """
        turn, said = self._steps(_replies(before))[-1]
        if said is not None or (read_digits(form.get("turn")) or 0) != self.steps_taken(before):
            return before
        reply = Presentation(presentation.replies[turn]).index_at(form.get("reply"))
        return self.parse({"replies": (*_replies(before), reply)})

    def form_values(self, response: ScenarioResponse, presentation: Presentation) -> tuple[tuple[str, str], ...]:
        return ()  # What was said stands on the page, not in a field.

    def screen_values(self, response: ScenarioResponse, presentation: Presentation) -> Iterator[tuple[str, str]]:
        for turn, reply in self._steps(response.replies):
            if reply is not None:
                yield "reply", str(presentation.replies[turn].index(reply))

    def missing(self, response: ScenarioResponse | None, presentation: Presentation) -> tuple[Missing, ...]:
        return (Missing("reply", Message("Choose what to say")),) if self.goes_on(response) else ()

    def grade(self, response: ScenarioResponse | None) -> float:
        """Give scenario the mean over the turns taken: best 1, weak half, worse 0.

        A path that is not finished earns nothing.
        """
        if self.goes_on(response):
            return 0.0
        steps = self._steps(_replies(response))
        worth = [WORTH[self.turns[turn].replies[reply].rating] for turn, reply in steps if reply is not None]
        return sum(worth) / len(worth)

    def form(self, response: ScenarioResponse | None, presentation: Presentation) -> ItemForm:
        """Return the conversation so far and the replies to choose from; turns not reached stay out."""
        steps = [(turn, self.turns[turn], reply) for turn, reply in self._steps(_replies(response))]
        turns = tuple((turn.says, None if reply is None else turn.replies[reply].text) for _, turn, reply in steps)
        number, turn, reply = steps[-1]
        if reply is not None:
            return ItemForm("conversation", (), turns=turns)
        choices = numbered_choices(turn.replies[index].text for index in presentation.replies[number])
        radios = Input("radios", "reply", Message("What do you say?"), choices)
        return ItemForm("conversation", (radios,), turns=turns)

    def explain(self, response: ScenarioResponse | None, presentation: Presentation) -> Iterator[Explanation]:
        return self._explain(self._steps(_replies(response)), presentation.replies)

    def answer_key(self) -> Iterator[Explanation]:
        orders = [range(len(turn.replies)) for turn in self.turns]
        return self._explain([(number, None) for number in range(len(self.turns))], orders)

    def claims(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        yield from super().claims()
        yield from ((key.where, key.text) for key in self.hidden_keys())

    def hidden_keys(self) -> Iterator[HiddenKey]:
        for n, turn in enumerate(self.turns):
            poor = tuple(reply.text for reply in turn.replies if reply.rating != "best")
            for at, reply in enumerate(turn.replies):
                if reply.rating == "best":
                    yield HiddenKey(("turns", n, "replies", at, "text"), reply.text, poor)

    def steps_taken(self, response: ScenarioResponse | None) -> int:
        return len(_replies(response))

    def goes_on(self, response: ScenarioResponse | None) -> bool:
        _turn, reply = self._steps(_replies(response))[-1]
        return reply is None

    def _steps(self, replies: Iterable[object]) -> Steps:
        """Return (turn, reply) for each turn taken, up to the first reply that is none, and for the next turn.

        The next turn has no reply (None) yet; at the end of the conversation there is none.
        """
        numbers = {turn.id: number for number, turn in enumerate(self.turns)}
        steps: Steps = []
        turn = 0
        for reply in replies:
            if not is_index(reply, len(self.turns[turn].replies)):
                break
            steps.append((turn, reply))
            leads_to = self.turns[turn].replies[reply].next
            if leads_to is None:
                return steps
            turn = numbers[leads_to]
        return [*steps, (turn, None)]

    def _explain(self, steps: Steps, orders: Sequence[Iterable[int]]) -> Iterator[Explanation]:
        for part, (number, taken) in enumerate(steps):
            turn = self.turns[number]
            for index in orders[number]:
                reply = turn.replies[index]
                verdict, words = RATING_WORDS[reply.rating]
                yield Explanation(
                    verdict,
                    TWO_GOODS if reply.cost else words,
                    feedback=reply.feedback,
                    fact=self.fact_behind(reply),
                    text=reply.text,
                    chosen=index == taken,
                    part=part,
                    heading=turn.says,
                    leads_to=reply.next or "",
                    cost=reply.cost or "",
                )


def _replies(response: ScenarioResponse | None) -> tuple[int, ...]:
    return response.replies if response else ()
