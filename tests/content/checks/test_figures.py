"""Words in figures: short enough for a phone."""

from learnapp.content.checks.figures import drawn_words
from tests.courses.figures import KINDS, figure
from tests.courses.island import FACTS, KEEPERS, Island

TIMELINE = """figure:
  kind: timeline
  title: Keepers
  finding: Two of them.
  caption: After the log.
  desc: Both years.
  facts: [keepers.01]
  dated: told in 1998
  from: 1990
  to: 2020
  events:
    - {at: 1998, label: LABEL, facts: [keepers.01]}
    - {at: YEAR, label: Left, facts: [keepers.01]}
key_points:"""


def with_timeline(island: Island, label: str, year: int) -> Island:
    front, _, rest = island.text(KEEPERS).partition("figure:\n")
    timeline = TIMELINE.replace("LABEL", label).replace("YEAR", str(year))
    island.write(KEEPERS, front + timeline + rest.partition("key_points:")[2])
    return island


def test_labels_and_details_that_are_drawn_are_found() -> None:
    assert drawn_words(figure("timeline", **KINDS["timeline"]))[:3] == [
        (("rows", 0), "label", "Pots"),
        (("rows", 1), "label", "Cups"),
        (("events", 0), "label", "Sixty cups"),
    ]
    assert [key for _, key, _ in drawn_words(figure("mechanism", **KINDS["mechanism"]))] == ["actor", "actor"]
    assert drawn_words(figure("groups", **KINDS["groups"])) == []


def test_a_label_of_six_words_is_too_long_for_a_drawing(island: Island) -> None:
    problems = with_timeline(island, "The keeper of it all left", 1998).checked()

    assert [problem.rule for problem in problems if problem.rule.startswith("figure")] == ["figure-words"]
    assert "6 words; 5" in next(problem.message for problem in problems if problem.rule == "figure-words")


def test_a_year_that_no_fact_of_the_event_has_is_reported(island: Island) -> None:
    assert "number" not in {problem.rule for problem in with_timeline(island, "Left", 1998).checked()}

    wrong = [problem for problem in with_timeline(island, "Left", 2001).checked() if problem.rule == "number"]
    assert [problem.line for problem in wrong] == [island.line(KEEPERS, "at: 2001")]


def test_a_year_at_the_end_of_the_scale_is_the_drawings_own(island: Island) -> None:
    assert "number" not in {problem.rule for problem in with_timeline(island, "Still there", 2020).checked()}


def test_a_year_of_a_decade_that_a_fact_names_may_be_drawn(island: Island) -> None:
    problems = with_timeline(island, "Left", 2004).checked()
    assert [problem.rule for problem in problems].count("number") == 1
    island.edit(
        FACTS, "  - id: keepers.01\n", "  - id: keepers.01\n    note: Some say that it was in the early 2000s.\n"
    )
    assert "number" not in {problem.rule for problem in island.checked()}
