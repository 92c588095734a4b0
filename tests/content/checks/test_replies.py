"""Replies of conversations: which best one is told by its length, and how many choices there are between goods."""

from typing import Any

import pytest

from learnapp.content.checks.replies import best_is_longest, check_turns_together
from learnapp.content.problems import Position, Report
from learnapp.quiz.types.scenario import Turn
from tests.quiz.samples import reply


def turn(*replies: dict[str, Any]) -> Turn:
    return Turn.model_validate({"id": "start", "says": "Tea?", "replies": list(replies)})


LONGEST = turn(reply("Yes, please", "best"), reply("No", "weak"))
SHORT = turn(reply("No", "best"), reply("Yes", "weak"))
GOODS = turn(reply("No", "best"), reply("Yes", "best"), reply("Perhaps", "weak"))


def test_a_best_reply_is_the_longest_where_all_others_are_shorter() -> None:
    assert best_is_longest(LONGEST)
    assert not best_is_longest(SHORT)
    assert not best_is_longest(turn(reply("Yes", "best"), reply("Tea", "weak")))
    assert best_is_longest(turn(reply("Yes, please", "best"), reply("No", "best"), reply("Tea", "weak")))


@pytest.mark.parametrize(
    ("longest", "short", "goods", "rules"),
    [
        (4, 2, 4, []),
        (5, 1, 4, ["reply-longest"]),
        (4, 3, 3, ["two-goods"]),
        (9, 1, 0, ["reply-longest", "two-goods"]),
        (0, 0, 0, []),
    ],
)
def test_two_fifths_may_be_longest_and_a_third_is_between_goods(
    longest: int, short: int, goods: int, rules: list[str]
) -> None:
    turns = [*[LONGEST] * longest, *[SHORT] * short, *[GOODS] * goods]
    report = Report()
    check_turns_together([(Position("talk", n), one) for n, one in enumerate(turns, 1)], report, "all")
    assert [problem.rule for problem in report.problems] == rules
