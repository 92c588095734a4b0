"""The evidence that questions show: in the ledger, askable, open to all to whom the question is, and its numbers."""

from decimal import Decimal

import pytest

from learnapp.content.checks.quizzes.stimuli import derived_numbers, shown_numbers
from learnapp.quiz.stimulus import Stimulus
from tests.courses.island import FACTS, LAMP, LAMP_QUIZ, WRECK_QUIZ, Island

STEM = "    stem: What does the page say about the *height* of the lamp, in about 2015?\n"
NIGHTS = {"columns": ["Year", "Nights"], "rows": [["2012", "40"], ["2013", "10"]]}


def shown(island: Island, stimulus: str, before: str = STEM, path: str = LAMP_QUIZ) -> list[str]:
    """Return the rules that are broken once this stimulus stands above a stem."""
    island.edit(path, before, f"    stimulus: {stimulus}\n{before}")
    return [problem.rule for problem in island.checked()]


def test_an_item_may_show_what_no_lesson_teaches(island: Island) -> None:
    island.write(FACTS, island.text(FACTS) + EXTRA)
    assert shown(island, '{kind: text, text: "The horn was heard 9 times.", source: Log, evidence: [lamp.09]}') == []


EXTRA = """\
  - id: lamp.09
    section: lamp
    fact: The horn was heard nine times in 2011.
    figures: ["9 times"]
    attribution: Island page (own statement), no source cited
    voice: page
    sensitivity: none
    testimony: false
    quizzable: true
"""


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("evidence: [lamp.09]", "evidence: [lamp.10]", "unknown-fact"),
        ("evidence: [lamp.09]", "evidence: [wreck.04]", "not-quizzable"),
        ("evidence: [lamp.09]", "evidence: [wreck.03]", "gated-item"),
        ("9 times", "11 times", "number"),
    ],
)
def test_what_a_stimulus_rests_on_is_held_against_the_ledger(island: Island, old: str, new: str, rule: str) -> None:
    island.write(FACTS, island.text(FACTS) + EXTRA)
    stimulus = '{kind: text, text: "The horn was heard 9 times.", source: Log, evidence: [lamp.09]}'
    assert rule in shown(island, stimulus.replace(old, new))


def test_strong_evidence_is_shown_by_the_main_quiz_of_a_strong_lesson_alone(island: Island) -> None:
    island.write(FACTS, island.text(FACTS) + EXTRA.replace("sensitivity: none", "sensitivity: strong"))
    stimulus = '{kind: text, text: "The horn was heard.", source: Log, evidence: [lamp.09]}'
    assert shown(island, stimulus) == ["strong-stimulus"]
    island.edit(LAMP_QUIZ, f"    stimulus: {stimulus}\n", "")

    assert _checked(island, stimulus) == []


def test_numbers_that_are_made_up_need_no_evidence_and_may_be_asked_about(island: Island) -> None:
    island.edit(LAMP_QUIZ, "It stands 40 meters above the sea.", "It stands 41 meters above the sea.")
    stimulus = '{kind: sign, text: "Mind your head: 41 meters", made_up: true}'
    assert shown(island, stimulus) == []


def test_evidence_that_a_lesson_gates_is_shown_by_the_main_quiz_of_that_lesson_alone(island: Island) -> None:
    island.edit(LAMP, "facts: [light.01, light.02,", "gated: [light.02]\nfacts: [light.01, light.02,")
    stimulus = '{kind: text, text: "It was dark.", source: Log, evidence: [light.02]}'
    line = [problem for problem in _checked(island, stimulus) if problem[1] == "gated-item"]
    assert line == [(WRECK_QUIZ, "gated-item")]


def _checked(island: Island, stimulus: str) -> list[tuple[str, str]]:
    first = next(line for line in island.text(WRECK_QUIZ).splitlines() if line.startswith("    stem:"))
    island.edit(WRECK_QUIZ, first + "\n", f"    stimulus: {stimulus}\n{first}\n")
    return [(one.path, one.rule) for one in island.checked() if "shows it" in one.message]


def test_what_can_be_worked_out_of_a_table_may_be_asked() -> None:
    stimulus = Stimulus.model_validate({"kind": "table", "table": NIGHTS, "made_up": True})
    assert {Decimal(30), Decimal(50), Decimal(4), Decimal(25), Decimal(75)} <= derived_numbers(stimulus)
    assert Decimal(2012) not in derived_numbers(stimulus)
    assert shown_numbers(stimulus) == {Decimal(number) for number in (2012, 2013, 40, 10)}
    assert derived_numbers(None) == shown_numbers(None) == set()


@pytest.mark.parametrize(("answer", "rules"), [("62", []), ("27", []), ("63", ["number"])])
def test_a_case_may_ask_for_what_its_numbers_and_those_of_its_facts_make_together(
    island: Island, answer: str, rules: list[str]
) -> None:
    stem = "    stem: How many dark nights did Harbor Watch count in 2012?\n"
    island.edit(LAMP_QUIZ, "    answer: 31\n", f"    answer: {answer}\n")
    assert shown(island, '{kind: case, text: "2 lamps, 4 nights less.", made_up: true}', stem) == rules


def test_without_a_case_an_answer_stands_in_the_facts_as_it_is(island: Island) -> None:
    island.edit(LAMP_QUIZ, "    answer: 31\n", "    answer: 62\n")
    assert "number" in {problem.rule for problem in island.checked()}


def test_cells_of_one_row_may_be_the_same(island: Island) -> None:
    table = '{columns: [Year, Nights, Days], rows: [["2012", "9", "9"]]}'
    assert shown(island, f"{{kind: table, made_up: true, table: {table}}}") == []


def test_each_line_of_a_stimulus_is_held_against_marks(island: Island) -> None:
    assert shown(island, '{kind: form, made_up: true, text: "Name\\n- Age"}') == ["markup-sign"]
