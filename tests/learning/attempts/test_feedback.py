"""Feedback on an answer: the verdict without blame, reasons, and the way to the paragraph that says so."""

import pytest

from tests.actors.attempt_pages import Taker, words
from tests.actors.attempts import right, wrong
from tests.courses.tea import TYPES


@pytest.mark.parametrize("item_type", TYPES)
def test_every_type_can_be_answered_and_explains_itself(taker: Taker, item_type: str) -> None:
    for _turn in range(2):
        attempt_item = taker.attempt_item(item_type)
        if attempt_item.state.submitted:
            break
        answer = taker.send(attempt_item, right(attempt_item).response)
        assert (answer.status_code, answer.location) == (303, f"{taker.url}?q={attempt_item.number}")
    attempt_item = taker.attempt_item(item_type)
    assert attempt_item.state.points == 1
    page = words(taker.look(attempt_item.number))
    assert "Because the tea book says so." in page
    assert f"Question {attempt_item.number} of 9, answered" in page
    assert "Read paragraph 1 again" in page or "See where it says so, paragraph 1" in page


@pytest.mark.parametrize("item_type", TYPES)
def test_a_wrong_answer_is_told_without_blame(taker: Taker, item_type: str) -> None:
    attempt_item = taker.attempt_item(item_type)
    taker.send(attempt_item, wrong(attempt_item).response)
    page = words(taker.look(attempt_item.number))
    told = "There is a reply that works better." if item_type == "scenario" else "Not quite."
    assert told in page
