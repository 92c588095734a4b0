"""Behaviours: when an answer is graded, how often it may be tried, and when feedback may be shown.

- *immediate*: one submission an item, its feedback right after. Hints are free.
- *interactive*: up to three tries. Each wrong try and each hint costs a third of the mark, and the best
  that a try has earned is kept. Closed when right or out of tries, a conversation at its end.
- *deferred*: answers may change until the attempt is finished; graded then. No hints.
"""

from dataclasses import dataclass, replace
from typing import Literal

from learnapp.quiz.item import Item, ItemResponse

Behaviour = Literal["immediate", "interactive", "deferred"]
TRIES_MAX = 3


@dataclass(frozen=True, slots=True)
class ItemState:
    """Where a learner stands with an item.

    `points` are None until something was graded; while a retry is open they are the best so far. `checked`
    says that the response as it stands was graded already.
    """

    response: ItemResponse | None = None
    tries: int = 0
    hints: int = 0
    submitted: bool = False
    points: float | None = None
    checked: bool = False


def keep_response(state: ItemState, response: ItemResponse | None) -> ItemState:
    """Keep a response without grading it; once the item is submitted nothing changes."""
    if state.submitted or response == state.response:
        return state
    return replace(state, response=response, checked=False)


def submit_response(behaviour: Behaviour, item: Item, state: ItemState, response: ItemResponse | None) -> ItemState:
    """Take a response as submitted, by the rules of the behaviour.

    No answer, an item that is submitted, and the same response twice in a row change nothing. Deferred
    only keeps the response.
    """
    state = keep_response(state, response)
    if state.checked or state.response is None or behaviour == "deferred" or not tries_left(behaviour, state):
        return state
    points = earned = item.grade(state.response)
    if behaviour == "interactive":
        lost = (state.tries + state.hints) / TRIES_MAX  # a third for each try and each hint so far
        earned = max(0.0, earned - lost, state.points or 0.0)
    tries = state.tries + 1
    # A conversation is held once: whoever has heard how it ends would only choose by that.
    closed = behaviour == "immediate" or item.stepwise or points == 1 or tries >= TRIES_MAX
    return replace(state, tries=tries, points=earned, submitted=closed, checked=True)


def give_hint(behaviour: Behaviour, item: Item, state: ItemState) -> ItemState:
    """Give the next hint, if there is one more and the item is still open; deferred gives none."""
    if state.submitted or behaviour == "deferred" or state.hints >= len(item.hints):
        return state
    return replace(state, hints=state.hints + 1)


def finish_item(behaviour: Behaviour, item: Item, state: ItemState) -> ItemState:
    """Close the item at the end of an attempt: grade what is answered, give nothing for what is not."""
    closing: Behaviour = "immediate" if behaviour == "deferred" else behaviour
    state = submit_response(closing, item, state, state.response)
    return state if state.submitted else replace(state, submitted=True, points=state.points or 0.0)


def tries_left(behaviour: Behaviour, state: ItemState) -> int:
    """Return how often the item may still be submitted."""
    if state.submitted:
        return 0
    return max(0, TRIES_MAX - state.tries) if behaviour == "interactive" else 1


def may_show_feedback(behaviour: Behaviour, state: ItemState, attempt_finished: bool) -> bool:
    """Tell whether keys and reasons may be shown: never before the item is submitted.

    Deferred waits for the end of the attempt, and interactive for the last try.
    """
    return state.submitted and (attempt_finished or behaviour != "deferred")
