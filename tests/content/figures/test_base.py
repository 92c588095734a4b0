"""Figures in a lesson's file: several of them, numbers from the ledger, and where a problem is."""

from learnapp.content.blocks import FigureSlot, figures_in
from learnapp.content.figures import Figure
from learnapp.content.figures.close_readings import MechanismFigure
from learnapp.content.figures.lists import GroupsFigure
from learnapp.content.figures.ranges import RangesFigure
from learnapp.content.problems import Problem
from tests.courses.island import FACTS, KEEPERS, Island

COMMON = """  - kind: {kind}
    title: Of {kind}
    finding: F.
    caption: The keepers' log, and an estimate; the museum page dates to about 2015.
    facts: [{facts}]
"""
RANGES = (
    COMMON.format(kind="ranges", facts="keepers.02, keepers.04")
    + """    unit: steps
    label: Steps to the lamp
    desc: D.
    rows:
      - label: Up
        low: {fact: keepers.02, at: 0}
        facts: [keepers.02]
      - {label: Nine, low: {fact: keepers.04}, facts: [keepers.04]}
"""
)
GROUPS = (
    COMMON.format(kind="groups", facts="keepers.01, keepers.03")
    + """    groups:
      - {label: Evening, items: [Wick], facts: [keepers.01]}
      - {label: Night, items: [Watch], facts: [keepers.03]}
"""
)
SLOT = "::: figure\n:::\n"


def several(island: Island, *figures: str, slots: int = 0) -> None:
    """Give the keepers' lesson more figures behind its own, and places for them in the text."""
    front, flow, rest = _parts(island)
    listed = "".join(f"    {line}\n" if line else "\n" for line in flow.splitlines())
    listed = "  - " + listed.lstrip()
    rest = rest.replace(SLOT, SLOT + f"\n{SLOT}" * (slots or len(figures)))
    island.write(KEEPERS, f"{front}figure:\n{listed}{''.join(figures)}key_points:{rest}")


def shown(island: Island) -> tuple[Figure, ...]:
    return figures_in(island.lesson("1-light", "2-the-keepers").body)


def _parts(island: Island) -> tuple[str, str, str]:
    front, _, after = island.text(KEEPERS).partition("figure:\n")
    flow, _, rest = after.partition("key_points:")
    return front, "\n".join(line.removeprefix("  ") for line in flow.splitlines()), rest


def at(problem: Problem) -> tuple[str, int, int, str]:
    return problem.path, problem.line, problem.column, problem.rule


def column(island: Island, words: str) -> int:
    return island.text(KEEPERS).splitlines()[island.line(KEEPERS, words) - 1].index(words) + 1


def test_each_place_in_the_text_takes_the_next_figure(island: Island) -> None:
    several(island, RANGES, GROUPS)

    lesson = island.lesson("1-light", "2-the-keepers")
    slots = [one for part in lesson.body for one in part.blocks if isinstance(one, FigureSlot)]

    assert [type(one) for one in figures_in(lesson.body)] == [MechanismFigure, RangesFigure, GroupsFigure]
    assert [one.figure for one in slots] == list(figures_in(lesson.body))
    assert [one.anchor for one in slots] == ["figure", "figure-2", "figure-3"]


def test_a_figure_has_the_ledgers_numbers(island: Island) -> None:
    several(island, RANGES)

    _, ranges = shown(island)
    assert isinstance(ranges, RangesFigure)
    assert [(int(row.low.value), row.low.text) for row in ranges.rows] == [(196, "196"), (9, "9")]


def test_a_change_in_the_ledger_changes_the_figure_and_the_lesson(island: Island) -> None:
    several(island, RANGES)
    before = island.lesson("1-light", "2-the-keepers")
    island.edit(FACTS, "figures: [196 steps]", "figures: [about 197 steps]")

    after = island.lesson("1-light", "2-the-keepers")
    ranges = figures_in(after.body)[1]
    assert isinstance(ranges, RangesFigure)
    assert ranges.rows[0].low.qualified == "about 197"
    assert after != before


def test_a_number_that_the_fact_does_not_have_is_found_at_its_position(island: Island) -> None:
    several(island, RANGES.replace("at: 0", "at: 3"))

    problem = island.only_problem()
    assert at(problem) == (
        KEEPERS,
        island.line(KEEPERS, "low:"),
        column(island, "at: 3") + len("at: "),
        "figure-number",
    )
    assert problem.message == "keepers.02 has no number at 3; in its figures it has 0: 196"


def test_a_number_of_a_fact_without_numbers_is_reported(island: Island) -> None:
    several(island, RANGES.replace("keepers.02", "keepers.01").replace(", at: 0", ""))

    problem = island.only_problem()
    assert problem.rule == "figure-number"
    assert problem.line == island.line(KEEPERS, "low:")
    assert "no number in digits" in problem.message


def test_a_number_of_an_unknown_fact_is_found_at_its_name(island: Island) -> None:
    several(island, RANGES.replace("{fact: keepers.02", "{fact: keepers.99"))

    assert at(island.only_problem()) == (
        KEEPERS,
        island.line(KEEPERS, "low:"),
        column(island, "keepers.99"),
        "unknown-fact",
    )


def test_a_number_of_a_fact_that_the_figure_does_not_list_is_found(island: Island) -> None:
    several(island, RANGES.replace("{fact: keepers.02", "{fact: keepers.03"))

    assert at(island.only_problem()) == (
        KEEPERS,
        island.line(KEEPERS, "low:"),
        column(island, "keepers.03, at"),
        "figure-facts",
    )


def test_a_typed_number_is_refused_where_it_stands(island: Island) -> None:
    several(island, RANGES.replace("{fact: keepers.02, at: 0}", "196"))

    problem = island.only_problem()
    assert problem.line == island.line(KEEPERS, "low: 196")
    assert "a number is not typed here" in problem.message


def test_a_range_the_wrong_way_round_is_found_in_its_figure(island: Island) -> None:
    both_ends = RANGES.replace("at: 0}\n", "at: 0}\n        high: {fact: keepers.02, at: 1}\n")
    several(island, both_ends)
    island.edit(FACTS, "figures: [196 steps]", "figures: [196-96 steps]")

    problem = island.only_problem()
    assert problem.line == island.line(KEEPERS, "kind: ranges")
    assert "“Up”: 196 to 96 cannot be drawn" in problem.message

    island.edit(FACTS, "figures: [196-96 steps]", "figures: [196-296 steps]")
    assert isinstance(shown(island)[1], RangesFigure)


def test_a_figure_without_its_place_is_found_at_its_own_line(island: Island) -> None:
    several(island, RANGES, GROUPS, slots=1)

    problem = island.only_problem()
    assert (problem.rule, problem.line) == ("figure-slot", island.line(KEEPERS, "kind: groups"))


def test_a_place_too_many_is_found(island: Island) -> None:
    several(island, RANGES, slots=2)

    problem = island.only_problem()
    last = [n for n, line in enumerate(island.text(KEEPERS).splitlines(), 1) if line == "::: figure"][-1]
    assert (problem.rule, problem.line) == ("figure-slot", last)


def test_a_mistake_in_the_second_figure_is_found_there(island: Island) -> None:
    several(island, RANGES.replace("    label: Steps to the lamp\n", ""))

    problem = island.only_problem()
    assert problem.line == island.line(KEEPERS, "kind: ranges")
    assert "“label” is missing" in problem.message


def test_a_broken_ledger_makes_no_problems_in_figures(island: Island) -> None:
    several(island, RANGES, GROUPS)
    island.edit(FACTS, "figures: [196 steps]", "figures: [196 steps")

    assert {one.path for one in island.problems()} == {FACTS}


def test_every_figure_is_held_against_its_facts(island: Island) -> None:
    """The guide's rules look into each figure of a list, and not at the names of facts."""
    several(island, RANGES.replace("Steps to the lamp", "All 197 steps to the lamp"))

    problem = island.only_finding()
    assert (problem.rule, problem.line) == ("number", island.line(KEEPERS, "197 steps"))


def test_a_figure_may_say_how_many_parts_it_has(island: Island) -> None:
    chain = COMMON.format(kind="groups", facts="keepers.01").replace("finding: F.", "finding: Five links.")
    links = "".join(f"      - {{label: Link {name}, items: [{name}], facts: [keepers.01]}}\n" for name in "ABCDE")
    several(island, f"{chain}    groups:\n{links}")

    assert isinstance(shown(island)[1], GroupsFigure)
    assert island.checked() == ()
