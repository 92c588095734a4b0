import pytest

from learnapp.content.readability import measure, words_in


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

    assert (found.words, found.sentences) == (11, 2)
    assert found.grade == round(4.71 * 36 / 11 + 0.5 * 5.5 - 21.43, 1)
    assert found.mean_sentence == 5.5


def test_longer_words_and_sentences_read_harder() -> None:
    easy = "The lamp was lit. The boats came in."
    hard = "Illumination facilitated the navigation of approaching vessels in unfavorable conditions."

    assert measure(easy).grade < 4 < 12 < measure(hard).grade


def test_a_text_without_words_has_no_grade() -> None:
    assert (measure("").grade, measure("...").mean_sentence) == (0.0, 0.0)


def test_reading_takes_a_minute_for_130_words() -> None:
    assert measure("tea " * 260).minutes == 2.0
