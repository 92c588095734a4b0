"""Words are measured and broken so that drawn text fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.web.letters import lines, span, whole

SENTENCE = "They show from above what stands there, and back up the survivors too."


def test_a_bold_word_is_wider_and_a_larger_one_too() -> None:
    assert span("lamp") < span("lamp", bold=True) < span("lamp", size=1)
    assert span("illi") < span("MMWW")
    assert span("") == 0


def test_a_letter_that_is_not_known_has_a_width() -> None:
    assert span("ж") == pytest.approx(0.56)
    assert span("한") == pytest.approx(0.875)


def test_lines_are_few_and_about_equally_long() -> None:
    found = lines(SENTENCE, 20.0)
    assert " ".join(found) == SENTENCE
    assert len(found) == 2
    assert abs(span(found[0]) - span(found[1])) < 3


def test_words_that_fit_stay_in_one_line() -> None:
    assert lines("A short label", 20.0) == ("A short label",)
    assert lines("", 5.0) == ()


def test_a_long_word_is_broken_with_a_hyphen_rather_than_cut() -> None:
    broken = lines("an Ungeheuerlichkeit", 4.0)
    assert all(span(line) <= 4.2 for line in broken)
    assert "".join(broken).replace("-", "").replace(" ", "") == "anUngeheuerlichkeit"


def test_a_word_with_a_hyphen_is_broken_there_but_names_and_ranges_are_not() -> None:
    assert lines("the state-socialist economy", 5.5)[0] == "the state-"
    assert lines("Kim Il-sung and Kim Jong-il", 3.5) == ("Kim", "Il-sung", "and Kim", "Jong-il")
    assert lines("of 20-40 families", 3.0)[1] == "20-40"


def test_whole_says_whether_a_word_would_be_broken() -> None:
    assert whole(["Grandmother", "Son"], span("Grandmother"))
    assert not whole(["Grandmother", "Son"], span("Grandmother") * 0.9)


@given(st.text(max_size=120), st.floats(2, 40), st.booleans())
def test_any_text_is_broken_without_losing_a_letter(text: str, wide: float, bold: bool) -> None:
    kept = "".join(lines(text, wide, bold)).replace("-", "").replace(" ", "")
    assert kept == "".join(text.split()).replace("-", "").replace(" ", "")


@given(st.lists(st.text("abcdefgMW", min_size=1, max_size=9), max_size=12), st.floats(8, 40))
def test_no_line_is_wider_than_its_place(words: list[str], wide: float) -> None:
    assert all(span(line) <= wide * 1.04 for line in lines(" ".join(words), wide))
