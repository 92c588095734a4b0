"""What only closed cards tell, and what a quiz may ask of somebody who has not opened them."""

from typing import Any

import pytest

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.blocks import BodySection, Card, Paragraph, Paragraphs
from learnapp.content.catalog import Lesson
from learnapp.content.closed_cards import asks_of_cards, card_anchors, closed_facts, quiz_access
from tests.courses.tea import lesson, quiz
from tests.quiz.samples import make


def told(number: int, *facts: str) -> Paragraphs:
    return Paragraphs((Paragraph(number, f"p{number}", "Tea.", False, facts),), (), ())


def card(number: int, *facts: str) -> Card:
    return Card(f"Card {number}", f"card-{number}", (number,), (told(number, *facts),), gated=False)


def carded(**changes: Any) -> Lesson:
    """Return a lesson whose cards tell tea.02, tea.03 and, once more, tea.01."""
    blocks = (told(1, "tea.01"), card(1, "tea.01", "tea.02"), card(2, "tea.03"))
    items = (make("single", id=f"tea-{n}", facts=[f"tea.0{n}"]) for n in (1, 2, 3))
    facts = ("tea.01", "tea.02", "tea.03")
    usual: dict[str, Any] = {"body": (BodySection("a", "A", blocks),), "facts": facts, "quiz": quiz(*items)}
    return lesson(**{**usual, **changes})


def ids(lesson: Lesson, access: AgeAccess) -> list[str]:
    return [item.id for item in access.items(lesson.quiz)]


def test_what_stands_outside_of_cards_too_is_told_by_more_than_cards() -> None:
    assert closed_facts(carded()) == {"tea.02", "tea.03"}
    assert card_anchors(carded()) == {"card-1", "card-2"}


def test_what_an_earlier_lesson_taught_is_not_told_by_cards_alone() -> None:
    assert closed_facts(carded(facts=("tea.01", "tea.02"))) == {"tea.02"}


def test_a_card_that_was_opened_tells_what_it_has() -> None:
    assert closed_facts(carded(), ["card-2"]) == {"tea.02"}
    assert closed_facts(carded(), ["card-1", "card-2"]) == closed_facts(lesson()) == frozenset()


@pytest.mark.parametrize(
    ("route", "opened", "asked"),
    [
        ("all", [], ["tea-1", "tea-2", "tea-3"]),
        ("closed", [], ["tea-1"]),
        (None, [], ["tea-1"]),
        ("closed", ["card-1"], ["tea-1", "tea-2"]),
        (None, ["card-1", "card-2"], ["tea-1", "tea-2", "tea-3"]),
    ],
)
def test_a_quiz_asks_nothing_that_only_a_closed_card_tells(
    route: str | None, opened: list[str], asked: list[str]
) -> None:
    assert ids(carded(), quiz_access(FULL_ACCESS, carded(), route, opened)) == asked


def test_what_an_age_band_withholds_stays_withheld_whatever_was_opened() -> None:
    young = AgeAccess(14, frozenset({"tea.02"}))
    assert ids(carded(), quiz_access(young, carded(), "all")) == ["tea-1", "tea-3"]
    assert ids(carded(), quiz_access(young, carded(), None, ["card-1"])) == ["tea-1"]


def test_a_lesson_asks_of_cards_where_an_item_rests_on_what_they_tell() -> None:
    assert asks_of_cards(carded())
    assert not asks_of_cards(carded(quiz=quiz(make("single", facts=["tea.01"]))))
    assert not asks_of_cards(lesson())
