"""The look ahead at a module: a few questions before reading, nothing graded, each answered once."""

from dataclasses import replace
from typing import Any

import pytest

from learnapp.content.ages import FULL_ACCESS, AgeAccess
from learnapp.content.vocabulary import Ages
from learnapp.learning.lessons.pretest import LEAST, MOST, advise, choose_items
from tests.actors.pretests import items_of, three_lessons
from tests.courses.real import real_catalog
from tests.courses.tea import course_with, fact, lesson, quiz
from tests.quiz.samples import make


def known(*numbers: int, new: tuple[int, ...] = ()) -> dict[int, bool]:
    return dict.fromkeys(numbers, True) | dict.fromkeys(new, False)


def test_every_lesson_has_a_turn() -> None:
    presented_items = items_of(three_lessons())
    assert [presented_item.lesson for presented_item in presented_items] == [
        *["1-tea/1-leaf"] * 2,
        *["1-tea/2-water"] * 2,
        *["1-tea/3-cup"] * 2,
    ]
    assert [presented_item.number for presented_item in presented_items] == list(range(1, MOST + 1))
    assert all(presented_item.item.by_choice for presented_item in presented_items)


@pytest.mark.parametrize(
    "changes", [{"sensitivity": "strong"}, {"age": Ages(core=14, full=16)}], ids=["strong", "for older readers"]
)
def test_one_lesson_that_needs_care_is_enough_to_have_none(changes: dict[str, Any]) -> None:
    catalog = three_lessons()
    first = catalog.modules["1-tea"].lessons[0]
    others = catalog.modules["1-tea"].lessons[1:]
    changed = course_with(replace(first, **changes), *others)
    assert items_of(changed, AgeAccess(12)) == ()


def test_too_few_questions_are_no_look_ahead() -> None:
    assert items_of(course_with(lesson(quiz=quiz(*(make("single", id=f"n-{n}") for n in range(LEAST - 1)))))) == ()


def test_what_is_kept_back_from_review_is_not_asked_before_either() -> None:
    items = [make("single", id=f"n-{n}") for n in range(LEAST)]
    kept = make("single", id="kept", facts=["tea.09"])
    catalog = course_with(lesson(quiz=quiz(kept, *items)), facts=(fact("tea.09", quizzable=False),))
    assert "kept" not in {presented_item.item.id for presented_item in items_of(catalog)}


def test_the_advice_names_the_lessons_with_something_new() -> None:
    catalog = three_lessons()
    module, presented_items = catalog.modules["1-tea"], items_of(catalog)
    told = advise(module, presented_items, known(1, 2, 3, 4, 5, 6))
    assert [one.state for one in told] == ["known", "known", "known"]
    told = advise(module, presented_items, known(2, 3, 4, 5, 6, new=(1,)))
    assert [one.state for one in told] == ["new", "known", "known"]
    told = advise(module, presented_items, known(3, 4, 5, 6, new=(1,)))
    assert [one.state for one in told] == ["new", "known", "known"]


def test_a_question_that_was_left_out_says_nothing_of_what_is_known() -> None:
    catalog = three_lessons()
    module, presented_items = catalog.modules["1-tea"], items_of(catalog)
    told = advise(module, presented_items, known(1, new=(3,)))
    assert [one.state for one in told] == ["known", "new", "left out"]
    assert [(one.asked, one.answered, one.known) for one in told] == [(2, 1, 1), (2, 1, 0), (2, 0, 0)]
    assert [one.state for one in advise(module, presented_items, {})] == ["left out"] * 3


def test_no_strong_module_of_the_course_has_one() -> None:
    catalog = real_catalog()
    for module in catalog.modules.values():
        strong = any(one.sensitivity == "strong" for one in module.lessons)
        assert bool(choose_items(catalog, module, FULL_ACCESS)) == (not strong)
