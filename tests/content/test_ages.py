"""What an age band opens, decided by the lesson's ages and nothing else."""

from __future__ import annotations

import pytest

from learnapp.content.ages import EVERYTHING, Reach, access, reach
from learnapp.content.catalog import Ages
from tests.courses.tea import lesson, quiz
from tests.quiz.samples import make

ANYBODY = Ages(12, 12, teacher_release=False)
CORE_12 = Ages(12, 16, teacher_release=False)
CORE_14 = Ages(14, 16, teacher_release=False)
GROWN_UP = Ages(None, 18, teacher_release=True)


@pytest.mark.parametrize(
    ("ages", "opened"),
    [
        (ANYBODY, ("whole", "whole", "whole", "whole", "whole")),
        (CORE_12, ("core", "core", "core", "whole", "whole")),
        (CORE_14, ("ask", "closed", "core", "whole", "whole")),
        (GROWN_UP, ("ask", "closed", "closed", "closed", "whole")),
    ],
)
def test_each_band_opens_what_the_plan_gives_it(ages: Ages, opened: tuple[str, ...]) -> None:
    assert tuple(access(ages, band) for band in (None, 12, 14, 16, 18)) == opened


@pytest.mark.parametrize("band", [None, 12, 14, 16, 18])
def test_that_a_leader_may_release_a_core_opens_nothing_by_itself(band: int | None) -> None:
    assert access(GROWN_UP, band) == access(Ages(None, 18, teacher_release=False), band)


@pytest.mark.parametrize(
    ("band", "withheld"), [(None, {"b", "c"}), (14, {"b", "c"}), (16, {"c"}), (18, set())]
)
def test_gated_facts_are_withheld_from_those_who_do_not_get_the_whole_lesson(
    band: int | None, withheld: set[str]
) -> None:
    lessons = (
        lesson(age=CORE_12, gated=("b",)),
        lesson("2-water", age=GROWN_UP, gated=("c",)),
        lesson("3-cup"),
    )
    found = reach(lessons, band)
    assert found.withheld == withheld
    assert found.closed == {one.key for one in lessons if not found.opens(one)}


def test_what_stands_outside_a_card_is_shown_to_the_core_and_gated_cards_are_not() -> None:
    one = lesson(age=CORE_14)
    shown = {band: (Reach(band).shows(one, False), Reach(band).shows(one, True)) for band in (12, 14, 16)}
    assert shown == {12: (False, False), 14: (True, False), 16: (True, True)}


def test_items_on_withheld_facts_are_not_asked() -> None:
    items = [make("single", id=f"tea-{fact}", facts=[f"tea.0{fact}"]) for fact in (1, 2, 3, 4)]
    form = quiz(*items, count=3)
    young = Reach(14, frozenset({"tea.02", "tea.04"}))

    assert [item.id for item in young.items(form)] == ["tea-1", "tea-3"]
    assert (young.questions(form), EVERYTHING.questions(form)) == (2, 3)
    assert young.holds("1-leaf/1-leaf", form, ["tea-1", "tea-3"])
    assert not young.holds("1-leaf/1-leaf", form, ["tea-1", "tea-2"])
    assert EVERYTHING.holds("1-leaf/1-leaf", form, ["tea-1", "tea-2"])
    shut = Reach(14, closed=frozenset({"1-leaf/1-leaf"}))
    assert shut.holds("1-leaf/2-water", form, ["tea-1"])
    assert not shut.holds("1-leaf/1-leaf", form, ["tea-1"])


def test_an_item_that_also_rests_on_a_withheld_fact_is_not_asked() -> None:
    form = quiz(make("single", facts=["tea.01", "tea.02"]))
    assert Reach(14, frozenset({"tea.02"})).items(form) == ()
