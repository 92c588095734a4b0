"""Grading: one mark an item, by a rule for each type; any response gets a score, never an exception."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from learnapp.quiz.conversation import next_turn, steps
from learnapp.quiz.items import (
    Categorise,
    Cloze,
    Item,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Scenario,
    Single,
    TrueFalse,
)
from learnapp.quiz.numerals import read_amount
from learnapp.quiz.responses import Response, clean
from learnapp.quiz.words import normal

WORTH = {"best": Fraction(1), "weak": Fraction(1, 2), "worse": Fraction(0)}
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Part:
    """Whether one part of an item was right; what a part is depends on the type."""

    index: int
    right: bool


@dataclass(frozen=True, slots=True)
class Score:
    """Points from 0 to 1, and what became of each part."""

    points: float
    parts: tuple[Part, ...]

    @property
    def right(self) -> bool:
        """Tell whether the item earned full marks."""
        return self.points == 1


def grade(item: Item, response: object) -> Score:
    """Grade any response by the rule of the item's type; no answer and garbage earn nothing."""
    kept = clean(item, response) or {}
    match item:
        case Single():
            return grade_single(item, kept)
        case Multiple():
            return grade_multiple(item, kept)
        case TrueFalse():
            return grade_true_false(item, kept)
        case Numeric():
            return grade_numeric(item, kept)
        case Matching():
            return grade_matching(item, kept)
        case Ordering():
            return grade_ordering(item, kept)
        case Cloze():
            return grade_cloze(item, kept)
        case Categorise():
            return grade_categorise(item, kept)
        case Scenario():
            return grade_scenario(item, kept)
        case _:
            assert_never(item)


def grade_single(item: Single, kept: Response) -> Score:
    """Give single 1 for the key and 0 for any other option. Part: the choice."""
    return _share([kept.get("choice") == i for i, option in enumerate(item.options) if option.key])


def grade_multiple(item: Multiple, kept: Response) -> Score:
    """Give multiple the share of keys chosen minus the share of other options chosen, never below 0.

    Choosing everything earns nothing. Parts: the options, right if rightly chosen or rightly left.
    """
    chosen = kept.get("choices", ())
    keys = [i for i, option in enumerate(item.options) if option.key]
    others = [i for i, option in enumerate(item.options) if not option.key]
    points = Fraction(sum(i in chosen for i in keys), len(keys)) - Fraction(
        sum(i in chosen for i in others), len(others)
    )
    return _score(max(Fraction(0), points), ((i in chosen) == o.key for i, o in enumerate(item.options)))


def grade_true_false(item: TrueFalse, kept: Response) -> Score:
    """Give true-false half for the right verdict and half for the reason that goes with it.

    A right reason with the wrong verdict earns nothing. Parts: verdict, reason.
    """
    verdict = kept.get("verdict") is item.key
    reason = "reason" in kept and item.reasons[kept["reason"]].key
    return _score(verdict * (HALF + HALF * reason), (verdict, reason))


def grade_numeric(item: Numeric, kept: Response) -> Score:
    """Give numeric 1 for a number within the tolerance, both ends included, with the right unit.

    Where the unit is chosen, a right number with a wrong unit or none earns half. Parts: number, and unit
    where it is chosen.
    """
    number = amount_of(item, kept)
    near = number is not None and abs(Fraction(number) - Fraction(item.answer)) <= Fraction(item.tolerance)
    if not item.units:
        return _score(Fraction(near), (near,))
    unit = kept.get("unit") == item.unit
    return _score(near * (HALF + HALF * unit), (near, unit))


def grade_matching(item: Matching, kept: Response) -> Score:
    """Give matching the share of prompts with their own match. Parts: the prompts."""
    matches = kept.get("matches", {})
    return _share([matches.get(str(i)) == i for i in range(len(item.pairs))])


def grade_ordering(item: Ordering, kept: Response) -> Score:
    """Give ordering the share of neighbors that are kept in their order, whatever stands between them.

    Neighbors are the k-1 pairs of entries that follow each other in the right order; a pair counts once
    both are placed. Only the whole right order keeps all pairs. Parts: the pairs.
    """
    place = {entry: at for at, entry in enumerate(kept.get("order", ())) if entry is not None}
    pairs = ((i, i + 1) for i in range(len(item.entries) - 1))
    return _share([a in place and b in place and place[a] < place[b] for a, b in pairs])


def grade_cloze(item: Cloze, kept: Response) -> Score:
    """Give cloze the share of blanks with an accepted answer, compared as `words.normal` says.

    Parts: the blanks.
    """
    texts = kept.get("blanks", [""] * len(item.blanks))
    accepted = [{normal(answer) for answer in blank.accept} for blank in item.blanks]
    return _share([normal(text) in words for text, words in zip(texts, accepted, strict=True)])


def grade_categorise(item: Categorise, kept: Response) -> Score:
    """Give categorise the share of entries in their category. Parts: the entries."""
    put = kept.get("categories", {})
    right = [item.categories.index(entry.category) for entry in item.entries]
    return _share([put.get(str(i)) == category for i, category in enumerate(right)])


def grade_scenario(item: Scenario, kept: Response) -> Score:
    """Give scenario the mean over the turns taken: best 1, weak half, worse 0.

    A path that is not finished earns nothing. Parts: the turns taken, right if the reply was a best one.
    """
    replies = kept.get("replies")
    ratings = [item.turns[turn].replies[reply].rating for turn, reply in steps(item, replies)]
    if not ratings or next_turn(item, replies) is not None:
        return _score(Fraction(0), (rating == "best" for rating in ratings))
    mean = sum((WORTH[rating] for rating in ratings), Fraction(0)) / len(ratings)
    return _score(mean, (rating == "best" for rating in ratings))


def amount_of(item: Numeric, kept: Response) -> Decimal | None:
    """Return the number in a clean response, its unit typed behind it or not; None if it cannot be read."""
    return read_amount(kept.get("value", ""), kept.get("unit") if item.units else item.unit)


def _share(right: list[bool]) -> Score:
    return _score(Fraction(sum(right), len(right)), right)


def _score(points: Fraction, right: Iterable[bool]) -> Score:
    return Score(float(points), tuple(Part(index, each) for index, each in enumerate(right)))
