"""The field card against the ledger: each rule at the line that broke it."""

import pytest

from tests.content.checks.test_programs import broken
from tests.courses.island import Island
from tests.courses.island_programs import PROGRAMS, with_card


def test_a_card_without_fault_is_fine_and_may_say_what_not_to_say(island: Island) -> None:
    assert with_card(island).problems() == ()
    assert island.catalog().card is not None
    assert "banned-word" not in {problem.rule for problem in island.checked()}


@pytest.mark.parametrize(
    ("rule", "old", "new", "words"),
    [
        ("card-figure", "figure: 1 lamp", "figure: 32 lamps", "figure: 32 lamps"),
        ("card-year", "a survey of 2016 found", "a survey found", "figure: 1 lamp"),
        ("card-year", "a survey of 2016 found", "a survey of 2015 found", "figure: 1 lamp"),
        ("unknown-fact", "fact: ev.harbor.lamp", "fact: ev.harbor.none", "ev.harbor.none"),
        ("unverified", "fact: ev.harbor.lamp", "fact: ev.harbor.rumor", "ev.harbor.rumor"),
        ("card-unverified", "fact: ev.harbor.lamp", "fact: lamp.03", "fact: lamp.03"),
        ("unknown-fact", "[light.01]", "[light.91]", "light.91"),
        ("card-fact", "[keepers.03]", "[wreck.03]", "wreck.03"),
        ("card-fact", "[light.01]", "[ev.harbor.wreck]", "ev.harbor.wreck"),
    ],
)
def test_what_the_ledger_does_not_bear_is_found_at_its_line(
    island: Island, rule: str, old: str, new: str, words: str
) -> None:
    with_card(island).edit(PROGRAMS, old, new)
    assert (PROGRAMS, island.line(PROGRAMS, words)) in broken(island, rule)


def test_a_fact_that_is_not_shown_to_all_ages_stands_on_no_card(island: Island) -> None:
    with_card(island).edit(PROGRAMS, "[light.01]", "[wreck.02]")
    assert broken(island, "card-age") == [(PROGRAMS, island.line(PROGRAMS, "[wreck.02]"))]


def test_a_program_cannot_have_the_address_of_the_card(island: Island) -> None:
    with_card(island).edit(PROGRAMS, "slug: keeper", "slug: card")
    assert len(broken(island, "name-taken")) == 1


def test_the_words_of_safety_points_are_held_against_the_guide(island: Island) -> None:
    with_card(island).edit(PROGRAMS, "why: The sea is stronger", "why: The robots say that the sea is stronger")
    assert "banned-word" in {problem.rule for problem in island.checked()}
