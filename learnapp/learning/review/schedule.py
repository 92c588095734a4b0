"""Schedule: when a question is asked again and how well it will be known: FSRS, counted in days. Pure.

Fuzzing is off, so that the same answers always give the same days. There are no steps within a day: what was
wrong comes back on the next one, which keeps a day's review short and its end foreseeable.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from fsrs import Card, Rating, Scheduler, State

from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.item import Item

LONGEST_DAYS = 365
SURE = 3

_FSRS = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)


@dataclass(frozen=True, slots=True)
class MemoryState:
    """How firmly something is known: stability in days, difficulty from 1 to 10, the days last and next."""

    stability: float
    difficulty: float
    reviewed_on: date
    due_on: date


def rate(item: Item, state: ItemState, certainty: int | None) -> Rating:
    """Rate an answer: wrong, partly right or tried twice is Again, right after a hint Hard, right Good, sure Easy."""
    if state.tries > 1 or item.grade(state.response) < 1:
        return Rating.Again
    if state.hints:
        return Rating.Hard
    return Rating.Easy if certainty == SURE else Rating.Good


def schedule_review(before: MemoryState | None, rating: Rating, day: date) -> MemoryState:
    """Return the memory after a review on this day; `before` is None for the first one."""
    moment = _noon(day)
    card = Card(card_id=0, due=moment) if before is None else _card(before)
    after, _log = _FSRS.review_card(card, rating, moment)
    if after.stability is None or after.difficulty is None:
        raise ValueError("a review leaves a memory")
    return MemoryState(after.stability, after.difficulty, day, after.due.date())


def replay(reviews: Iterable[tuple[date, Rating]]) -> MemoryState | None:
    """Return the memory that a history leaves, given in the order of time; None for none."""
    memory: MemoryState | None = None
    for day, rating in reviews:
        memory = schedule_review(memory, rating, day)
    return memory


def recall(memory: MemoryState, day: date) -> float:
    """Return the share, from 0 to 1, of such cards that will be known on a day if none is reviewed before."""
    return float(_FSRS.get_card_retrievability(_card(memory), _noon(day)))


def recalls(memories: Iterable[tuple[float, date]], day: date) -> list[float]:
    """Return that share for each of many cards of which stability and day of the last review are given.

    One card stands for all in turn, since to make each would take longer than to ask FSRS about it.
    """
    moment, card, noons = _noon(day), Card(card_id=0, due=_noon(day), state=State.Review), dict[date, datetime]()
    found = []
    for stability, reviewed_on in memories:
        noon = noons.get(reviewed_on)
        if noon is None:
            noon = noons[reviewed_on] = _noon(reviewed_on)
        card.stability, card.last_review = stability, noon
        found.append(_FSRS.get_card_retrievability(card, moment))
    return found


def _card(memory: MemoryState) -> Card:
    return Card(
        card_id=0,
        state=State.Review,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_noon(memory.due_on),
        last_review=_noon(memory.reviewed_on),
    )


def _noon(day: date) -> datetime:
    """Stand for a day by one moment of it, so that days between reviews are days of the calendar."""
    return datetime.combine(day, time(12), UTC)
