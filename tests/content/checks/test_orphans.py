import pytest

from tests.courses.island import LAMP_QUIZ, Island


@pytest.mark.parametrize(
    "path", ["modules/1-light/3-extra.md", "modules/old.yaml", "quizzes/1-light/notes.txt", "quizzes/9-x/1-a.yaml"]
)
def test_a_file_that_nothing_lists_is_found(island: Island, path: str) -> None:
    island.write(path, "x")

    problem = island.only_finding()

    assert (problem.path, problem.line, problem.rule) == (path, 1, "orphan")


def test_a_quiz_under_a_wrong_name_is_missing_here_and_an_orphan_there(island: Island) -> None:
    (island.root / LAMP_QUIZ).rename(island.root / "quizzes/1-light/1-lamp.yaml")

    assert [problem.rule for problem in island.checked()] == ["file-missing", "orphan"]


def test_hidden_files_are_left_alone(island: Island) -> None:
    island.write("modules/.DS_Store", "x")
    island.write("quizzes/.git/config", "x")

    assert island.checked() == ()
