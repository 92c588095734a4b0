"""Sheets: what a quiz on paper asks, that it tells nothing, and that its key has the same letters."""

from string import ascii_uppercase

import pytest

from learnapp.quiz.item import Item
from learnapp.teaching.sheets import build_key, build_sheet
from tests.courses.tea import TYPES, lesson, quiz
from tests.quiz.samples import ITEM, make, raw

LETTERED = ("single", "multiple", "true-false", "matching", "categorise", "scenario")


def letters_of(item: Item) -> dict[object, str]:
    (one,) = build_sheet(lesson(), quiz(item), [item])
    return {choice.text: choice.letter for choices in one.choices for choice in choices}


@pytest.mark.parametrize("item_type", TYPES)
def test_every_type_is_asked_with_letters_that_come_once(item_type: str) -> None:
    (one,) = build_sheet(lesson(), quiz(make(item_type)), [make(item_type)])

    letters = [choice.letter for choices in one.choices for choice in choices]
    assert letters == list(ascii_uppercase[: len(letters)])
    assert bool(letters) == (item_type in LETTERED)
    assert (one.number, one.stem) == (1, make(item_type).stem)


@pytest.mark.parametrize("item_type", TYPES)
def test_the_key_has_every_answer_of_the_file_with_its_reason(item_type: str) -> None:
    item = make(item_type)
    (one,) = build_key(quiz(item), [item])

    def told(explanation: object) -> str:
        return repr(explanation)

    assert sorted(told(row.explanation) for row in one.rows) == sorted(map(told, item.answer_key()))


@pytest.mark.parametrize("item_type", LETTERED)
def test_an_answer_has_the_letter_in_the_key_that_it_has_on_the_sheet(item_type: str) -> None:
    item = make(item_type)
    letters, (one,) = letters_of(item), build_key(quiz(item), [item])

    lettered = [row for row in one.rows if row.letter]
    assert lettered
    assert all(letters[row.explanation.text] == row.letter for row in lettered)
    assert any(row.explanation.verdict == "right" for row in lettered)


def test_the_sheet_and_its_key_stay_the_same_however_often_they_are_made() -> None:
    item = make("single")
    assert build_sheet(lesson(), quiz(item), [item]) == build_sheet(lesson(), quiz(item), [item])


def test_an_ordering_is_not_printed_in_the_order_of_the_file() -> None:
    entries = [{"text": f"step {n}", "feedback": f"Why {n}."} for n in range(8)]
    item = ITEM.validate_python(raw("ordering", entries=entries))

    (one,) = build_sheet(lesson(), quiz(item), [item])

    shown = [str(row.label) for row in one.form.inputs]
    assert sorted(shown) == [entry["text"] for entry in entries]
    assert shown != sorted(shown)


def test_of_a_conversation_only_the_first_turn_is_asked() -> None:
    item = make("scenario")
    (one,), (key,) = build_sheet(lesson(), quiz(item), [item]), build_key(quiz(item), [item])

    assert len(one.form.turns) == 1
    assert {row.explanation.part for row in key.rows if row.letter} == {0}
    assert {row.explanation.part for row in key.rows} > {0}
