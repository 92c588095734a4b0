"""What the quiz preview shows: everything that an item's file says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from learnapp.authoring.answer_key import groups
from learnapp.quiz.items import ITEM_TYPES
from tests.quiz.samples import make

SAID = {"text", "feedback", "prompt", "match", "accept", "answers", "says", "true", "false", "low", "high"}
MARKS = {"single": 1, "true-false": 2, "numeric": 1}


def told(value: Any, key: str = "") -> Iterator[str]:
    """Yield every text of an item that a learner may get to see after the question."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from told(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from told(inner, key)
    elif isinstance(value, str) and key in SAID | {"right", "unit", "distractors", "category"}:
        yield value


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_every_answer_and_every_feedback_of_an_item_is_shown(item_type: str) -> None:
    item = make(item_type)

    shown = " ".join(
        " ".join((group.heading, *(f"{one.label} {one.text} {one.feedback}" for one in group.answers)))
        for group in groups(item)
    )

    data = item.model_dump(by_alias=True)
    data.pop("text", None)  # the cloze text is shown above its answers
    assert [text for text in told(data) if text not in shown] == []


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_every_answer_links_to_a_fact(item_type: str) -> None:
    assert all(one.see for group in groups(make(item_type)) for one in group.answers)


@pytest.mark.parametrize(("item_type", "keys"), MARKS.items())
def test_keys_are_told_from_the_rest(item_type: str, keys: int) -> None:
    answers = [one for group in groups(make(item_type)) for one in group.answers]

    assert sum(one.mark == "key" for one in answers) == keys
    assert any(one.mark == "not" for one in answers)


def test_turns_of_a_conversation_say_where_a_reply_leads() -> None:
    item = make("scenario")

    assert {one.next for group in groups(item) for one in group.answers} > {""}
    assert {one.mark for group in groups(item) for one in group.answers} == {"key", "weak", "not"}
