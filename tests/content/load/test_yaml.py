from decimal import Decimal
from typing import Any

import pytest

from learnapp.content.load.yaml import DEPTH_MAX, NODES_MAX, Document, parse
from learnapp.content.problems import Position, Report


def read(text: str, first_line: int = 1) -> Document:
    report = Report()
    document = parse(text, "tea.yaml", report, first_line)
    assert document is not None, report.problems
    return document


def refusal(text: str, first_line: int = 1) -> tuple[str, int, int]:
    """Return rule, line and column of the only problem."""
    report = Report()
    document = parse(text, "tea.yaml", report, first_line)
    assert document is None or not document.sound
    (problem,) = report.problems
    return problem.rule, problem.line, problem.column


def test_every_value_and_key_knows_its_line_and_column() -> None:
    document = read("tea: green\ncups:\n  - size: 2\n  - {size: 3, full: true}\n")

    assert document.place("tea") == Position("tea.yaml", 1, 6)
    assert document.key("cups") == Position("tea.yaml", 2, 1)
    assert document.place("cups", 1, "size") == Position("tea.yaml", 4, 12)
    assert document.key("cups", 1, "full") == Position("tea.yaml", 4, 15)


def test_lines_count_from_where_the_text_stands_in_its_file() -> None:
    assert read("tea: green", first_line=7).place("tea").line == 7
    assert refusal("tea: &a green", first_line=7) == ("yaml-alias", 7, 6)


def test_a_place_that_does_not_exist_is_that_of_what_holds_it() -> None:
    document = read("cups:\n  - size: 2\n")

    assert document.place("cups", 0, "color") == document.place("cups", 0) == Position("tea.yaml", 2, 5)
    assert document.place("pots") == Position("tea.yaml", 1, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("2.50", Decimal("2.50")),
        ("'12'", "12"),
        ("007", "007"),
        ("1e5", "1e5"),
        ("0x10", "0x10"),
        ("12:30", "12:30"),
        ("2014-02-07", "2014-02-07"),
        ("yes", "yes"),
        ("true", True),
        ("FALSE", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("9" * 30, "9" * 30),
        (">-\n  two\n  lines", "two lines"),
    ],
)
def test_plain_values_are_read_as_yaml_1_2_without_surprises(text: str, value: Any) -> None:
    assert read(f"a: {text}").data == {"a": value}


def test_keys_are_always_words() -> None:
    assert read("true: a\n1: b\nnull: c").data == {"true": "a", "1": "b", "null": "c"}


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: 1\nb: &x 2", "yaml-alias", 2, 4),
        ("a: &x {b: 1}", "yaml-alias", 1, 4),
        ("a: *x", "yaml-alias", 1, 4),
        ("a: !!python/object:os.system x", "yaml-tag", 1, 4),
        ("a: !secret x", "yaml-tag", 1, 4),
        ("a: !!map {b: 1}", "yaml-tag", 1, 4),
        ("a: 1\nb: 2\na: 3", "yaml-duplicate-key", 3, 1),
        ("a:\n  - {b: 1, b: 2}", "yaml-duplicate-key", 2, 12),
        ("a: 1\n---\nb: 2", "yaml-documents", 2, 1),
        ("? [a, b]\n: c", "yaml-key", 1, 3),
        ("a: b: c", "yaml-syntax", 1, 5),
    ],
)
def test_what_authors_do_not_need_is_refused_where_it_stands(text: str, rule: str, line: int, column: int) -> None:
    assert refusal(text) == (rule, line, column)


def test_a_double_key_does_not_hide_what_comes_after_it() -> None:
    report = Report()

    document = parse("a: 1\na: 2\nb: 1\nb: 2", "tea.yaml", report)

    assert [problem.line for problem in report.problems] == [2, 4]
    assert document is not None
    assert (document.data, document.sound) == ({"a": 1, "b": 1}, False)


@pytest.mark.parametrize("opening", ["[", "{a: "])
def test_deep_nesting_is_refused_without_reading_on(opening: str) -> None:
    rule, line, column = refusal(opening * 100_000)

    assert (rule, line) == ("yaml-depth", 1)
    assert column == len(opening) * DEPTH_MAX + 1


def test_the_deepest_content_that_we_have_fits() -> None:
    assert read("[" * DEPTH_MAX + "]" * DEPTH_MAX).data is not None


def test_too_many_entries_are_refused() -> None:
    assert refusal("[" + "a," * NODES_MAX + "]")[0] == "yaml-count"


def test_an_unfinished_file_is_one_problem_with_a_line() -> None:
    rule, line, _ = refusal("a: 1\nb: 'never closed\n")

    assert rule == "yaml-syntax"
    assert line >= 2


def test_an_empty_file_is_a_document_without_data() -> None:
    assert read("").data is None
    assert read("# only a remark\n").data is None


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert read("<<: {a: 1}\nb: 2").data == {"<<": {"a": 1}, "b": 2}


def test_syntax_errors_come_with_advice() -> None:
    report = Report()
    parse("lead: Light: a story", "tea.yaml", report)

    assert "in quotes" in report.problems[0].message
