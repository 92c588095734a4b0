"""Selection: a form of questions drawn from a bank by strata, the same for the same revision and seed. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from learnapp.quiz.item import shuffled_order
from learnapp.quiz.model import FrozenModel, Slug

ROUNDS = 400
FIRST, BETWEEN, LAST = range(3)


class Stratum(FrozenModel):
    """Items of a bank of which a form asks `count`; `full_marks`: whoever passes has full marks in each of them."""

    name: Slug
    count: int
    full_marks: bool = False
    items: tuple[Slug, ...]


@dataclass(frozen=True, slots=True)
class ItemTraits:
    """What a form is balanced by: a figure with its year, strong facts, and the voices of the facts."""

    dated: bool
    strong: bool
    voices: frozenset[str]


@dataclass(frozen=True, slots=True)
class FormRules:
    """What a whole form has to hold, see `ItemTraits`."""

    dated_least: int = 0
    strong_most: int = 0
    voices: frozenset[str] = frozenset()

    def hold(self, traits: Collection[ItemTraits]) -> bool:
        """Tell whether items with these traits make a form."""
        dated, strong = sum(one.dated for one in traits), sum(one.strong for one in traits)
        heard = frozenset().union(*(one.voices for one in traits))
        return dated >= self.dated_least and strong <= self.strong_most and self.voices <= heard


class NoFormFits(Exception):
    """No form that was tried holds the rules: the bank has too few items of a kind."""


def draw_form(
    revision: str,
    strata: Collection[Stratum],
    traits: Mapping[str, ItemTraits],
    rules: FormRules,
    seed: int,
    avoid: Collection[str] = (),
) -> tuple[str, ...]:
    """Return the ids of a form, stratum by stratum, each in an order of its own.

    Items to `avoid` are in it only where their stratum has too few others. Where no such form holds the rules, one of
    them comes again after all, chosen by chance; then two, and so on. Raises NoFormFits.
    """
    avoided = sorted({item for stratum in strata for item in stratum.items}.intersection(avoid))
    for count in range(len(avoided) + 1):
        for number in range(ROUNDS):
            chosen = shuffled_order(len(avoided), revision, seed, f"again {number}")[:count] if count else ()
            again = frozenset(avoided[index] for index in chosen)
            ranks = {item: FIRST if item in again else LAST for item in avoided}
            drawn = [item for stratum in strata for item in _draw(revision, stratum, seed, number, ranks)]
            if rules.hold([traits[item] for item in drawn]):
                return tuple(drawn)
    raise NoFormFits(f"{ROUNDS} forms were tried, and with every item to avoid as many")


def _draw(revision: str, stratum: Stratum, seed: int, number: int, ranks: Mapping[str, int]) -> list[str]:
    """Return items of a stratum by chance, those first and last that rank so."""
    order = shuffled_order(len(stratum.items), revision, seed, f"form {number}: {stratum.name}")
    drawn = (stratum.items[index] for index in order)
    return sorted(drawn, key=lambda item: ranks.get(item, BETWEEN))[: stratum.count]  # keeps the order otherwise
