"""Glossary and outline as readers of some age see them."""

from __future__ import annotations

import pytest

from learnapp.config import ROOT
from learnapp.content.audience import audience
from learnapp.content.catalog import Catalog
from learnapp.content.loader import load
from learnapp.library import sources
from learnapp.library.sources import Glossary, Node
from tests.courses.island import FACTS, GLOSSARY, KEEPERS, LAMP, Island
from tests.library.conftest import course


def glossary(catalog: Catalog, age: int) -> Glossary:
    return sources.glossary(catalog, audience(catalog), age)


def outline(catalog: Catalog, age: int = 18) -> tuple[Node, ...]:
    return sources.outline(catalog, audience(catalog), age)


def node(catalog: Catalog, slug: str, age: int = 18) -> Node:
    return sources.path_to(outline(catalog, age), slug)[-1]


def test_terms_stand_under_their_letters_with_first_use_and_facts(catalog: Catalog) -> None:
    found = glossary(catalog, 12)

    assert [letter for letter, _ in found.letters] == ["S", "W"]
    (wick,) = found.letters[1][1]
    assert wick.first is not None
    assert (wick.first.lesson.slug, wick.first.anchor) == ("1-the-lamp", "term-wick")
    assert wick.meaning == "The <em>cord</em> in a lamp that draws up the oil."
    assert [told.fact.id for told in wick.facts] == ["keepers.01"]
    assert found.left_out == ()


def test_a_term_is_first_used_in_the_first_lesson_that_the_reader_may_open(island: Island) -> None:
    for path in (LAMP, KEEPERS):
        island.write(path, island.text(path).replace('{term="wick"}', "").replace("[wick]", "wick"))
    catalog = island.catalog()

    found = {entry.slug: entry for _, entries in glossary(catalog, 12).letters for entry in entries}

    # Only the short version explains it now, which has no place of its own in the whole lesson.
    assert found["wick"].first is None


def test_a_fact_for_older_readers_is_left_out_and_counted(island: Island) -> None:
    island.write(
        GLOSSARY, island.text(GLOSSARY).replace("facts: [keepers.01]", "facts: [keepers.01, wreck.03]")
    )
    catalog = island.catalog()

    young, old = (
        next(
            entry
            for _, entries in glossary(catalog, age).letters
            for entry in entries
            if entry.slug == "wick"
        )
        for age in (12, 16)
    )

    assert ([one.fact.id for one in young.facts], young.left_out) == (["keepers.01"], ((16, 1),))
    assert ([one.fact.id for one in old.facts], old.left_out) == (["keepers.01", "wreck.03"], ())


def test_the_outline_is_a_tree_in_the_order_of_the_page(catalog: Catalog) -> None:
    found = outline(catalog)

    assert [one.section.slug for one in found] == ["light", "wreck"]
    assert [one.section.slug for one in found[0].below] == ["lamp", "keepers"]
    assert [one.section.slug for one in sources.walk(found)] == list(catalog.sections)
    assert [one.section.slug for one in sources.path_to(found, "lamp")] == ["light", "lamp"]
    assert sources.path_to(found, "tides") == ()


def test_a_section_has_its_lessons_and_facts(catalog: Catalog) -> None:
    wreck = node(catalog, "wreck")

    assert [(lesson.slug, age) for lesson, age in wreck.lessons] == [("1-the-wreck", None)]
    assert [told.fact.id for told in wreck.facts] == [f"wreck.0{n}" for n in range(1, 6)]
    assert [told.fact.id for told in wreck.facts if told.hard] == ["wreck.03", "wreck.04"]
    assert {place.lesson.slug for told in wreck.facts for place in told.places} == {"1-the-wreck"}


def test_young_readers_get_the_number_of_what_is_left_out_and_from_which_age(catalog: Catalog) -> None:
    wreck = node(catalog, "wreck", 14)

    assert [told.fact.id for told in wreck.facts] == ["wreck.01", "wreck.02", "wreck.05"]
    assert (wreck.left_out, wreck.total) == (((16, 2),), 5)


def test_lessons_that_do_not_open_yet_say_from_when() -> None:
    island = load(ROOT / "tests" / "courses" / "island").catalog
    assert island is not None

    (found,) = node(island, "wreck", 12).lessons

    assert (found[0].slug, found[1]) == ("1-the-wreck", 16)


def test_voices_are_counted(catalog: Catalog) -> None:
    assert sum(count for _, count in sources.voices(catalog)) == len(catalog.facts)
    assert dict(sources.voices(catalog))["un"] == 1


def test_sections_of_which_the_same_is_said_stand_together(island: Island) -> None:
    island.edit(
        "modules/source.yaml",
        "The short copy ends before the boat house.",
        "The heading stands in the short copy only.",
    )

    ((sections, note),) = sources.differences(island.catalog())

    assert [one.slug for one in sections] == ["keepers", "wreck"]
    assert note == "The heading stands in the short copy only."


@pytest.mark.parametrize("age", [12, 14, 16, 18])
def test_the_real_outline_has_every_heading_and_accounts_for_every_fact(age: int) -> None:
    catalog = course()

    nodes = list(sources.walk(outline(catalog, age)))

    assert [one.section.slug for one in nodes] == list(catalog.sections)
    assert len(nodes) == 39
    assert sum(one.total for one in nodes) == len(catalog.facts) == 227


def test_the_real_differences_speak_of_every_heading() -> None:
    told = {one.slug for sections, _note in sources.differences(course()) for one in sections}

    assert told == set(course().sections)


def test_a_fact_that_no_lesson_teaches_has_no_place(island: Island) -> None:
    island.write(FACTS, island.text(FACTS) + LOST)

    (told,) = (one for one in node(island.catalog(), "light").facts if one.fact.id == "light.09")

    assert told.places == ()


LOST = """\
  - id: light.09
    section: light
    fact: Nobody tells this.
    attribution: Museum page (own statement, no source cited)
    voice: page
    sensitivity: none
    testimony: false
    quizzable: false
"""
