"""Boxes stand once at most, a lesson asks something, and its short version ends in words of its own."""

import pytest

from tests.courses.island import KEEPERS, WRECK, Island


def found(island: Island) -> list[str]:
    return [problem.rule for problem in island.problems()]


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("::: gap\n", "::: judge\n:::\n\n::: gap\n", "box-twice"),
        ("::: gap\n", '::: gap\n{own="Ours."}\nNor this.\n:::\n\n::: gap\n', "box-twice"),
        ("::: gap\n", "::: guess again\nWho?\n:::\n\n::: gap\n", "box-twice"),
        ("question: Who kept the light?\n", "", "question-missing"),
    ],
)
def test_what_a_lesson_may_not_have_or_lack_is_found(island: Island, old: str, new: str, rule: str) -> None:
    island.edit(KEEPERS, old, new)

    assert found(island) == [rule]


def test_a_title_that_asks_needs_no_question(island: Island) -> None:
    island.edit(KEEPERS, "question: Who kept the light?\n", "")
    island.edit(KEEPERS, "title: The keepers", "title: Who kept the light?")

    assert found(island) == []


SHORT = """\
short:
  minutes: 3
  answer: The island built a boat house.
  key_points: [A boat house was built., The light turned.]
"""


@pytest.mark.parametrize(
    ("gone", "rule"), [*((f"{line}\n", "schema-missing") for line in SHORT.splitlines()[1:]), (SHORT, "short-end")]
)
def test_a_short_version_ends_in_words_of_its_own(island: Island, gone: str, rule: str) -> None:
    island.edit(WRECK, gone, "")

    assert found(island) == [rule]


def test_what_lessons_had_once_is_refused_at_its_line(island: Island) -> None:
    island.edit(KEEPERS, "question: Who", "edition: 2\nquestion: Who")
    problem = island.only_problem()
    assert (problem.path, problem.line, problem.message) == (KEEPERS, 5, "unknown key “edition”")

    island.edit(KEEPERS, "edition: 2\n", "")
    island.edit(KEEPERS, "::: gap\n", "::: ask\nWho?\n:::\n\n::: gap\n")
    line = island.line(KEEPERS, "::: ask")
    assert (line, "markup-block") in {(problem.line, problem.rule) for problem in island.problems()}
