"""What has to be told apart must differ by what is shown, in every part of every file."""

import pytest

from tests.courses.island import GLOSSARY, KEEPERS, KEEPERS_QUIZ, LAMP, LAMP_QUIZ, WRECK, Island

NOTHING = "It had nothing  about lights in its report at **all**"


@pytest.mark.parametrize(
    ("path", "old", "new", "words"),
    [
        (LAMP_QUIZ, "It stands on a ship in the harbor bay.", "It *stands* 10 meters above the sea.", "*stands*"),
        (LAMP_QUIZ, "It looked at one harbor only and nothing else.", NOTHING, "at all."),
        (LAMP_QUIZ, "[Page claim, Finding or survey]", "[Page claim, Page *claim*, Finding or survey]", "*claim*"),
        (LAMP_QUIZ, "No other light can be seen from the strait.", "It is the *oldest* light on its coast", "*oldest*"),
        (LAMP_QUIZ, "[nights, hours]", "[nights, hours, Hours.]", "Hours."),
        (LAMP_QUIZ, "text: Sailors say anything.", "text: It was **always** lit", "**always**"),
        (KEEPERS_QUIZ, "text: The boats come in.", "text: The *wick* is trimmed", "*wick*"),
        (KEEPERS_QUIZ, "prompt: Ben Stone", "prompt: Ada *Lamb*", "*Lamb*"),
        (KEEPERS_QUIZ, "[Built the tower]", "[Carried the *oil*]", "*oil*"),
        (KEEPERS_QUIZ, "accept: [three, \"3\"]", 'accept: ["10", "1O"]', "1O"),
        (KEEPERS_QUIZ, "text: A single house", "text: The [watch](/modules)", "[watch]"),
        (KEEPERS_QUIZ, "text: Ben Stone's", "text: Ada Lamb’s", "Ada Lamb's"),
        (LAMP, "label: The keepers,", "label: THE LAMP,", "THE LAMP"),
        (LAMP, "items: [Height, Turning]", "items: [Height, height]", "height]"),
        (LAMP, "- A survey counted 31 dark nights in 2012.", "- The lamp stands 40  meters above the sea", "40  m"),
        (LAMP, "  - Tell a finding from a claim", "  - Say how high the lamp  stands", "lamp  stands"),
        (WRECK, "label: The rescue, short: Rescue", "label: The rescue, short: ship", "short: ship"),
        (WRECK, "label: Vera Reed,", "label: The Page,", "The Page"),
        (WRECK, "::: card What Vera Reed saw", "::: card How many people  died", "people  died"),
        (KEEPERS, "title: The keepers", "title: The Lamp", "title: The Lamp"),
        (GLOSSARY, "term: Strait", "term: Wick", "Wick"),
    ],
)  # fmt: skip
def test_two_that_look_alike_are_an_error_at_the_second(
    island: Island, path: str, old: str, new: str, words: str
) -> None:
    island.edit(path, old, new)

    found = [(one.path, one.line) for one in island.problems() if one.rule == "look-alike"]

    assert found == [(path, island.line(path, words))]


def test_the_same_word_in_two_groups_is_no_double(island: Island) -> None:
    island.edit(LAMP, "items: [Wick]", "items: [Height]")

    assert island.problems() == ()
