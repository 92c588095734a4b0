"""A faulty file is skipped: it hides no fault of another file, makes none up, and counts say so."""

import pytest

from learnapp.content.problems import SkippedFile, skipped_words
from tests.courses.island import (
    COURSE,
    FACTS,
    GLOSSARY,
    KEEPERS,
    LAMP,
    LAMP_QUIZ,
    SOURCE,
    WRECK,
    WRECK_QUIZ,
    Island,
    at,
)

MODULE = "modules/1-light/module.yaml"


def skipped(island: Island) -> list[str]:
    return [file.path for file in island.load().draft.skipped]


def test_all_faults_of_a_file_come_in_one_run(island: Island) -> None:
    island.edit(LAMP, "sensitivity: none", "mood: sad\nsensitivity: very")
    island.edit(LAMP, "minutes: 8", "minutes: soon")

    assert {at(one) for one in island.checked()} == {
        (LAMP, island.line(LAMP, "mood"), "schema-extra-forbidden"),
        (LAMP, island.line(LAMP, "minutes"), "schema-int-parsing"),
        (LAMP, island.line(LAMP, "very"), "schema-literal-error"),
    }
    assert skipped(island) == [LAMP]


def test_an_unknown_key_is_told_what_it_resembles(island: Island) -> None:
    island.edit(WRECK_QUIZ, "pass_mark: 60", "passmark: 60")

    problem = island.only_finding()

    assert (problem.path, problem.rule) == (WRECK_QUIZ, "schema-extra-forbidden")
    assert "did you mean “pass_mark”?" in problem.message


@pytest.mark.parametrize(
    "edit",
    [
        ("title: The lamp", "title: 12"),
        ("title: The lamp", "title: The lamp\ntitle: The light"),
        ("minutes: 8", "minutes: soon"),
        ("sensitivity: none\n", ""),
        ("kind: groups", "kind: grups"),
    ],
)
def test_a_skipped_lesson_hides_no_fault_of_its_quiz_and_of_other_lessons(
    island: Island, edit: tuple[str, str]
) -> None:
    island.edit(LAMP, *edit)
    island.edit(LAMP_QUIZ, "strait.\n    facts: [light.02]", "strait.\n    facts: [light.02, light.93]")
    island.edit(WRECK, "sections: [wreck]", "sections: [wrick]")
    own = {one for one in island.checked() if one.path == LAMP}

    assert len(own) == 1
    assert {
        (LAMP_QUIZ, island.line(LAMP_QUIZ, "light.93"), "unknown-fact"),
        (WRECK, island.line(WRECK, "wrick"), "unknown-section"),
    } <= {at(one) for one in island.checked()}
    assert skipped(island) == [LAMP]


def test_a_skipped_quiz_hides_no_fault_of_its_lesson(island: Island) -> None:
    island.edit(LAMP_QUIZ, "answer: 31", "answer: many")
    island.edit(LAMP, '{term="wick"}', '{term="wik"}')

    found = {at(one) for one in island.checked()}

    assert (LAMP, island.line(LAMP, "wik"), "unknown-term") in found
    assert [one for one in found if one[0] == LAMP_QUIZ] == [
        (LAMP_QUIZ, island.line(LAMP_QUIZ, "many") + 2, "schema-value-error")
    ]
    assert skipped(island) == [LAMP_QUIZ]


@pytest.mark.parametrize("path", [LAMP, KEEPERS, MODULE, COURSE, SOURCE, FACTS, GLOSSARY, LAMP_QUIZ])
def test_a_file_that_cannot_be_read_makes_no_other_file_look_wrong(island: Island, path: str) -> None:
    island.write(path, "---\ntitle: [\n---\n" if path.endswith(".md") else "title: [")

    problems = island.checked()

    assert {one.path for one in problems} == {path}
    assert skipped(island) == [path]


def test_what_counts_leave_out_is_said_in_a_line() -> None:
    files = [SkippedFile(path) for path in (FACTS, LAMP, KEEPERS, WRECK_QUIZ)]

    assert skipped_words(()) == ""
    assert skipped_words(files[1:2]) == "not counted: 1 lesson cannot be read"
    assert skipped_words(files) == "not counted: the ledger, 2 lessons and 1 quiz cannot be read"
    assert [SkippedFile(one).kind for one in (COURSE, SOURCE, GLOSSARY, MODULE)] == [
        "course",
        "source",
        "glossary",
        "module",
    ]
