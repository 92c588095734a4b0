"""Answers: items that answer each other, silence as feedback, right numbers marked wrong."""

import pytest

from learnapp.content.checks.quizzes.answers import SILENT
from tests.content.checks.pages import hint, messages, said
from tests.courses.island import FACTS, LAMP_QUIZ, Island

BOATS = "    stem: What does the page say about the *height* of the lamp, in about 2015?\n"
KEY = "It stands 40 meters above the sea."
NIGHTS = "    stem: How many dark nights did Harbor Watch count in 2012?\n"
OTHER = """\
  - id: lamp.08
    section: lamp
    fact: Sailors counted 27 dark nights {year}.
    figures: ["27 nights"]
    attribution: Harbor Watch, survey of lights
    voice: ngo
    {dated}
    sensitivity: none
    testimony: false
    quizzable: true
"""


@pytest.mark.parametrize(
    "words", ["The page does not say how.", "The inquiry never mentions it.", "This is not mentioned anywhere."]
)
def test_that_a_text_is_silent_is_no_feedback(words: str) -> None:
    assert SILENT.search(words)


@pytest.mark.parametrize(
    "words", ["A harvest needs hands, and the picture does not say whose.", "She does not say that anybody came."]
)
def test_what_evidence_cannot_show_may_be_said(words: str) -> None:
    assert SILENT.search(words) is None


def test_silent_feedback_is_found_at_its_line(island: Island) -> None:
    old = "There are ships with lights, but the page speaks of a lamp on a tower."
    island.edit(LAMP_QUIZ, old, "There are ships with lights, but the page does not mention any of them at all.")
    ((path, line, words),) = said(island, "feedback-silent")
    assert (path, line) == (LAMP_QUIZ, island.line(LAMP_QUIZ, "does not mention"))
    assert words.startswith("“the page does not mention” tells of a text;")


def test_an_item_that_tells_the_key_of_another_is_found(island: Island) -> None:
    island.edit(LAMP_QUIZ, KEY, "A granite tower carries the burning lantern.")
    line = hint(island, "A lantern was burning on granite towers.")
    ((path, at, words),) = said(island, "item-answers-item")
    assert (path, at) == (LAMP_QUIZ, line)
    assert words.startswith("this tells the answer of lamp-q1 (“A granite tower carries the burning lantern.”)")


def test_items_may_share_words_that_tell_nothing(island: Island) -> None:
    hint(island, "Who stands above the sea, on a tower or on a ship in the harbor?")
    assert messages(island, "item-answers-item") == []


def test_an_item_that_tells_the_number_of_another_is_found(island: Island) -> None:
    line = hint(island, "Think of 31 dark nights.")
    assert said(island, "item-answers-item") == [
        (LAMP_QUIZ, line, "this tells the answer of lamp-q4 (“31”); word one of them in another way")
    ]


def test_a_number_that_the_ledger_gives_for_the_same_is_not_marked_wrong(island: Island) -> None:
    island.edit(LAMP_QUIZ, NIGHTS, "    stem: How many dark nights did Harbor Watch count?\n")
    island.write(FACTS, island.text(FACTS) + OTHER.format(year="in 2013", dated="dated: '2013'"))
    ((path, line, words),) = said(island, "current-number")
    assert (path, line) == (LAMP_QUIZ, island.line(LAMP_QUIZ, "answer: 31"))
    assert words.startswith("lamp.08 gives 27 nights, which would be marked wrong")
    island.edit(LAMP_QUIZ, "tolerance: 0", "tolerance: 4")
    assert messages(island, "current-number") == []


def test_a_number_of_another_year_than_the_one_asked_about_is_no_answer(island: Island) -> None:
    island.write(FACTS, island.text(FACTS) + OTHER.format(year="in 2013", dated="dated: '2013'"))
    assert messages(island, "current-number") == []
