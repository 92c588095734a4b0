"""Categorise: the model, its responses, its grading, its explanations."""

import pytest

from tests.quiz.answers import complaint, points, rows
from tests.quiz.samples import SAMPLES


def test_an_entry_names_one_of_the_categories() -> None:
    message = complaint("categorise", categories=["Shelf", "fridge"])
    assert "choose one of `categories` for “Milk”" in message
    assert "“Fridge” is not among them" in message


def test_categories_and_entries_can_be_told_apart() -> None:
    entries = SAMPLES["categorise"]["entries"]
    assert "make the categories differ" in complaint("categorise", categories=["Shelf", "Fridge", "fridge"])
    assert "make the entries differ" in complaint("categorise", entries=[*entries, entries[0]])


def test_categorise_gives_the_share_of_entries() -> None:
    assert points("categorise", {"categories": {"0": 0, "1": 1}}) == pytest.approx(2 / 3)
    assert points("categorise", {"categories": {"0": 1, "1": 0, "2": 1}}) == 0


def test_categorise_sets_the_right_category_beside_the_one_given() -> None:
    leaves, milk, sugar = rows("categorise", {"categories": {"0": 0, "1": 0}})
    assert (leaves.verdict, leaves.given) == ("right", "Shelf")
    assert (milk.label, milk.text, milk.given, milk.verdict) == ("Milk", "Fridge", "Shelf", "wrong")
    assert sugar.verdict == "neutral"
