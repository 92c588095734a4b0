"""Which questions come to review: never what is gated or not to be asked."""

from typing import Any

import pytest

from learnapp.content.catalog import Catalog
from learnapp.learning.review.items import cited, reviewable
from learnapp.quiz.item import Item
from tests.courses.real import real_catalog
from tests.courses.tea import TYPES, course_with, fact, lesson, quiz, strong_lesson
from tests.quiz.samples import make, option


def asked(catalog: Catalog) -> set[str]:
    return {item for _lesson, item in reviewable(catalog)}


def test_every_question_but_a_conversation_comes_to_review() -> None:
    assert asked(course_with()) == {f"tea-{one}" for one in TYPES if one != "scenario"}


def test_a_question_from_an_earlier_lesson_is_left_to_that_lesson() -> None:
    items = (make("single"), make("cloze", review=True))
    assert asked(course_with(lesson(quiz=quiz(*items)))) == {"tea-single"}


def test_a_question_whose_evidence_lies_beside_it_stays_in_its_quiz() -> None:
    items = (make("single", pieces=["A", "B"]), make("cloze"))
    assert asked(course_with(lesson(quiz=quiz(*items)))) == {"tea-cloze"}


def options(*, see: str) -> list[dict[str, Any]]:
    return [{**option("Green"), "see": see}, option("White", key=True), option("Black")]


@pytest.mark.parametrize(
    "item",
    [make("single", facts=["tea.01", "tea.09"]), make("single", options=options(see="tea.09"))],
    ids=["asks it", "cites it in its feedback"],
)
@pytest.mark.parametrize("why", ["gated here", "gated elsewhere", "never asked", "unknown"])
def test_a_fact_that_is_kept_back_keeps_its_questions_back(item: Item, why: str) -> None:
    here = lesson("1-leaf", quiz=quiz(item, make("cloze")), gated=("tea.09",) if why == "gated here" else ())
    other = lesson("2-cup", gated=("tea.09",) if why == "gated elsewhere" else (), quiz=quiz(make("multiple")))
    facts = () if why == "unknown" else (fact("tea.09", quizzable=why != "never asked"),)
    assert asked(course_with(here, other, facts=facts)) == {"tea-cloze", "tea-multiple"}


def test_the_same_question_is_asked_when_nothing_is_kept_back() -> None:
    here = lesson(quiz=quiz(make("single", options=options(see="tea.09"))))
    assert asked(course_with(here, facts=(fact("tea.09"),))) == {"tea-single"}


def test_facts_are_found_wherever_an_item_cites_them() -> None:
    assert cited(make("matching")) == {"tea.01", "tea.02"}
    assert cited(make("single", options=options(see="tea.03"))) == {"tea.01", "tea.03"}


def test_the_short_quiz_has_questions_of_its_own() -> None:
    catalog = course_with(strong_lesson(quiz=quiz(make("cloze"))))
    found = reviewable(catalog)
    assert {item: one.short for (_lesson, item), one in found.items()} == {"tea-cloze": False, "short-single": True}


def test_an_edited_course_is_looked_at_anew() -> None:
    assert asked(course_with(lesson(quiz=quiz(make("cloze"))))) == {"tea-cloze"}
    assert asked(course_with(lesson(quiz=quiz(make("single"))))) == {"tea-single"}


def test_no_card_of_the_course_touches_what_is_kept_back() -> None:
    catalog = real_catalog()
    found = reviewable(catalog)
    gated = {name for one in catalog.lessons.values() for name in one.gated}
    assert len(found) >= 3 * len(catalog.lessons)
    for review_item in found.values():
        facts = cited(review_item.item)
        assert not facts & gated
        assert all(catalog.facts[name].quizzable for name in facts)
