"""A few words around what was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from learnapp.library.snippets import snippet

LONG = " ".join(f"word{n}" for n in range(100))


def test_what_was_found_is_marked_and_the_rest_is_not() -> None:
    assert snippet("The small radio, and radios.", {"radio"}) == (
        ("The small ", False),
        ("radio", True),
        (", and ", False),
        ("radios", True),
        (".", False),
    )


def test_a_long_text_is_cut_around_the_match() -> None:
    text = f"{LONG} a black radio {LONG}"

    pieces = snippet(text, {"radio", "black"})

    assert pieces[0] == ("… ", False)
    assert pieces[-1] == (" …", False)
    assert [word for word, marked in pieces if marked] == ["black", "radio"]
    assert len("".join(word for word, _ in pieces).split()) <= 33


def test_a_text_without_a_match_is_shown_from_its_beginning() -> None:
    assert snippet(LONG, set())[0][0].startswith("word0 word1")


def test_the_stretch_with_most_of_the_words_is_shown() -> None:
    text = f"radio {LONG} night radio {LONG}"

    assert {word for word, marked in snippet(text, {"radio", "night"}) if marked} == {"night", "radio"}


def test_nothing_is_changed_in_what_is_shown() -> None:
    text = 'He said <b>"no"</b> & left; 5 < 6.'

    assert "".join(word for word, _ in snippet(text, {"no"})) == text


@given(st.text(), st.text(max_size=5))
def test_any_text_can_be_cut(text: str, word: str) -> None:
    shown = "".join(piece for piece, _ in snippet(text, {word})).removeprefix("… ").removesuffix(" …")
    assert shown in text
