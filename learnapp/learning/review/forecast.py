"""Forecast: how much will be remembered on a day, as a figure shows it. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fsrs import Rating

from learnapp.content.catalog import Catalog
from learnapp.learning.review.queue import CARDS_A_DAY, DueCard
from learnapp.learning.review.schedule import MemoryState, recall, schedule_review


@dataclass(frozen=True, slots=True)
class Share:
    """Cards of one module (`number` None: of all) with the percent known, today and on the day aimed at.

    `then` is for nothing reviewed until then, `kept` for every card answered as it comes. `now` is None where
    cards were answered today: what was just told is no sign of what is remembered.
    """

    number: int | None
    title: str
    cards: int
    now: int | None
    then: int
    kept: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is known today and will be on a day, without review and with it, in all and by module."""

    day: date
    all: Share
    modules: tuple[Share, ...]


def forecast(catalog: Catalog, cards: Iterable[DueCard], today: date, day: date) -> Forecast | None:
    """Return the forecast for a day, modules in the order of the course; None without cards."""
    held = tuple(cards)
    if not held:
        return None
    later = simulate_reviews(held, today, day)
    fresh = any(card.memory.reviewed_on >= today for card in held)

    def share(number: int | None, title: str, own: Sequence[DueCard]) -> Share:
        memories = [card.memory for card in own]
        now = None if fresh else _percent(memories, today)
        kept = _percent([later[card.id] for card in own], day)
        return Share(number, title, len(own), now, _percent(memories, day), kept)

    shares = []
    for module in catalog.modules.values():
        own = [card for card in held if card.module == module.slug]
        if own:
            shares.append(share(module.number, module.title, own))
    return Forecast(day, share(None, "", held), tuple(shares))


def simulate_reviews(cards: Sequence[DueCard], today: date, day: date) -> Mapping[int, MemoryState]:
    """Return the memory that each card (by id) has on a day if all before it are answered right as they come.

    As in the queue, a day has room for `CARDS_A_DAY` cards and takes those most likely forgotten.
    """
    memories = {card.id: card.memory for card in cards}
    room, when = CARDS_A_DAY - sum(card.reviewed_by_card(today) for card in cards), today
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
