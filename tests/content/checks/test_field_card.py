"""The field card against the ledger: each rule at the line that broke it."""

import pytest

from tests.content.checks.test_programs import broken
from tests.courses.island import Island
from tests.courses.island_programs import PROGRAMS, with_card


def test_a_card_without_fault_is_fine_and_may_say_what_not_to_say(island: Island) -> None:
    assert with_card(island).checked() == ()
    assert island.catalog().card is not None


@pytest.mark.parametrize(
    ("rule", "old", "new", "words"),
    [
        ("card-figure", "31 dark nights", "32 dark nights", "32 dark nights"),
        ("card-year", "were counted in 2012", "were counted", "31 dark nights"),
        ("card-year", "were counted in 2012", "were counted in 2013", "31 dark nights"),
        ("unknown-fact", "fact: lamp.03", "fact: lamp.93", "lamp.93"),
        ("unknown-fact", "[light.01]", "[light.91]", "light.91"),
        ("card-fact", "[wreck.05]", "[wreck.03]", "wreck.03"),
        ("card-fact", "[light.01]", "[wreck.03]", "wreck.03"),
    ],
)
def test_what_the_ledger_does_not_bear_is_found_at_its_line(
    island: Island, rule: str, old: str, new: str, words: str
) -> None:
    with_card(island).edit(PROGRAMS, old, new)
    assert broken(island, rule) == [(PROGRAMS, island.line(PROGRAMS, words))]


def test_a_program_cannot_have_the_address_of_the_card(island: Island) -> None:
    with_card(island).edit(PROGRAMS, "slug: keeper", "slug: card")
    assert len(broken(island, "name-taken")) == 1
