"""Words that are ruled out and wording that does not put people first are found wherever readers meet them."""

from tests.courses.island import FACTS, LAMP, LAMP_QUIZ, Island


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
