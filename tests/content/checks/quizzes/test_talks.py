"""Conversations: three replies a turn, the best one not by its length, choices between goods."""

import pytest

from learnapp.content.checks.quizzes import talks
from tests.content.checks.pages import messages, said
from tests.courses.island import LAMP_QUIZ, Island

LONG = "You may well be right there, and perhaps nobody will ever find it out."
LONGER = f"          - text: {LONG}\n            rating: weak\n"
GOOD = LONGER.replace("weak", "best")


def test_a_quiz_in_which_every_best_reply_is_the_longest_is_found(island: Island) -> None:
    assert messages(island, "reply-longest") == []
    island.edit(
        LAMP_QUIZ, "You may well be right there, and perhaps nobody will ever find it out.", "Nobody will find out."
    )
    words = "the best reply is the longest in all 2 turns of this quiz; shorten one"
    assert said(island, "reply-longest") == [(LAMP_QUIZ, island.line(LAMP_QUIZ, "- id: repair"), words)]


def test_a_turn_has_three_replies(island: Island) -> None:
    text = island.text(LAMP_QUIZ)
    island.write(LAMP_QUIZ, text[: text.index("          - text: Nobody knows")])
    line = island.line(LAMP_QUIZ, "- id: repair")
    assert said(island, "reply-count") == [(LAMP_QUIZ, line, "a turn has three replies, this has 2")]


def test_two_good_replies_each_say_what_they_cost(island: Island) -> None:
    island.edit(LAMP_QUIZ, LONGER, GOOD)
    advice = "two replies are best here: say under `cost` what each of them costs"
    assert messages(island, "reply-cost") == [advice, advice]
    friendly = "It is friendly, but one group did find it out, and said how they did."
    for words in (friendly, "You go back to what is known and ask first, which keeps the talk open."):
        island.edit(LAMP_QUIZ, f"feedback: {words}\n", f"feedback: {words}\n            cost: An hour of your time.\n")
    assert messages(island, "reply-cost") == []


def test_of_many_turns_a_third_are_a_choice_between_goods(island: Island, monkeypatch: pytest.MonkeyPatch) -> None:
    assert messages(island, "two-goods") == []  # two turns are too few to say
    monkeypatch.setattr(talks, "ENOUGH_TURNS", 2)
    line = island.line(LAMP_QUIZ, "- id: repair")
    ((path, at, words),) = said(island, "two-goods")
    assert (path, at) == (LAMP_QUIZ, line)
    assert words.startswith("0 of 2 turns of the course are a choice between two goods, a third is wanted")
    island.edit(LAMP_QUIZ, LONGER, GOOD)
    assert messages(island, "two-goods") == []


def test_of_many_turns_the_best_reply_is_the_longest_in_two_of_five_at_most(
    island: Island, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert messages(island, "reply-longest") == []
    monkeypatch.setattr(talks, "ENOUGH_TURNS", 2)
    (words,) = messages(island, "reply-longest")
    assert words == "the best reply is the longest in 1 of 2 turns of the course, 40 % is the most; shorten this one"
