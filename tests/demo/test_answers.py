"""Answers of made-up students: right ones earn the mark, wrong ones nothing, and all of them can be submitted."""

from typing import get_args

import pytest

from learnapp.demo.answers import Outcome, made_up_response
from learnapp.quiz.item import Item
from tests.courses.real import real_catalog
from tests.courses.tea import TYPES
from tests.quiz.answers import in_file_order
from tests.quiz.samples import WITH_UNITS, make


def assert_told_apart(item: Item) -> None:
    right, part, wrong = (made_up_response(item, one) for one in get_args(Outcome))
    assert item.grade(right) == 1
    assert item.grade(wrong) <= 0.5  # a conversation may have no reply that is worse than weak
    assert item.grade(wrong) <= item.grade(part) < 1
    for one in (right, part, wrong):
        assert item.missing(one, in_file_order(item)) == ()
        assert item.parse_stored(item.to_json(one)) == one


@pytest.mark.parametrize("item_type", TYPES)
def test_every_type_is_answered_right_and_wrong(item_type: str) -> None:
    assert_told_apart(make(item_type))
    assert make(item_type).grade(made_up_response(make(item_type), "wrong")) == 0


def test_a_unit_is_chosen_where_one_is_asked() -> None:
    assert_told_apart(make("numeric", **WITH_UNITS))


def test_every_item_of_the_course_is_answered_right_and_wrong() -> None:
    catalog = real_catalog()
    for lesson in catalog.lessons.values():
        for quiz in lesson.quizzes:
            for item in quiz.items:
                assert_told_apart(item)
