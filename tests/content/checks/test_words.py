"""Words that are ruled out and wording that does not put people first are found wherever readers meet them."""

from pathlib import Path

import pytest

from tests.courses.island import FACTS, LAMP, LAMP_QUIZ, Case, Island, cases, named, require_found

CASES = cases(Path(__file__).with_name("words.yaml"))


@pytest.mark.parametrize("case", CASES["broken"], ids=named)
def test_words_that_are_ruled_out_are_found_at_their_line(island: Island, case: Case) -> None:
    require_found(island, case)


def test_a_quoted_defector_may_stand(island: Island) -> None:
    island.edit(LAMP, "what the captains looked for", "what “a defector”, as one paper has it, looked for")

    assert island.checked() == ()


def test_a_passer_by_in_a_conversation_may_say_anything(island: Island) -> None:
    island.edit(LAMP_QUIZ, "That old lamp never worked, did it?", "Are they not all brainwashed North Koreans?")
    island.edit(LAMP_QUIZ, "Sailors say anything.", "North Koreans say anything.")

    assert island.checked() == ()


def test_the_ledger_keeps_its_sources_words(island: Island) -> None:
    island.edit(FACTS, "Testimony: Ben Stone (no year on page)", "Testimony: Ben Stone, called a defector")

    assert island.checked() == ()
