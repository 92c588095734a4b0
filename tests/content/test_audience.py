"""From which age a fact or a term is shown outside its lesson."""

from __future__ import annotations

from dataclasses import replace

import pytest

from learnapp.content.audience import Audience, audience
from tests.courses.island import FACTS, GLOSSARY, KEEPERS, LAMP, WRECK, Island

CLOSED = "age: {core: null, full: 16, teacher_release: true}"
HALF = "age: {core: 12, full: 16}"


def ages(island: Island) -> Audience:
    return audience(island.catalog())


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
    lamp = catalog.lessons["1-light", "1-the-lamp"]
    careless = replace(lamp, facts=(*lamp.facts, "wreck.03"))

    found = audience(replace(catalog, lessons={**catalog.lessons, ("1-light", "1-the-lamp"): careless}))

    assert found.facts["wreck.03"] == 16


@pytest.mark.parametrize(("sensitivity", "age"), [("none", 0), ("strong", 18)])
def test_a_fact_that_no_lesson_teaches_is_as_open_as_it_is_hard(
    island: Island, sensitivity: str, age: int
) -> None:
    island.write(FACTS, island.text(FACTS) + LOST.format(sensitivity=sensitivity))

    assert ages(island).facts["light.09"] == age


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
