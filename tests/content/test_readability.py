from __future__ import annotations

import pytest

from learnapp.content.readability import measure, syllables, words_in

COUNTED = """
a-1 the-1 lamp-1 light-1 people-2 family-3 radio-3 listened-2 stopped-1 wanted-2 closed-1 houses-2
boxes-2 lived-1 able-2 little-2 table-2 tree-1 agree-2 government-3 international-5 isolation-4
nation-2 special-2 ideology-5 idea-3 create-2 police-2 prison-2 country-2 border-2 evening-3
secret-2 television-4 question-2 one-1 official-3 independent-4 organization-5 museum-3 voice-1
page-1 pages-2 named-1 fire-1 every-2 quiet-2 while-1 whole-1 1998-1
"""


def test_syllables_are_right_for_nine_words_in_ten() -> None:
    pairs = [word.rsplit("-", 1) for word in COUNTED.split()]

    wrong = [word for word, count in pairs if syllables(word) != int(count)]

    assert len(wrong) <= len(pairs) / 10, wrong


def test_words_are_counted_as_readers_count_them() -> None:
    assert words_in("It’s a well-known 33,000 - or 3.5 - “so-called” fact.") == [
        "It’s", "a", "well", "known", "33,000", "or", "3.5", "so", "called", "fact",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two? Three! Four", 4),
        ("He said “stop.” Then he left.", 2),
        ("Dr. Stone came at 5 p.m. and left.", 1),
        ("The index is 3.5 now.", 1),
        ("a list entry\nanother one", 2),
        ("Wait ... what?", 2),
        ("", 0),
    ],
)
def test_sentences_end_where_they_end(text: str, sentences: int) -> None:
    assert measure(text).sentences == sentences


def test_the_grade_follows_its_formula() -> None:
    found = measure("The lamp stood on the rock. It was lit at night.")

    assert (found.words, found.sentences, found.syllables) == (11, 2, 11)
    assert found.grade == round(0.39 * 5.5 + 11.8 * 1 - 15.59, 1)
    assert found.mean_sentence == 5.5


def test_longer_words_and_sentences_read_harder() -> None:
    easy = "The lamp was lit. The boats came in."
    hard = "Illumination facilitated the navigation of approaching vessels in unfavorable conditions."

    assert measure(easy).grade < 4 < 12 < measure(hard).grade


def test_a_text_without_words_has_no_grade() -> None:
    assert (measure("").grade, measure("...").mean_sentence) == (0.0, 0.0)


def test_reading_takes_a_minute_for_130_words() -> None:
    assert measure("tea " * 260).minutes == 2.0
