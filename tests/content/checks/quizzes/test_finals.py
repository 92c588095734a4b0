"""Banks of finals against the guide: each item, the keys of all, and whether each form and item can be drawn."""

import re

import pytest

from learnapp.content.checks.quizzes import finals
from tests.courses.harbor import EVIDENCE
from tests.courses.island import FACTS, Island, at
from tests.courses.island_programs import LIGHT, NIGHTS, PROGRAMS, SEA, SIGN, STORMS, WHY, single, talk, with_programs

FIRST = "  - id: light-a\n    type: single\n"


def found(island: Island, rule: str) -> list[tuple[str, int, str]]:
    """Return file, line and severity of what the check reports under a rule."""
    return [(one.path, one.line, one.severity) for one in island.checked() if one.rule == rule]


def replaced(island: Island, path: str, old: str, new: str) -> Island:
    """Replace what stands first."""
    with_programs(island).write(path, island.text(path).replace(old, new, 1))
    return island


@pytest.mark.parametrize(
    ("rule", "path", "old", "new", "words", "severity"),
    [
        ("final-hint", LIGHT, FIRST, f"{FIRST}    hints: [Look up.]\n", "hints:", "error"),
        ("final-pieces", LIGHT, FIRST, f"{FIRST}    pieces: [A, B]\n", "pieces:", "error"),
        ("feedback", LIGHT, WHY, "So it is.", "So it is.", "error"),
        ("blame", LIGHT, "These are", "Obviously these are", "Obviously", "warning"),
        ("feedback-silent", LIGHT, "These are", "The page does not say. These are", "does not say", "error"),
        ("negative-stem", LIGHT, "What fits the light?", "What does not fit?", "What does not", "error"),
        ("giveaway", LIGHT, "In the tower", "Always there", "Always there", "error"),
        ("all-of-these", LIGHT, "In the tower", "All of these", "All of these", "error"),
        ("key-length", LIGHT, "In the tower", "In the old tower on the rock", "In the old tower", "error"),
        ("number", LIGHT, "What fits the light?", "What fits 77 lights?", "77", "error"),
        ("date", LIGHT, f"{SIGN}\n    stem: {NIGHTS}", f"{SIGN}\n    stem: Where were 31 nights?", "31", "error"),
        ("markup-sign", LIGHT, "What fits the light?", "What fits ____ the light?", "____", "error"),
        ("banned-word", LIGHT, "What fits the light?", "Who was brainwashed?", "brainwashed", "error"),
    ],
)
def test_an_item_that_breaks_the_guide_is_found_at_its_line(
    island: Island, rule: str, path: str, old: str, new: str, words: str, severity: str
) -> None:
    replaced(island, path, old, new)
    assert found(island, rule) == [(path, island.line(path, words), severity)]


def test_a_conversation_has_two_turns(island: Island) -> None:
    with_programs(island)
    turn = talk("storms-short", "wreck.05").partition("      - id: end\n")[0].replace(", next: end", "")
    island.write(STORMS, island.text(STORMS) + turn)
    line = island.line(STORMS, "storms-short") + 5
    assert found(island, "scenario-turns") == [(STORMS, line, "warning")]


def test_a_turn_has_three_replies_and_two_goods_say_what_they_cost(island: Island) -> None:
    replaced(island, STORMS, f"          - {{text: No., rating: worse, feedback: {WHY}}}\n", "")
    island.write(STORMS, island.text(STORMS).replace("rating: weak, next", "rating: best, next", 1))
    start, end = island.line(STORMS, "id: start"), island.line(STORMS, "id: end")
    assert found(island, "reply-count") == [(STORMS, end, "error")]
    assert found(island, "reply-cost") == [(STORMS, start + 3, "error"), (STORMS, start + 4, "error")]


def test_half_of_each_bank_shows_something_unseen(island: Island) -> None:
    replaced(island, SEA, f"    stimulus: {SIGN}\n", "")
    assert at(island.only_finding()) == (SEA, island.line(SEA, "id: sea-b"), "stimulus-share")


def test_half_recall_is_still_fine(island: Island) -> None:
    with_programs(island)
    island.write(SEA, island.text(SEA) + single("sea-d", 0, "wreck.05", stimulus=""))
    assert island.checked() == ()


def test_the_keys_of_all_banks_are_spread_over_the_positions(island: Island) -> None:
    with_programs(island)
    keys = [single(f"light-{n}", 0, "light.01") for n in range(3)]
    island.write(LIGHT, "items:\n" + "".join(keys) + single("light-3", 1, "light.01"))
    rules = {(problem.rule, problem.path) for problem in island.checked()}
    assert rules == {("key-run", LIGHT)}
    island.write(LIGHT, "items:\n" + "".join(single(f"light-{n}", n == 2, "light.01") for n in range(5)))
    island.write(SEA, "items:\n" + "".join(single(f"sea-{n}", n == 1, "lamp.03", NIGHTS) for n in range(3)))
    assert ("key-position", SEA) in {(problem.rule, problem.path) for problem in island.checked()}


def test_the_key_is_seldom_the_longest_option_of_a_bank(island: Island) -> None:
    with_programs(island)
    for path in (LIGHT, SEA):
        text = island.text(path)
        island.write(path, text.replace("In the tower, key: true", "In the old tower, key: true"))
    assert found(island, "key-longest") == []
    island.write(LIGHT, island.text(LIGHT).replace("On the beach, key: true", "On the long beach, key: true"))
    island.write(LIGHT, island.text(LIGHT).replace("By the rocks, key: true", "By the old rocks, key: true"))
    assert [path for path, _line, _severity in found(island, "key-longest")] == [SEA]


def strong(island: Island, fact: str) -> None:
    """Make a fact of the wreck strong, which is told in a strong lesson."""
    before, entry, after = island.text(FACTS).partition(f"  - id: {fact}\n")
    island.write(FACTS, before + entry + re.sub("sensitivity: [a-z]+", "sensitivity: strong", after, count=1))


@pytest.mark.parametrize("edit", [("dated_least: 1", "dated_least: 4"), ("voices: [page]", "voices: [law]")])
def test_rules_that_no_form_of_the_banks_holds_are_told_at_the_form(island: Island, edit: tuple[str, str]) -> None:
    with_programs(island).edit(PROGRAMS, *edit)
    assert at(island.only_finding()) == (PROGRAMS, island.line(PROGRAMS, "final:"), "form-rules")


def test_a_form_that_cannot_do_without_strong_facts_is_found(island: Island) -> None:
    strong(with_programs(island), "wreck.05")  # that of all storms, one of which is asked
    places = {at(problem) for problem in island.checked() if problem.rule == "form-rules"}
    assert places == {(PROGRAMS, island.line(PROGRAMS, "renewal:"), "form-rules")}


def test_a_renewal_has_rules_of_its_own(island: Island) -> None:
    with_programs(island).edit(PROGRAMS, "pass_points: 2", "pass_points: 2\n      dated_least: 2")
    assert at(island.only_finding()) == (PROGRAMS, island.line(PROGRAMS, "renewal:"), "form-rules")


def test_an_item_that_no_form_asks_is_found(island: Island) -> None:
    strong(with_programs(island), "wreck.02")
    assert island.checked() == ()
    island.edit(PROGRAMS, "strong_most: 1", "strong_most: 0")
    assert at(island.only_finding()) == (SEA, island.line(SEA, "id: sea-b"), "never-drawn")


def test_a_bank_of_fifteen_has_every_item_drawn(island: Island, monkeypatch: pytest.MonkeyPatch) -> None:
    with_programs(island)
    extra = [single(f"light-{n}", n % 3, "light.01") for n in range(10)]
    island.write(LIGHT, island.text(LIGHT) + "".join(extra))
    assert found(island, "never-drawn") == []
    monkeypatch.setattr(finals, "DRAWN", 2)
    assert len(found(island, "never-drawn")) > 5


def test_forms_are_not_drawn_while_something_else_is_wrong(island: Island) -> None:
    """They may come right with it, and a bank that was skipped has no items."""
    with_programs(island).edit(PROGRAMS, "dated_least: 1", "dated_least: 4")
    island.write(STORMS, "items: []")
    assert {problem.rule for problem in island.checked()} == {"schema-too-short"}


def test_numbers_are_held_against_nothing_while_the_evidence_cannot_be_read(island: Island) -> None:
    replaced(island, LIGHT, FIRST, f"{FIRST}    hints: [There are 77.]\n")
    assert [line for _path, line, _severity in found(island, "number")] == [island.line(LIGHT, "77")]
    island.write(EVIDENCE, "evidence: [")
    assert found(island, "number") == []
    assert len(found(island, "final-hint")) == 1


def test_a_course_without_programs_has_no_banks_to_be_held_against_anything(island: Island) -> None:
    replaced(island, LIGHT, WHY, "So it is.")
    (island.root / PROGRAMS).unlink()
    assert {at(problem) for problem in island.checked()} == {(path, 1, "orphan") for path in (LIGHT, SEA, STORMS)}
