"""Marks in YAML files; marks.yaml has one in each kind of file."""

from tests.courses.island import FACTS, KEEPERS_QUIZ, LAMP_QUIZ, Island, at


def test_a_gap_text_is_read_piece_by_piece_as_it_is_shown(island: Island) -> None:
    island.edit(KEEPERS_QUIZ, "The watch was shared by [[1]] families.", "The *watch was shared by [[1]] families*.")

    assert {at(problem) for problem in island.checked()} == {
        (KEEPERS_QUIZ, island.line(KEEPERS_QUIZ, "The *watch"), "markup-sign")
    }


def test_a_mark_is_reported_where_it_stands_in_a_text_of_several_lines(island: Island) -> None:
    island.edit(LAMP_QUIZ, "stem: Who says it?", "stem: >-\n      Who says\n      it, and ~~why~~?")

    problem = island.only_finding()

    assert at(problem) == (LAMP_QUIZ, island.line(LAMP_QUIZ, "~~why~~"), "markup-sign")
    assert problem.column == island.text(LAMP_QUIZ).splitlines()[problem.line - 1].index("~~") + 1


def test_what_only_authors_read_may_have_marks(island: Island) -> None:
    island.edit(FACTS, "caveat: Gated card only", "caveat: See <https://example.org/~ada>")

    assert island.checked() == ()
