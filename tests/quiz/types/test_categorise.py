"""Categorise: the model; see `test_rows.py` for its grading and explanations."""

from tests.quiz.answers import complaint
from tests.quiz.samples import SAMPLES


def test_an_entry_names_one_of_the_categories() -> None:
    message = complaint("categorise", categories=["Shelf", "fridge"])
    assert "choose one of `categories` for “Milk”" in message
    assert "“Fridge” is not among them" in message


def test_categories_and_entries_can_be_told_apart() -> None:
    entries = SAMPLES["categorise"]["entries"]
    assert "make the categories differ" in complaint("categorise", categories=["Shelf", "Fridge", "fridge"])
    assert "make the entries differ" in complaint("categorise", entries=[*entries, entries[0]])
