from pathlib import Path

from learnapp.content.load.files import Folder
from learnapp.content.load.schemas import ModuleFile
from learnapp.content.load.validate import ModelFile, parse_model, read_model
from learnapp.content.problems import Position, Problem, Report
from learnapp.content.vocabulary import Line
from learnapp.quiz.model import FrozenModel
from learnapp.quiz.quiz import Quiz

QUIZ = """\
pass_mark: high
itmes: []
items:
  - id: Q 1
    type: single
    stem: 2020
    facts: [x.1]
    options:
      - {text: a, key: true, feedbck: b}
      - text: c
  - type: singel
  - id: x
short:
"""


class Tea(FrozenModel):
    name: Line
    minutes: int
    hot: bool = True
    leaves: tuple[Line, ...] = ()


def faults(text: str, model: type[FrozenModel] = Tea) -> dict[tuple[int, int], str]:
    """Return message by (line, column)."""
    return {(one.line, one.column): one.message for one in problems(text, model)}


def problems(text: str, model: type[FrozenModel] = Tea) -> tuple[Problem, ...]:
    report = Report()
    assert parse_model(model, text, "tea.yaml", report) is None
    return report.problems


def test_a_sound_file_becomes_its_model() -> None:
    report = Report()

    file = parse_model(Tea, "name: Sencha\nminutes: 3\n", "tea.yaml", report)

    assert file is not None
    assert file.model == Tea(name="Sencha", minutes=3)
    assert report.problems == ()


def test_every_fault_is_at_its_own_key_or_value() -> None:
    found = faults(QUIZ, Quiz)

    assert {line for line, _ in found} == {1, 2, 4, 6, 7, 9, 10, 11, 12, 13}
    assert found[1, 12] == "“pass_mark”: a whole number is wanted here"
    assert found[2, 1] == "unknown key “itmes”; did you mean “items”?"
    assert found[6, 11] == '“stem”: a text is wanted here; put it in quotes: "2020"'
    assert found[9, 30] == "unknown key “feedbck”; did you mean “feedback”?"
    assert found[10, 9] == "“feedback” is missing"
    assert found[11, 11].startswith("“singel” is not a known type; use one of 'single'")
    assert found[12, 5] == "“type” is missing"


def test_a_list_is_not_called_short_for_entries_that_have_their_own_faults() -> None:
    assert not any("more entries" in message for message in faults(QUIZ, Quiz).values())


def test_a_list_that_is_really_short_is_called_so() -> None:
    assert faults("title: T\nlead: L\nlessons: []\n", ModuleFile) == {
        (3, 10): "“lessons”: write more entries here: 1 or more are wanted"
    }


def test_a_missing_key_is_reported_where_its_group_starts() -> None:
    assert faults("\n\nminutes: 3\n") == {(3, 1): "“name” is missing"}


def test_wrong_kinds_are_named_in_plain_words() -> None:
    assert faults("name: true\nminutes: soon\nhot: maybe\nleaves: green\n") == {
        (1, 7): '“name”: a text is wanted here; put it in quotes: "true"',
        (2, 10): "“minutes”: a whole number is wanted here",
        (3, 6): "“hot”: true or false is wanted here",
        (4, 9): "“leaves”: a list is wanted here; start each entry with “- ”",
    }


def test_empty_values_are_told_how_to_be_empty() -> None:
    found = faults("name:\nminutes: 3\nleaves:\n")

    assert found[1, 6] == "“name”: write some text here, it is empty"
    assert found[3, 8].endswith("write [] or leave the key out if there is nothing")


def test_a_file_without_keys_is_told_so() -> None:
    assert list(faults("just words").values()) == ["keys with values are wanted here"]
    assert list(faults("").values()) == ["keys with values are wanted here"]


def test_what_a_model_says_of_itself_is_reported_in_its_words() -> None:
    entry = "{text: a, feedback: f}"
    item = f"{{id: q1, type: ordering, stem: s, facts: [a.01], entries: [{entry}, {entry}]}}"

    (problem,) = problems(f"items:\n  - {item}\n", Quiz)

    assert (problem.line, problem.column) == (2, 5)
    assert "entries" in problem.message
    assert "Value error" not in problem.message


def test_a_file_is_read_with_its_document_or_skipped(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text("name: Sencha\nminutes: 3\n")
    (tmp_path / "bad.yaml").write_text("name: Sencha\n")
    folder, report = Folder(tmp_path), Report()

    tea = read_model(Tea, "good.yaml", folder, Position("list"), report)

    assert isinstance(tea, ModelFile)
    assert tea.model == Tea(name="Sencha", minutes=3)
    assert tea.document.place("minutes").line == 2
    assert read_model(Tea, "bad.yaml", folder, Position("list"), report) is None
    assert read_model(Tea, "none.yaml", folder, Position("list"), report) is None
    assert [file.path for file in report.skipped] == ["bad.yaml", "none.yaml"]
    assert [problem.rule for problem in report.problems] == ["schema-missing", "file-missing"]
