"""Forecast: how much will be remembered on a day, as a figure shows it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fsrs import Rating

from learnapp.content.catalog import Catalog
from learnapp.learning.review.queue import CARDS_A_DAY, DueCard, ReviewQueue
from learnapp.learning.review.schedule import MemoryState, recall, schedule_review


@dataclass(frozen=True, slots=True)
class ModuleForecast:
    """Cards of one module (`number` None: of all) with the percent known, today and on the day aimed at.

    `without_review` is for nothing reviewed until then, `with_review` for every card answered as it comes.
    `today` is None where cards were answered today: what was just read is no sign of what is remembered.
    """

    number: int | None
    title: str
    cards: int
    today: int | None
    without_review: int
    with_review: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is known today and will be on a day, without review and with it, in all and by module."""

    day: date
    all: ModuleForecast
    modules: tuple[ModuleForecast, ...]


def forecast(catalog: Catalog, queue: ReviewQueue, day: date) -> Forecast | None:
    """Return the forecast for a day, modules in the order of the course; None without cards."""
    if not queue.cards:
        return None
    reviewed = simulate_reviews(queue, day)
    fresh = any(card.memory.reviewed_on >= queue.today for card in queue.cards)

    def share(number: int | None, title: str, cards: Sequence[DueCard]) -> ModuleForecast:
        memories = [card.memory for card in cards]
        now = None if fresh else _percent(memories, queue.today)
        kept = _percent([reviewed[card.id] for card in cards], day)
        return ModuleForecast(number, title, len(cards), now, _percent(memories, day), kept)

    by_module = [
        (module, [card for card in queue.cards if card.module == module.slug]) for module in catalog.modules.values()
    ]
    shares = (share(module.number, module.title, cards) for module, cards in by_module if cards)
    return Forecast(day, share(None, "", queue.cards), tuple(shares))


def simulate_reviews(queue: ReviewQueue, day: date) -> Mapping[int, MemoryState]:
    """Return the memory that each card (by id) has on a day if all before it are answered right as they come.

    As in the queue, a day has room for `CARDS_A_DAY` cards and takes those most likely forgotten.
    """
    memories = {card.id: card.memory for card in queue.cards}
    room, when = CARDS_A_DAY - queue.done, queue.today
    while when < day:
        due = [card for card, memory in memories.items() if memory.due_on <= when]
        due.sort(key=lambda card: recall(memories[card], when))
        for card in due[: max(0, room)]:
            memories[card] = schedule_review(memories[card], Rating.Good, when)
        room = CARDS_A_DAY
        when = max(when + timedelta(days=1), min(memory.due_on for memory in memories.values()))
    return memories


def _percent(memories: Sequence[MemoryState], when: date) -> int:
    return round(100 * sum(recall(memory, when) for memory in memories) / len(memories))
