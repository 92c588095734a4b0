"""Who is shown to readers of an age: nobody of whom everything is closed to them."""

from dataclasses import replace

import pytest

from learnapp.content.ages import catalog_ages
from learnapp.content.catalog import Catalog
from learnapp.content.evidence import Person
from learnapp.library.people import PersonEntry, people, people_told
from tests.courses.real import real_catalog

KEEPER = {
    "id": "keeper",
    "name": "The keeper",
    "changed": "no",
    "pronoun": None,
    "act": "rang the bell",
    "may_tell": "all",
}


def entries(catalog: Catalog, age: int, *facts: str, open_act: bool = False) -> tuple[PersonEntry, ...]:
    keeper = Person.model_validate({**KEEPER, "facts": facts, "open_act": open_act})
    known = replace(catalog, people={"keeper": keeper})
    return people(known, catalog_ages(known), age)


def test_a_person_is_shown_with_the_lessons_in_which_one_meets_them(catalog: Catalog) -> None:
    (keeper,) = entries(catalog, 12, "lamp.01")
    assert keeper.person.name == "The keeper"
    assert [lesson.slug for lesson in keeper.lessons]


def test_a_person_of_whom_everything_is_for_older_readers_is_not_shown(catalog: Catalog) -> None:
    gated = next(fact for lesson in catalog.lessons.values() for fact in lesson.gated)
    assert entries(catalog, 12, gated) == ()
    assert len(entries(catalog, 18, gated)) == 1


def test_a_person_of_whom_some_is_withheld_is_named_only_if_the_act_tells_nothing_of_it(catalog: Catalog) -> None:
    gated = next(fact for lesson in catalog.lessons.values() for fact in lesson.gated)
    assert entries(catalog, 12, gated, "lamp.01") == ()
    assert len(entries(catalog, 12, gated, "lamp.01", open_act=True)) == 1
    assert len(entries(catalog, 18, gated, "lamp.01")) == 1
    assert entries(catalog, 12, gated, open_act=True) == ()


@pytest.mark.parametrize(
    ("fact", "route", "told"),
    [
        ("wreck.02", "closed", True),
        ("wreck.02", "all", True),
        ("wreck.02", None, True),
        ("wreck.02", "short", False),
        ("wreck.03", "all", False),  # it stands in a card
        ("keepers.03", "short", True),
        ("keepers.03", "all", False),
    ],
)
def test_a_version_tells_of_whom_its_paragraphs_outside_of_cards_tell(
    catalog: Catalog, fact: str, route: str | None, told: bool
) -> None:
    known = entries(catalog, 18, fact)
    assert (people_told(known, catalog.lessons["1-sea/1-the-wreck"], route) == list(known)) is told


@pytest.mark.parametrize("age", [12, 14, 16, 18])
def test_nobody_of_the_course_is_named_for_an_act_that_their_age_group_is_not_told(age: int) -> None:
    catalog = real_catalog()
    ages = catalog_ages(catalog)
    named = people(catalog, ages, age)
    assert named
    for entry in named:
        assert entry.person.open_act or all(ages.facts[fact] <= age for fact in entry.person.facts), entry.person.id
    assert ("kim-witness" in {entry.person.id for entry in named}) is (age >= 16)
