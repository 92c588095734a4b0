"""The sources page's outline as readers of some age see it."""

from collections.abc import Iterable, Iterator

import pytest

from learnapp.config.settings import ROOT
from learnapp.content.ages import catalog_ages
from learnapp.content.catalog import Catalog
from learnapp.content.loader import load
from learnapp.library import sources
from learnapp.library.sources import SectionNode
from tests.courses.island import FACTS, Island
from tests.courses.real import real_catalog


def outline(catalog: Catalog, age: int = 18) -> tuple[SectionNode, ...]:
    return sources.outline(catalog, catalog_ages(catalog), age)


def walk(nodes: Iterable[SectionNode]) -> Iterator[SectionNode]:
    """Yield every section of the tree in the order of the page."""
    for node in nodes:
        yield node
        yield from walk(node.children)


def node(catalog: Catalog, slug: str, age: int = 18) -> SectionNode:
    return sources.path_to(outline(catalog, age), slug)[-1]


def test_the_outline_is_a_tree_in_the_order_of_the_page(catalog: Catalog) -> None:
    found = outline(catalog)

    assert [one.section.slug for one in found] == ["light", "wreck"]
    assert [one.section.slug for one in found[0].children] == ["lamp", "keepers"]
    assert [one.section.slug for one in walk(found)] == list(catalog.sections)
    assert [one.section.slug for one in sources.path_to(found, "lamp")] == ["light", "lamp"]
    assert sources.path_to(found, "tides") == ()


def test_a_section_has_its_lessons_and_facts(catalog: Catalog) -> None:
    wreck = node(catalog, "wreck")

    assert [(lesson.slug, age) for lesson, age in wreck.lessons] == [("1-the-wreck", None)]
    assert [entry.fact.id for entry in wreck.facts] == [f"wreck.0{n}" for n in range(1, 6)]
    assert [entry.fact.id for entry in wreck.facts if entry.hard] == ["wreck.03", "wreck.04"]
    assert {place.lesson.slug for entry in wreck.facts for place in entry.places} == {"1-the-wreck"}


def test_young_readers_get_the_number_of_what_is_left_out_and_from_which_age(catalog: Catalog) -> None:
    wreck = node(catalog, "wreck", 14)

    assert [entry.fact.id for entry in wreck.facts] == ["wreck.01", "wreck.02", "wreck.05"]
    assert (wreck.hidden_facts, wreck.total) == (((16, 2),), 5)


def test_lessons_that_do_not_open_yet_say_from_when() -> None:
    island = load(ROOT / "tests" / "courses" / "island").catalog
    assert island is not None

    (found,) = node(island, "wreck", 12).lessons

    assert (found[0].slug, found[1]) == ("1-the-wreck", 16)


def test_voices_are_counted(catalog: Catalog) -> None:
    assert sum(count for _, count in sources.count_voices(catalog)) == len(catalog.facts)
    assert dict(sources.count_voices(catalog))["un"] == 1


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
    catalog = real_catalog()

    nodes = list(walk(outline(catalog, age)))

    assert [one.section.slug for one in nodes] == list(catalog.sections)
    assert len(nodes) == 39
    assert sum(one.total for one in nodes) == sum(fact.section is not None for fact in catalog.facts.values()) == 227


def test_the_real_differences_speak_of_every_heading() -> None:
    explained = {one.slug for sections, _note in sources.differences(real_catalog()) for one in sections}

    assert explained == set(real_catalog().sections)


def test_a_fact_that_no_lesson_teaches_has_no_place(island: Island) -> None:
    island.write(FACTS, island.text(FACTS) + LOST)

    (entry,) = (one for one in node(island.catalog(), "light").facts if one.fact.id == "light.09")

    assert entry.places == ()


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
