"""Hints: they neither repeat the key, nor count the keys, nor name a heading."""

import pytest

from tests.content.checks.pages import hint, messages, said
from tests.courses.island import KEEPERS_QUIZ, LAMP_QUIZ, Island

CHOICE = "    stem: What does the page say about the *height* of the lamp, in about 2015?\n"
REASON = "    stem: The UN inquiry of 2014 found other lights that could be seen from the strait.\n"
BOATS = "It stands on a ship in the harbor bay."


def test_a_hint_with_a_word_that_only_the_key_has_is_found_at_its_line(island: Island) -> None:
    island.edit(LAMP_QUIZ, BOATS, "It rests on a ship.")
    island.edit(LAMP_QUIZ, "It stands 40 meters above the sea.", "It stands 40 meters above the granite.")
    line = hint(island, "Think of granite.", CHOICE)

    advice = "this hint has “granite” from the key; ask something that helps to think instead"
    assert said(island, "hint-key") == [(LAMP_QUIZ, line, advice)]


def test_a_hint_may_have_words_that_other_answers_or_the_question_have(island: Island) -> None:
    hint(island, "How many meters would a lamp need, whoever stands below?", CHOICE)
    assert messages(island, "hint-key") == []


def test_a_hint_does_not_tell_the_number_that_is_asked(island: Island) -> None:
    island.edit(LAMP_QUIZ, "It is a little more than four weeks.", "It is more than 30 and less than 32.")
    assert messages(island, "hint-key") == []
    island.edit(LAMP_QUIZ, "more than 30 and less than 32", "nearly 31")
    assert messages(island, "hint-key") == [
        "this hint has the number that is asked; ask something that helps to think instead"
    ]


@pytest.mark.parametrize("words", ["Two of them are right.", "Choose two.", "There are three.", "Two of these fit."])
def test_a_hint_does_not_count_the_keys(island: Island, words: str) -> None:
    island.edit(KEEPERS_QUIZ, "Think of what each of them would need.", words)
    assert len(messages(island, "hint-count")) == 1


@pytest.mark.parametrize("words", ["Ask two things of each answer.", "What would each of them need?"])
def test_a_hint_may_count_what_to_think_of(island: Island, words: str) -> None:
    island.edit(KEEPERS_QUIZ, "Think of what each of them would need.", words)
    assert messages(island, "hint-count") == []


@pytest.mark.parametrize("words", ["It stands in “Behind the glass”.", "Look at the part on dark nights."])
def test_a_hint_names_no_heading(island: Island, words: str) -> None:
    line = hint(island, words.replace("“", "").replace("”", ""), REASON)
    advice = "this hint names a heading; say what to think about, not where it stands"
    assert said(island, "hint-heading") == [(LAMP_QUIZ, line, advice)]
