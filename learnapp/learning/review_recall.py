"""How much will be remembered on a day, as a figure shows it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from learnapp.content.catalog import Catalog
from learnapp.learning.review_desk import CardInHand
from learnapp.learning.review_schedule import recall


@dataclass(frozen=True, slots=True)
class Share:
    """Cards of one module (`number` None: of all) with the percent known today and on the day aimed at."""

    number: int | None
    title: str
    cards: int
    now: int
    then: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is known today and will be on a day if nothing is reviewed until then, in all and by module."""

    day: date
    all: Share
    modules: tuple[Share, ...]


def forecast(catalog: Catalog, cards: Iterable[CardInHand], today: date, day: date) -> Forecast | None:
    """Return the forecast for a day, modules in the order of the course; None without cards."""
    kept = tuple(cards)
    if not kept:
        return None
    shares = []
    for module in catalog.modules.values():
        own = [card for card in kept if card.module == module.slug]
        if own:
            shares.append(_share(module.number, module.title, own, today, day))
    return Forecast(day, _share(None, "", kept, today, day), tuple(shares))


def _share(number: int | None, title: str, cards: Iterable[CardInHand], today: date, day: date) -> Share:
    kept = tuple(cards)

    def percent(when: date) -> int:
        return round(100 * sum(recall(card.memory, when) for card in kept) / len(kept))

    return Share(number, title, len(kept), percent(today), percent(day))
