import pytest

from tests.courses.island import LAMP_QUIZ, WRECK_QUIZ, Island, at

EXTRA = """\
  - id: extra-{n}
    type: numeric
    stem: How many nights did Harbor Watch count in 2012?
    facts: [lamp.03]
    answer: 31
    feedback:
      right: Harbor Watch counted 31 nights in 2012. The number was smaller in the year after.
      low: There were more of them. The group counted every night without a flash in 2012.
      high: There were fewer of them. The group counted every night without a flash in 2012.
"""


def in_lamp(island: Island, rule: str) -> list[str]:
    """Return what is said of the lamp's quiz under a rule."""
    return [one.message for one in island.checked() if one.rule == rule and one.path == LAMP_QUIZ]


@pytest.mark.parametrize(("extra", "found"), [(0, False), (3, False), (4, True)])
def test_a_quiz_has_five_to_eight_items(island: Island, extra: int, found: bool) -> None:
    island.write(LAMP_QUIZ, island.text(LAMP_QUIZ) + "".join(EXTRA.format(n=n) for n in range(extra)))

    assert in_lamp(island, "item-count") == (["the quiz has 9 items; 5 to 8 are wanted"] if found else [])


def test_a_quiz_has_three_types_or_more(island: Island) -> None:
    text = island.text(LAMP_QUIZ)
    island.write(LAMP_QUIZ, text[: text.index("  - id: lamp-q3")] + "".join(EXTRA.format(n=n) for n in range(3)))
    assert in_lamp(island, "item-types") == []

    island.write(LAMP_QUIZ, text[: text.index("  - id: lamp-q3")])
    assert in_lamp(island, "item-types") == ["the quiz has 2 types of item; 3 or more are wanted"]


def test_four_items_are_too_few(island: Island) -> None:
    island.write(LAMP_QUIZ, island.text(LAMP_QUIZ).partition("  - id: lamp-q5")[0])

    assert at(island.only_finding()) == (LAMP_QUIZ, 1, "item-count")


def test_single_choice_has_three_options(island: Island) -> None:
    island.edit(
        WRECK_QUIZ,
        "      - text: Vera Reed rowed out to the rocks.",
        "      - text: Vera Reed went up to the lamp.\n"
        "        feedback: Somebody else looked after the lamp. Vera went down to the boat on the beach.\n"
        "      - text: Vera Reed rowed out to the rocks.",
    )

    finding = island.only_finding()

    assert at(finding) == (WRECK_QUIZ, island.line(WRECK_QUIZ, "ran to the harbor"), "option-count")


def test_always_in_every_option_gives_nothing_away(island: Island) -> None:
    for text in ("ran to the harbor for help", "put out the lamp at once", "rowed out to the rocks"):
        island.edit(WRECK_QUIZ, f"Vera Reed {text}", f"Vera Reed always {text}")

    assert island.checked() == ()


def test_feedback_of_twelve_words_is_enough(island: Island) -> None:
    old = "There was no time for the harbor. Vera went to the small boat on the beach."
    island.edit(WRECK_QUIZ, old, "There was no time for that. Vera went to the small boat.")

    assert island.checked() == ()

    island.edit(WRECK_QUIZ, "Vera went to the small boat.", "Vera went to the boat.")

    assert island.only_finding().rule == "feedback"


def test_a_conversation_of_one_turn_is_no_conversation(island: Island) -> None:
    text = island.text(LAMP_QUIZ).partition("      - id: repair")[0].replace("            next: repair\n", "")
    island.write(LAMP_QUIZ, text)

    finding = island.only_finding()

    assert (finding.rule, finding.severity) == ("scenario-turns", "warning")


def test_items_that_may_be_tried_again_have_hints(island: Island) -> None:
    island.write(LAMP_QUIZ, "behaviour: interactive\n" + island.text(LAMP_QUIZ))

    assert [problem.rule for problem in island.checked()] == ["hints"] * 4


def test_the_review_item_is_wanted_from_the_third_lesson_on(island: Island) -> None:
    island.edit(WRECK_QUIZ, "    review: true\n", "")

    assert at(island.only_finding()) == (WRECK_QUIZ, 3, "review")


def test_a_quiz_asks_two_items_of_recall_and_half_unseen(island: Island) -> None:
    for words in ("{kind: headline, text: Boats lose their way in the fog", "{kind: sign, text: Light of our coast"):
        island.edit(LAMP_QUIZ, f"    stimulus: {words}, made_up: true}}\n", "")

    found = [(one.line, one.rule, one.message) for one in island.checked() if one.rule.endswith("-share")]
    words = "4 items ask what was read, 2 at most may; show something unseen: `stimulus`"
    assert found == [
        (1, "stimulus-share", "1 of 5 items show something unseen; at least half are wanted"),
        (island.line(LAMP_QUIZ, "id: lamp-q3"), "recall-share", words),
    ]


def test_a_short_quiz_has_three_to_five_items_and_one_of_recall(island: Island) -> None:
    island.write(WRECK_QUIZ, island.text(WRECK_QUIZ).partition("  - id: wreck-s3")[0])
    assert [one.message for one in island.checked() if one.rule == "item-count"] == [
        "the short quiz has 2 items; 3 to 5 are wanted"
    ]

    island.edit(WRECK_QUIZ, "    stimulus: {kind: sign, text: Please shut the door, made_up: true}\n", "")
    assert [one.message for one in island.checked() if one.rule == "recall-share"] == [
        "2 items ask what was read, 1 at most may; show something unseen: `stimulus`"
    ]
