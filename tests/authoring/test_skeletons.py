"""A new lesson begins with files that load, and the check says only what is still to be written."""

import shutil

import pytest

from learnapp.authoring.skeletons import CannotWrite, write_lesson, write_quiz
from learnapp.config.settings import ROOT
from learnapp.content.loader import load
from tests.courses.island import LAMP_QUIZ, Island

TO_WRITE = {
    "length",
    "minutes",
    "grade",
    "feedback",
    "parts",
    "key-length",
    "true-share",
    "term-unmarked",
    "pieces",
    "recall-share",
    "stimulus-share",
}


def new_lesson(
    island: Island, name: str = "the-boat", module: str = "1-light", section: str | None = None
) -> list[str]:
    files = write_lesson(island.root, island.load().draft, module, name, section)
    return [file.relative_to(island.root).as_posix() for file in files]


def test_a_new_lesson_is_listed_last_with_a_quiz_and_loads(island: Island) -> None:
    files = new_lesson(island)

    assert files == ["modules/1-light/the-boat.md", "quizzes/1-light/the-boat.yaml", "modules/1-light/module.yaml"]
    loaded = island.load()
    assert loaded.problems == ()
    assert loaded.catalog is not None
    lesson = loaded.catalog.modules["1-light"].lessons[-1]
    assert (lesson.slug, lesson.number, lesson.title) == ("the-boat", 3, "The boat")
    assert lesson.quiz.items[-1].review


def test_the_check_says_only_what_is_still_to_be_written(island: Island) -> None:
    new_lesson(island)

    assert {problem.rule for problem in island.checked()} <= TO_WRITE


@pytest.mark.parametrize("section", ["light", "keepers"])
def test_a_lesson_is_built_from_the_section_that_is_named(island: Island, section: str) -> None:
    new_lesson(island, section=section)

    assert island.lesson("1-light", "the-boat").sections == (section,)


def test_a_list_over_several_lines_gets_one_line_more(island: Island) -> None:
    island.edit("modules/1-light/module.yaml", "[1-the-lamp, 2-the-keepers]", "\n  - 1-the-lamp\n  - 2-the-keepers")

    new_lesson(island)

    assert "  - 2-the-keepers\n  - the-boat\n" in island.text("modules/1-light/module.yaml")
    assert island.load().problems == ()


@pytest.mark.long
@pytest.mark.slow
def test_each_module_of_the_course_can_get_a_lesson(tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("course")
    for folder in ("modules", "quizzes"):
        shutil.copytree(ROOT / folder, root / folder)
    draft = load(root).draft
    for module in draft.modules:
        write_lesson(root, draft, module.slug, "made-up", None)

    assert load(root).problems == ()


def test_a_quiz_that_is_missing_is_written_anew(island: Island) -> None:
    (island.root / LAMP_QUIZ).unlink()

    write_quiz(island.root, island.load().draft, "1-light", "1-the-lamp")

    assert island.load().problems == ()


@pytest.mark.parametrize(
    ("module", "name", "words"),
    [
        ("none", "the-boat", "there is no module"),
        ("1-light", "The Boat", "is no name"),
        ("1-light", "../boat", "is no name"),
        ("1-light", "3-the-boat", "begins with a position"),
        ("1-light", "1-the-lamp", "is or was another lesson"),
    ],
)
def test_what_cannot_be_written_is_said_and_leaves_no_file(island: Island, module: str, name: str, words: str) -> None:
    before = {file: file.read_bytes() for file in island.root.rglob("*") if file.is_file()}

    with pytest.raises(CannotWrite, match=words):
        new_lesson(island, name, module)

    assert {file: file.read_bytes() for file in island.root.rglob("*") if file.is_file()} == before


def test_a_quiz_is_never_overwritten(island: Island) -> None:
    before = island.text(LAMP_QUIZ)

    with pytest.raises(CannotWrite, match="exists already"):
        write_quiz(island.root, island.load().draft, "1-light", "1-the-lamp")
    with pytest.raises(CannotWrite, match="there is no lesson"):
        write_quiz(island.root, island.load().draft, "1-light", "none")

    assert island.text(LAMP_QUIZ) == before
