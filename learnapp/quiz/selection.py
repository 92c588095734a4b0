"""Selection: a form of questions drawn from a bank by strata, the same for the same revision and seed. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from learnapp.quiz.item import shuffled_order
from learnapp.quiz.model import FrozenModel, Slug

ROUNDS = 400


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

    Of two forms that hold the rules, the one with fewer items to `avoid` is taken: none, where the bank has enough.
    Raises NoFormFits.
    """
    avoided, best, repeats = frozenset(avoid), None, 0
    for number in range(ROUNDS):
        drawn = [item for stratum in strata for item in _draw(revision, stratum, seed, number, avoided)]
        if not rules.hold([traits[item] for item in drawn]):
            continue
        repeated = len(avoided.intersection(drawn))
        if best is None or repeated < repeats:
            best, repeats = tuple(drawn), repeated
        if repeats <= _unavoidable(strata, avoided):
            break
    if best is None:
        raise NoFormFits(f"{ROUNDS} forms were tried")
    return best


def _draw(revision: str, stratum: Stratum, seed: int, number: int, avoid: frozenset[str]) -> list[str]:
    """Return items of a stratum by chance, those to avoid last."""
    order = shuffled_order(len(stratum.items), revision, seed, f"form {number}: {stratum.name}")
    drawn = sorted((stratum.items[index] for index in order), key=avoid.__contains__)  # keeps the order otherwise
    return drawn[: stratum.count]


def _unavoidable(strata: Collection[Stratum], avoid: frozenset[str]) -> int:
    """Return how many items to avoid any form has, as their strata have too few others."""
    return sum(max(0, one.count - len(set(one.items) - avoid)) for one in strata)
