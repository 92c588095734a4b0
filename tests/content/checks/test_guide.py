"""Each rule of the guide with content that breaks it; the island as it is breaks none."""

from pathlib import Path

import pytest

from tests.courses.island import FACTS, LAMP, LAMP_QUIZ, WRECK_QUIZ, Case, Island, at, cases, named

CASES = cases(Path(__file__).with_name("guide.yaml"))


def test_the_island_breaks_no_rule(island: Island) -> None:
    assert island.checked() == ()


@pytest.mark.parametrize("case", CASES["broken"], ids=named)
def test_what_breaks_a_rule_is_found_at_its_line(island: Island, case: Case) -> None:
    island.edit(case["path"], case["old"], case["new"])
    line = island.line(case["path"], case["words"])

    found = [problem for problem in island.checked() if problem.rule == case["rule"]]

    assert [(one.path, one.line, one.severity) for one in found] == [(case["path"], line, case["severity"])]


@pytest.mark.parametrize("case", CASES["fine"], ids=named)
def test_what_the_rules_allow_is_not_found(island: Island, case: Case) -> None:
    island.edit(case["path"], case["old"], case["new"])

    assert island.checked() == ()


def test_a_caveat_has_to_be_seen_beside_the_paragraph(island: Island) -> None:
    island.edit(FACTS, "    note: 'The count moves: 27 nights in 2013.'\n", "")

    assert at(island.only_finding()) == (LAMP, island.line(LAMP, '{facts="lamp.03"}'), "caveat")

    island.edit(LAMP, '{facts="lamp.03"}', '{facts="lamp.03" note="Harbor Watch, 2012. In 2013 there were 27."}')

    assert island.checked() == ()


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


def test_the_review_item_is_wanted_from_the_third_lesson_on(island: Island) -> None:
    island.edit(WRECK_QUIZ, "    review: true\n", "")

    assert at(island.only_finding()) == (WRECK_QUIZ, 3, "review")


def test_rules_are_held_although_other_files_cannot_be_read(island: Island) -> None:
    island.write(FACTS, "facts: [")
    island.edit(LAMP, "what the captains looked for", "what robots looked for")

    assert {"banned-word", "yaml-syntax"} <= {problem.rule for problem in island.checked()}
