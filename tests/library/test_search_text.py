"""Texts as search and the glossary compare and show them."""

import pytest

from learnapp.library.search_text import as_sentence, fold, plain_text


@pytest.mark.parametrize(
    ("meaning", "sentence"),
    [
        ("a rank.", "A rank."),
        ("“military first”: the idea.", "“Military first”: the idea."),
        ("&quot;gross&quot; product.", "&quot;Gross&quot; product."),
        ("<em>one</em> thing.", "<em>One</em> thing."),
        ("élan.", "Élan."),
        ("…", "…"),
    ],
)
def test_a_meaning_can_stand_alone(meaning: str, sentence: str) -> None:
    assert as_sentence(meaning) == sentence


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café", "cafe"),
        ("KIM’S", "kim's"),
        ("Ångström", "angstrom"),
        ("ＫＩＭ", "kim"),
        ("Straße", "strasse"),
        ("한국", "한국"),
    ],
)
def test_capitals_accents_and_widths_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_html_becomes_the_words_that_are_read() -> None:
    markup = '<li>One &amp; <strong>two</strong></li><li>th<em>re</em>e</li> <dfn class="term">four</dfn>'
    assert plain_text(markup) == "One & two three four"
