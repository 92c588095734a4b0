import re
from pathlib import Path

import pytest

from tests.courses.island import (
    FACTS,
    KEEPERS,
    KEEPERS_QUIZ,
    LAMP,
    SOURCE,
    WRECK,
    WRECK_QUIZ,
    Case,
    Island,
    at,
    cases,
    named,
)

CASES = cases(Path(__file__).with_name("references.yaml"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=named)
def test_what_points_nowhere_is_reported_where_it_stands(island: Island, case: Case) -> None:
    island.edit(case["path"], case["old"], case["new"])

    found = [problem for problem in island.problems() if problem.rule == case["rule"]]

    assert [problem.path for problem in found] == [case["path"]], "\n".join(map(str, island.problems()))
    if "words" in case:
        assert found[0].line == island.line(case["path"], case["words"])


def test_a_gated_fact_stands_in_cards_only(island: Island) -> None:
    island.edit(WRECK, "::: card How many people died\n", "")
    island.edit(WRECK, "no names for them.\n:::\n", "no names for them.\n")

    assert at(island.only_problem()) == (WRECK, island.line(WRECK, '{facts="wreck.03"}'), "gated-outside-card")


def test_a_fact_that_one_lesson_gates_is_gated_in_all(island: Island) -> None:
    island.edit(WRECK, "gated: [wreck.03, wreck.04]", "gated: [wreck.03, wreck.04, keepers.01]")

    rules = {(problem.path, problem.rule) for problem in island.problems()}

    assert {
        (LAMP, "gated-elsewhere"),
        (LAMP, "gated-outside-card"),
        (KEEPERS, "gated-outside-card"),
        (KEEPERS_QUIZ, "gated-item"),
        (WRECK, "gated-not-listed"),
        (WRECK, "gated-outside-card"),
    } <= rules


def test_a_gated_fact_may_be_asked_in_its_own_lessons_main_quiz_only(island: Island) -> None:
    assert "facts: [wreck.03]" in island.text(WRECK_QUIZ)
    assert island.problems() == ()

    island.edit(WRECK_QUIZ, "stem: The island built a boat house.\n    facts: [wreck.05]",
                "stem: The island built a boat house.\n    facts: [wreck.03]")  # fmt: skip

    assert {problem.rule for problem in island.problems()} == {"gated-item", "short-fact"}


def test_a_paragraph_may_look_back_at_an_earlier_lesson_but_not_ahead(island: Island) -> None:
    assert '{facts="keepers.01 wreck.02"}' in island.text(WRECK)
    assert "keepers.01" not in island.text(WRECK).split("---")[1].partition("skip:")[0]

    island.edit(LAMP, '{facts="light.02"}', '{facts="light.02 wreck.05"}')

    assert at(island.only_problem()) == (LAMP, island.line(LAMP, "light.02 wreck.05"), "fact-not-listed")


def test_the_short_version_may_use_what_an_earlier_lesson_taught_but_nothing_later(island: Island) -> None:
    assert "skip: [wreck.05, keepers.03, lamp.02]" in island.text(WRECK)

    first = island.text(FACTS).partition("  - id: light.02")[0].partition("facts:\n")[2]
    island.write(FACTS, island.text(FACTS) + first.replace("light.01", "light.05"))
    island.edit(WRECK, "skip: [wreck.05, keepers.03, lamp.02]", "skip: [wreck.05, keepers.03, lamp.02, light.05]")

    assert at(island.only_problem()) == (WRECK, island.line(WRECK, "skip:"), "not-taught")


def test_a_strong_lesson_has_its_short_version_pause_and_short_quiz(island: Island) -> None:
    body, _, end = island.text(WRECK).partition("::: short\n")
    island.write(WRECK, body)

    assert {(problem.path, problem.rule) for problem in island.problems()} == {
        (WRECK, "short-missing"),
        (WRECK, "pause-missing"),
        (WRECK_QUIZ, "short-quiz"),
    }

    island.write(WRECK, body + "::: short\n" + end)
    island.write(WRECK_QUIZ, island.text(WRECK_QUIZ).partition("short:\n")[0])

    assert at(island.only_problem()) == (WRECK_QUIZ, 1, "short-quiz")


def test_a_short_version_says_which_facts_it_uses(island: Island) -> None:
    island.edit(WRECK, "skip: [wreck.05, keepers.03, lamp.02]\n", "")

    assert "skip-missing" in {problem.rule for problem in island.problems()}


def test_a_figure_in_the_text_needs_one_in_the_front_matter(island: Island) -> None:
    island.write(KEEPERS, re.sub(r"figure:\n(?:  .*\n)+", "", island.text(KEEPERS)))

    assert at(island.only_problem()) == (KEEPERS, island.line(KEEPERS, "::: figure"), "figure-slot")


def test_links_to_pages_of_the_course_are_followed(island: Island) -> None:
    island.edit(LAMP, "wiped the glass", "wiped [the glass](#glass) for [them](/modules/1-sea/1-the-wreck#boat)")

    assert island.problems() == ()


def test_a_section_that_is_gone_is_missed_everywhere(island: Island) -> None:
    island.edit(SOURCE, "  - {slug: wreck, title: The Wreck, path: [The Wreck], depth: 1}\n", "")

    paths = {problem.path for problem in island.problems() if problem.rule == "unknown-section"}

    assert paths == {FACTS, SOURCE, WRECK}


def test_a_fact_that_is_never_asked_is_not_charted_either(island: Island) -> None:
    row = island.text(FACTS).partition("  - id: wreck.02")[2].partition("  - id:")[0]
    island.write(FACTS, island.text(FACTS).replace(row, row.replace("quizzable: true", "quizzable: false")))
    line = island.line(WRECK, "facts: [wreck.01, wreck.02]")

    charted = [problem for problem in island.problems() if problem.rule == "not-charted"]

    assert [at(problem) for problem in charted] == [(WRECK, line, "not-charted")]


def test_a_place_on_the_map_must_lead_to_a_lesson(island: Island) -> None:
    order = "    sequencing: advice"
    island.edit("modules/course.yaml", order, f"{order}\n    places: {{seoul: light/none}}")

    assert [(one.path, one.rule) for one in island.problems()] == [("modules/course.yaml", "unknown-lesson")]
