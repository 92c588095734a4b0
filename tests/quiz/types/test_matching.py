"""Matching: the model, its responses, its grading, its explanations."""

from itertools import product

import pytest

from learnapp.quiz.types.matching import Matching
from tests.quiz.answers import complaint, grade, points, rows
from tests.quiz.samples import SAMPLES, make


def test_a_match_belongs_to_one_prompt() -> None:
    pairs = SAMPLES["matching"]["pairs"]
    assert "use `categorise`" in complaint("matching", distractors=["Holds tea"])
    assert "make the prompts differ" in complaint("matching", pairs=[*pairs, {**pairs[0], "match": "is round"}])


def test_matches_count_the_pairs_first_and_then_the_distractors() -> None:
    item = make("matching")
    assert isinstance(item, Matching)
    assert item.matches == ("holds tea", "boils water", "keeps leaves back", "cuts bread")


def test_matching_gives_the_share_of_prompts() -> None:
    assert points("matching", {"matches": {"0": 0, "1": 2, "2": 1}}) == pytest.approx(1 / 3)
    assert points("matching", {"matches": {"0": 0, "1": 1, "2": 3}}) == pytest.approx(2 / 3)
    assert points("matching", {"matches": {"0": 0, "1": 0, "2": 0}}) == pytest.approx(1 / 3)


def test_of_all_matches_only_the_pairs_earn_full_marks() -> None:
    every = ({str(i): match for i, match in enumerate(row)} for row in product(range(4), repeat=3))
    assert sum(grade(make("matching"), {"matches": row}) == 1 for row in every) == 1


def test_matching_sets_the_right_match_beside_the_one_given() -> None:
    pot, kettle, sieve = rows("matching", {"matches": {"0": 0, "1": 3}})
    assert (pot.label, pot.text, pot.given, pot.verdict) == ("Pot", "holds tea", "holds tea", "right")
    assert (kettle.text, kettle.given, kettle.verdict) == ("boils water", "cuts bread", "wrong")
    assert (sieve.given, sieve.verdict, sieve.chosen) == ("", "neutral", False)
