"""Typed words are compared as a fair reader would, and kept as typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.quiz.words import TYPED_MAX, clean_typed, normalize, without_controls


@pytest.mark.parametrize(
    "text",
    [
        "self-criticism session",
        "Self-Criticism Session",
        "  self-criticism \t session ",
        "self‑criticism session",
        "the self-criticism session.",
        "A self-criticism session",
        "“Self-criticism session”",
        "'self-criticism session'!",
        "the “self-criticism session”",
        "ｓｅｌｆ-criticism session",
        "self-criticism\u200b session",
        "self-criticism\u00a0session",
    ],
)
def test_these_count_as_the_same_answer(text: str) -> None:
    assert normalize(text) == "self-criticism session"


@pytest.mark.parametrize(
    "text", ["self criticism session", "self-criticism sessions", "session self-criticism", "self-critícism session"]
)
def test_these_count_as_other_answers(text: str) -> None:
    assert normalize(text) != "self-criticism session"


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("The the", "the"),
        ("the", "the"),
        ("another", "another"),
        ("a an b", "an b"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("it’s", "it's"),
        ("?", "?"),
        ("$5", "$5"),
        ("", ""),
        (" \u200b ", ""),
    ],
)
def test_what_is_left_to_compare(text: str, compared: str) -> None:
    assert normalize(text) == compared


@given(st.text(st.characters(), max_size=30))
def test_any_text_has_something_to_compare(text: str) -> None:
    same = normalize(text)
    assert same == same.strip()
    assert "  " not in same
    assert normalize(text.upper().lower()) == normalize(text.upper())


@given(st.text(st.characters(), max_size=30))
def test_typed_text_can_be_stored_and_is_kept_once(text: str) -> None:
    kept = clean_typed(text)
    assert kept.encode("utf-8").decode() == kept
    assert clean_typed(kept) == kept
    assert "\x00" not in kept


def test_typed_text_is_capped_before_anything_is_done_with_it() -> None:
    assert clean_typed("x" * 10_000_000) == "x" * TYPED_MAX


@pytest.mark.parametrize("raw", [None, 3, True, b"tea", ["tea"], {"tea": 1}])
def test_anything_but_text_was_not_typed(raw: object) -> None:
    assert clean_typed(raw) == ""


def test_lines_become_one_and_unseen_characters_go() -> None:
    assert clean_typed("hot\nwater\x00\ud800!") == "hot water!"
    assert without_controls("hot\nwater\x07", keep="\n") == "hot\nwater"
