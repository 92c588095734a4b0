"""What an age band opens, and from which age a fact or a term is shown outside its lesson."""

from dataclasses import replace

import pytest

from learnapp.content.ages import FULL_ACCESS, AgeAccess, CatalogAges, band_access, catalog_ages
from learnapp.content.vocabulary import Ages
from tests.courses.harbor import EVIDENCE, with_harbor
from tests.courses.island import FACTS, GLOSSARY, KEEPERS, LAMP, WRECK, Island
from tests.courses.tea import lesson, quiz
from tests.quiz.samples import make

ANYBODY = Ages(core=12, full=12)
CORE_12 = Ages(core=12, full=16)
CORE_14 = Ages(core=14, full=16)
GROWN_UP = Ages(core=None, full=18, teacher_release=True)


@pytest.mark.parametrize(
    ("ages", "opened"),
    [
        (ANYBODY, ("whole", "whole", "whole", "whole", "whole")),
        (CORE_12, ("core", "core", "core", "whole", "whole")),
        (CORE_14, ("ask", "withheld", "core", "whole", "whole")),
        (GROWN_UP, ("ask", "withheld", "withheld", "withheld", "whole")),
    ],
)
def test_each_band_opens_what_the_plan_gives_it(ages: Ages, opened: tuple[str, ...]) -> None:
    assert tuple(AgeAccess(band).to(lesson(age=ages)) for band in (None, 12, 14, 16, 18)) == opened


@pytest.mark.parametrize("band", [None, 12, 14, 16, 18])
def test_that_a_leader_may_release_a_core_opens_nothing_by_itself(band: int | None) -> None:
    access = AgeAccess(band)
    assert access.to(lesson(age=GROWN_UP)) == access.to(lesson(age=Ages(core=None, full=18)))


@pytest.mark.parametrize(("band", "withheld"), [(None, {"b", "c"}), (14, {"b", "c"}), (16, {"c"}), (18, set())])
def test_gated_facts_are_withheld_from_those_who_do_not_get_the_whole_lesson(
    band: int | None, withheld: set[str]
) -> None:
    lessons = (lesson(age=CORE_12, gated=("b",)), lesson("2-water", age=GROWN_UP, gated=("c",)), lesson("3-cup"))
    found = band_access(lessons, band)
    assert found.withheld_facts == withheld
    assert found.withheld_lessons == {one.key for one in lessons if not found.can_open(one)}


def test_what_stands_outside_a_card_is_shown_to_the_core_and_gated_cards_are_not() -> None:
    one = lesson(age=CORE_14)
    shown = {band: (AgeAccess(band).can_show(one, False), AgeAccess(band).can_show(one, True)) for band in (12, 14, 16)}
    assert shown == {12: (False, False), 14: (True, False), 16: (True, True)}


def test_items_on_withheld_facts_are_not_asked() -> None:
    items = [make("single", id=f"tea-{fact}", facts=[f"tea.0{fact}"]) for fact in (1, 2, 3, 4)]
    form = quiz(*items, count=3)
    young = AgeAccess(14, frozenset({"tea.02", "tea.04"}))

    assert [item.id for item in young.items(form)] == ["tea-1", "tea-3"]
    assert (young.question_count(form), FULL_ACCESS.question_count(form)) == (2, 3)
    assert young.can_show_items("1-leaf/1-leaf", form, ["tea-1", "tea-3"])
    assert not young.can_show_items("1-leaf/1-leaf", form, ["tea-1", "tea-2"])
    assert FULL_ACCESS.can_show_items("1-leaf/1-leaf", form, ["tea-1", "tea-2"])
    shut = AgeAccess(14, withheld_lessons=frozenset({"1-leaf/1-leaf"}))
    assert shut.can_show_items("1-leaf/2-water", form, ["tea-1"])
    assert not shut.can_show_items("1-leaf/1-leaf", form, ["tea-1"])


def test_an_item_that_also_rests_on_a_withheld_fact_is_not_asked() -> None:
    form = quiz(make("single", facts=["tea.01", "tea.02"]))
    assert AgeAccess(14, frozenset({"tea.02"})).items(form) == ()


CLOSED = "age: {core: null, full: 16, teacher_release: true}"
HALF = "age: {core: 12, full: 16}"


def ages(island: Island) -> CatalogAges:
    return catalog_ages(island.catalog())


def test_facts_of_a_lesson_for_everybody_are_for_everybody(island: Island) -> None:
    assert ages(island).facts["lamp.01"] == 12


def test_facts_of_a_lesson_that_is_closed_below_an_age_wait_for_it(island: Island) -> None:
    assert {ages(island).facts[name] for name in ("wreck.01", "wreck.02", "wreck.05")} == {16}


def test_gated_facts_wait_for_the_full_lesson_and_the_others_do_not(island: Island) -> None:
    island.edit(WRECK, CLOSED, HALF)

    found = ages(island).facts

    assert (found["wreck.01"], found["wreck.03"], found["wreck.04"]) == (12, 16, 16)


def test_a_fact_that_an_open_lesson_tells_too_is_open(island: Island) -> None:
    # keepers.01 stands in all three lessons, the closed one among them.
    assert ages(island).facts["keepers.01"] == 12


def test_a_gate_holds_even_where_another_lesson_tells_the_fact_openly(island: Island) -> None:
    catalog = island.catalog()
    lamp = catalog.lessons["1-light/1-the-lamp"]
    careless = replace(lamp, facts=(*lamp.facts, "wreck.03"))

    found = catalog_ages(replace(catalog, lessons={**catalog.lessons, "1-light/1-the-lamp": careless}))

    assert found.facts["wreck.03"] == 16


@pytest.mark.parametrize(("sensitivity", "age"), [("none", 0), ("mild", 12), ("strong", 18)])
def test_a_fact_that_no_lesson_teaches_is_as_open_as_it_is_hard(island: Island, sensitivity: str, age: int) -> None:
    island.write(FACTS, island.text(FACTS) + LOST.format(sensitivity=sensitivity))

    assert ages(island).facts["light.09"] == age


@pytest.mark.parametrize(("sensitivity", "age"), [("none", 0), ("mild", 16), ("strong", 18)])
def test_mild_evidence_that_no_lesson_teaches_waits_for_lessons_on_its_topics(
    island: Island, sensitivity: str, age: int
) -> None:
    with_harbor(island)
    island.edit(EVIDENCE, "    sensitivity: strong\n", f"    topics: [wreck]\n    sensitivity: {sensitivity}\n")

    assert ages(island).facts["ev.harbor.wreck"] == age
    assert ages(island).facts["ev.harbor.lamp"] == 12


def test_a_term_is_as_open_as_the_first_place_that_explains_it(island: Island) -> None:
    assert ages(island).terms["wick"] == 12


def test_a_term_that_only_a_closed_lesson_explains_waits_for_it(island: Island) -> None:
    for path in (LAMP, KEEPERS):
        island.write(path, island.text(path).replace('{term="wick"}', "").replace("[wick]", "wick"))

    assert ages(island).terms["wick"] == 16


def test_a_term_that_no_lesson_explains_waits_for_its_facts(island: Island) -> None:
    island.write(GLOSSARY, island.text(GLOSSARY) + HORN)

    assert ages(island).terms["horn"] == 16


LOST = """\
  - id: light.09
    section: light
    fact: Nobody tells this.
    attribution: Museum page (own statement, no source cited)
    voice: page
    sensitivity: {sensitivity}
    testimony: false
    quizzable: false
"""
HORN = """\
  - slug: horn
    term: horn
    meaning: what is blown in fog.
    facts: [wreck.02]
"""


def test_an_item_that_shows_withheld_evidence_is_not_asked() -> None:
    stimulus = {"kind": "text", "text": "Tea.", "source": "Tea Board", "evidence": ["tea.03"]}
    form = quiz(make("single", id="shown", stimulus=stimulus), make("single", id="plain"))

    assert [item.id for item in AgeAccess(14, frozenset({"tea.03"})).items(form)] == ["plain"]
    assert [item.id for item in FULL_ACCESS.items(form)] == ["shown", "plain"]


def test_strong_evidence_of_a_question_waits_as_gated_cards_do() -> None:
    one = lesson(age=CORE_12, strong_evidence=("tea.03",))
    assert band_access([one], 14).withheld_facts == {"tea.03"}
    assert band_access([one], 16).withheld_facts == frozenset()
