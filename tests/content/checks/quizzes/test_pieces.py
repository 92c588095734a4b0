"""Pieces of evidence in questions: each under the letter that its lesson gives it, and where they are at hand."""

import pytest

from tests.courses.island import LAMP, LAMP_QUIZ, Island

FIRST = "    stem: What does the page say about the *height* of the lamp, in about 2015?\n    facts: [lamp.01]\n"
ASKS = "    stem: Does piece A tell more of the lamp than piece B, in 2012?\n"


def problems(island: Island, pieces: str, facts: str, more: str = "") -> list[tuple[str, str]]:
    """Ask about pieces A and B in the first question of the lamp; return what the check says of it."""
    island.edit(LAMP_QUIZ, FIRST, f"{ASKS}    facts: {facts}\n{pieces}{more}")
    return [(one.rule, one.message) for one in island.checked() if one.rule == "piece"]


def test_a_question_works_with_pieces_that_it_lists_and_whose_facts_it_has(island: Island) -> None:
    assert problems(island, "    pieces: [A, B]\n", "[light.02, lamp.03]") == []


@pytest.mark.parametrize(
    ("pieces", "facts", "more", "said"),
    [
        ("", "[light.02, lamp.03]", "", "list it"),
        ("    pieces: [A, C]\n", "[light.02, lamp.03]", "", "list it"),
        ("    pieces: [A, B, C]\n", "[light.02, lamp.03]", "", "no piece C"),
        ("    pieces: [A, B]\n", "[light.02]", "", "piece B tells none"),
        ("    pieces: [A, B]\n", "[light.02, lamp.03]", "    review: true\n", "own lesson"),
    ],
)
def test_a_piece_that_is_not_at_hand_under_its_letter_is_named(
    island: Island, pieces: str, facts: str, more: str, said: str
) -> None:
    assert any(said in message for _, message in problems(island, pieces, facts, more))


def test_a_piece_that_moves_to_another_letter_is_noticed(island: Island) -> None:
    assert problems(island, "    pieces: [A, B]\n", "[light.02, lamp.03]") == []
    newer = '::: piece A visitor measures\n{facts="lamp.01"}\nIt stands 40 meters above the sea.\n:::\n\n'
    island.edit(LAMP, "::: piece The inquiry", f"{newer}::: piece The inquiry")
    assert "piece A tells none" in " ".join(one.message for one in island.checked())
