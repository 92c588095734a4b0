from pathlib import Path

import pytest

from tests.courses.island import LAMP_QUIZ, WRECK_QUIZ, Case, Island, at, cases, named, require_found

CASES = cases(Path(__file__).with_name("items.yaml"))

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


@pytest.mark.parametrize("case", CASES["broken"], ids=named)
def test_what_an_item_should_not_have_is_found_at_its_line(island: Island, case: Case) -> None:
    require_found(island, case)


@pytest.mark.parametrize("case", CASES["fine"], ids=named)
def test_what_an_item_may_have_is_not_found(island: Island, case: Case) -> None:
    island.edit(case["path"], case["old"], case["new"])

    assert island.checked() == ()


@pytest.mark.parametrize(("extra", "found"), [(0, False), (2, False), (3, True)])
def test_a_quiz_has_five_to_seven_items(island: Island, extra: int, found: bool) -> None:
    island.write(LAMP_QUIZ, island.text(LAMP_QUIZ) + "".join(EXTRA.format(n=n) for n in range(extra)))

    assert [at(problem) for problem in island.checked()] == ([(LAMP_QUIZ, 1, "item-count")] if found else [])


def test_a_quiz_has_four_types_or_more(island: Island) -> None:
    text = "items:\n" + "".join(EXTRA.format(n=n) for n in range(5))
    island.write(LAMP_QUIZ, text)

    assert at(island.only_finding()) == (LAMP_QUIZ, 1, "item-types")


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
