"""One fault hides no other and invents none: the rest of a lesson, its quiz and the course are checked."""

from __future__ import annotations

import pytest

from learnapp.content.load.unread import Unread, unread, unread_words
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


def break_both(island: Island) -> set[tuple[str, int, str]]:
    """Name a missing fact in the lamp's text and in its quiz; return what has to be reported for it."""
    island.edit(LAMP, '{facts="light.02"}', '{facts="light.92"}')
    island.edit(
        LAMP_QUIZ, "stem: The UN inquiry of 2014", "hints: [Look again.]\n    stem: The UN inquiry of 2014"
    )
    island.edit(LAMP_QUIZ, "strait.\n    facts: [light.02]", "strait.\n    facts: [light.02, light.93]")
    return {
        (LAMP, island.line(LAMP, "light.92"), "unknown-fact"),
        (LAMP_QUIZ, island.line(LAMP_QUIZ, "light.93"), "unknown-fact"),
    }


def left_out(island: Island) -> list[Unread]:
    loaded = island.load()
    return list(unread(loaded.bank, loaded.ledger))


def test_an_unknown_key_is_one_problem_and_nothing_follows_from_it(island: Island) -> None:
    island.edit(LAMP, "sensitivity: none", "mood: sad\nsensitivity: none")

    assert at(island.only_finding()) == (LAMP, island.line(LAMP, "mood"), "schema-extra-forbidden")
    assert left_out(island) == []


def test_an_unknown_key_hides_nothing_else(island: Island) -> None:
    island.edit(LAMP, "sensitivity: none", "mood: sad\nsensitivity: none")
    wanted = break_both(island) | {(LAMP, island.line(LAMP, "mood"), "schema-extra-forbidden")}

    found = {at(one) for one in island.checked()}

    assert wanted <= found
    assert island.load().catalog is None
    assert {rule for _path, _line, rule in found - wanted} <= {"fact-not-told", "number"}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (WRECK, "skip: [wreck.05", "skp: [wreck.05"),
        (WRECK, "advisory: This", "advisry: This"),
        (LAMP, "objectives:", "objectivs:"),
        (LAMP, "  stages:", "  staegs:"),
        (WRECK_QUIZ, "pass_mark: 60", "passmark: 60"),
        (COURSE, "sequencing: free", "sequencng: free"),
    ],
)
def test_a_misspelled_key_is_one_problem_and_read_as_what_was_meant(
    island: Island, path: str, old: str, new: str
) -> None:
    island.edit(path, old, new)

    problem = island.only_finding()

    assert (problem.path, problem.rule) == (path, "schema-extra-forbidden")
    assert "did you mean" in problem.message
    assert left_out(island) == []


def test_faults_below_a_misspelled_key_are_reported_where_they_stand(island: Island) -> None:
    island.edit(LAMP, "  stages:", "  staegs:")
    island.edit(LAMP, "label: The keepers", "lable: The keepers")

    line = island.line(LAMP, "staegs")
    assert [(one.line, one.rule) for one in island.checked()] == [
        (line, "schema-extra-forbidden"),
        (line + 2, "schema-extra-forbidden"),
    ]


def test_a_wrong_guess_is_forgotten(island: Island) -> None:
    island.edit(LAMP, "lead: What the light was, and who says so.", "leads: [a, b]")

    assert {(one.line, one.rule) for one in island.checked()} == {
        (3, "schema-extra-forbidden"),
        (2, "schema-missing"),
    }


def test_a_fault_that_shows_only_behind_another_is_reported_in_the_same_run(island: Island) -> None:
    island.edit(LAMP, "age: {core: 12, full: 12}", "age: {core: 16, full: 12, mood: sad}")

    assert [one.rule for one in island.problems()] == ["schema-value-error", "schema-extra-forbidden"]


@pytest.mark.parametrize(
    "edit",
    [
        ("title: The lamp", "title: 12"),
        ("title: The lamp", "title: The lamp\ntitle: The light"),
        ("minutes: 6", "minutes: soon"),
        ("sensitivity: none\n", ""),
    ],
)
def test_where_no_lesson_can_be_made_dangling_names_are_found_and_nothing_is_invented(
    island: Island, edit: tuple[str, str]
) -> None:
    island.edit(LAMP, *edit)
    (own,) = {at(one) for one in island.checked()}
    assert own[2] in {"schema-string-type", "yaml-duplicate-key", "schema-int-parsing", "schema-missing"}
    wanted = break_both(island)
    island.edit(LAMP, "sections: [light, lamp]", "sections: [light, lump]")
    island.edit(LAMP, '{term="wick"}', '{term="wik"}')
    wanted |= {
        (LAMP, island.line(LAMP, "lump"), "unknown-section"),
        (LAMP, island.line(LAMP, "wik"), "unknown-term"),
    }

    assert {at(one) for one in island.checked()} - {own} == wanted
    assert left_out(island) == [Unread("lesson", LAMP)]


def test_a_faulty_quiz_still_has_its_facts_and_words_checked(island: Island) -> None:
    island.edit(
        WRECK_QUIZ,
        "items:\n",
        "items:\n  - {id: x, type: singel, stem: 'Who was brainwashed?', facts: [wreck.91]}\n",
    )

    assert [one.rule for one in island.checked()] == [
        "schema-union-tag-invalid",
        "banned-word",
        "unknown-fact",
    ]
    assert left_out(island) == [Unread("quiz", WRECK_QUIZ)]


def test_a_faulty_figure_takes_nothing_else_with_it(island: Island) -> None:
    island.edit(LAMP, "kind: map", "kind: mapp")
    island.edit(LAMP, "facts: [lamp.01, lamp.03]", "facts: [lamp.01, lamp.93]")

    assert [one.rule for one in island.checked()] == ["schema-union-tag-invalid", "unknown-fact"]
    assert left_out(island) == [Unread("figure", LAMP)]


def test_what_is_spare_may_be_faulty_while_the_rest_is_checked(island: Island) -> None:
    island.edit(WRECK_QUIZ, "pass_mark: 60", "pass_mark: 160")
    island.edit(LAMP, "rests_note: Nobody has measured the lamp again.", "rests_note: 12")

    assert [at(one)[0] for one in island.checked()] == [LAMP, WRECK_QUIZ]
    assert left_out(island) == []


@pytest.mark.parametrize("path", [LAMP, KEEPERS, MODULE, COURSE, SOURCE, FACTS, GLOSSARY, LAMP_QUIZ])
def test_a_file_that_cannot_be_read_makes_no_other_file_look_wrong(island: Island, path: str) -> None:
    island.write(path, "---\ntitle: [\n---\n" if path.endswith(".md") else "title: [")

    problems = island.checked()

    assert {one.path for one in problems} == {path}
    assert [one.path for one in left_out(island)] == [path]


def test_what_is_not_counted_is_said_in_a_line() -> None:
    both = (
        Unread("facts", FACTS),
        Unread("lesson", LAMP),
        Unread("lesson", KEEPERS),
        Unread("quiz", WRECK_QUIZ),
    )

    assert unread_words(()) == ""
    assert unread_words((Unread("lesson", LAMP),)) == "not counted: 1 lesson cannot be read"
    assert unread_words(both) == "not counted: the ledger, 2 lessons and 1 quiz cannot be read"
