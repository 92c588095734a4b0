"""Words as search compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.library.words import fold, plain, sentence, stem, tender, tokens


@pytest.mark.parametrize(
    "forms",
    [
        ("prison", "prisons", "prison's", "prisons’"),
        ("escape", "escaped", "escapes", "escaping"),
        ("family", "families", "family’s"),
        ("jam", "jammed", "jamming"),
        ("church", "churches"),
        ("house", "houses"),
        ("public", "publicly"),
        ("33,000", "33000"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({token.stem for form in forms for token in tokens(form)}) == 1


@pytest.mark.parametrize(
    "word",
    [
        "news",
        "famous",
        "crisis",
        "red",
        "king",
        "class",
        "2020",
        "bus",
        "family",
        "daily",
        "early",
        "only",
        "Italy",
    ],
)
def test_words_that_only_look_like_forms_stay_whole(word: str) -> None:
    assert stem(fold(word)) == fold(word)


@pytest.mark.parametrize("word", ["rape", "raped", "suicidal", "killing", "self-harm", "died", "abusers"])
def test_what_somebody_in_need_may_type_is_known_in_its_forms(word: str) -> None:
    assert any(tender(token.word) for token in tokens(word))


@pytest.mark.parametrize("word", ["radio", "family", "border", "grape"])
def test_other_words_are_not_taken_for_it(word: str) -> None:
    assert not tender(word)


@pytest.mark.parametrize(
    ("meaning", "alone"),
    [
        ("means a rank.", "A rank."),
        ("means “military first”: the idea.", "“Military first”: the idea."),
        ("means &quot;gross&quot; product.", "&quot;Gross&quot; product."),
        ("means <em>one</em> thing.", "<em>One</em> thing."),
        ("means élan.", "Élan."),
        ("means …", "…"),
    ],
)
def test_a_meaning_can_stand_alone(meaning: str, alone: str) -> None:
    assert sentence(meaning) == alone


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café", "cafe"),
        ("KIM’S", "kim's"),
        ("Ångström", "angstrom"),
        ("ＫＩＭ", "kim"),
        ("Straße", "strasse"),
    ],
)
def test_capitals_accents_and_widths_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_names_with_hyphens_are_two_words() -> None:
    assert [token.word for token in tokens("Kim Jong-un")] == ["kim", "jong", "un"]


def test_html_becomes_the_words_that_are_read() -> None:
    markup = '<li>One &amp; <strong>two</strong></li><li>th<em>re</em>e</li> <dfn class="term">four</dfn>'
    assert plain(markup) == "One & two three four"


@given(st.text())
def test_every_word_stands_where_it_says(text: str) -> None:
    for token in tokens(text):
        assert fold(text[token.start : token.end]).replace(",", "") == token.word
        assert token.stem
