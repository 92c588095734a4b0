"""Scenarios: the model, its responses, its grading, its explanations."""

from typing import Any

from tests.quiz.answers import clean, complaint, points, rows
from tests.quiz.samples import make, reply


def turn(name: str, *replies: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "says": "Tea?", "replies": list(replies)}


def test_each_turn_can_be_done_well() -> None:
    turns = [turn("start", reply("Hm", "weak"), reply("No", "worse"))]
    assert "rate at least one reply of turn start as `best`" in complaint("scenario", turns=turns)


def test_a_reply_leads_to_a_turn_that_is_there() -> None:
    turns = [turn("start", reply("Yes", "best", "nowhere"), reply("No", "worse"))]
    assert "write the id of a turn after `next` in turn start; nowhere is none" in complaint("scenario", turns=turns)


def test_a_turn_that_nothing_leads_to_is_refused() -> None:
    end = (reply("Yes", "best"), reply("No", "worse"))
    assert "let a reply lead to turn lost" in complaint("scenario", turns=[turn("start", *end), turn("lost", *end)])


def test_a_turn_that_only_a_lost_one_leads_to_cannot_be_reached_either() -> None:
    end = (reply("Yes", "best"), reply("No", "worse"))
    ahead = (reply("Yes", "best", "after"), reply("No", "worse", "start"))
    turns = [turn("start", *end), turn("after", *end), turn("lost", *ahead)]
    assert "let a reply lead to turn lost" in complaint("scenario", turns=turns)


def test_a_conversation_that_goes_in_circles_is_refused() -> None:
    turns = [
        turn("start", reply("Yes", "best", "one"), reply("No", "worse")),
        turn("one", reply("Yes", "best", "two"), reply("No", "worse")),
        turn("two", reply("Yes", "best", "one"), reply("No", "worse")),
    ]
    assert "one -> two -> one" in complaint("scenario", turns=turns)


def test_turns_and_replies_can_be_told_apart() -> None:
    end = (reply("Yes", "best"), reply("No", "worse"))
    assert "give each turn its own `id`" in complaint("scenario", turns=[turn("start", *end), turn("start", *end)])
    same = turn("start", reply("Yes", "best"), reply("YES", "worse"))
    assert "make the replies of turn start differ" in complaint("scenario", turns=[same])


def test_two_paths_may_meet_in_one_turn() -> None:
    end = (reply("Yes", "best"), reply("No", "worse"))
    turns = [
        turn("start", reply("Left", "best", "left"), reply("Right", "weak", "right")),
        turn("left", reply("On", "best", "end"), reply("Stop", "weak")),
        turn("right", reply("On", "best", "end"), reply("Stop", "weak", "left")),
        turn("end", *end),
    ]
    assert make("scenario", turns=turns).type == "scenario"


def test_a_conversation_ends_where_a_reply_ends_it() -> None:
    assert clean(make("scenario"), {"replies": [2, 1, 1]}) == {"replies": [2]}
    assert clean(make("scenario"), {"replies": [0, 1, 1]}) == {"replies": [0, 1]}


def test_scenario_gives_the_mean_over_the_turns_taken() -> None:
    assert points("scenario", {"replies": [0, 1]}) == 1
    assert points("scenario", {"replies": [1, 1]}) == 0.75
    assert points("scenario", {"replies": [1, 0]}) == 0.25
    assert points("scenario", {"replies": [2]}) == 0


def test_a_conversation_that_is_broken_off_earns_nothing() -> None:
    assert points("scenario", {"replies": [0]}) == 0


def test_scenario_explains_every_reply_of_the_turns_taken() -> None:
    found = rows("scenario", {"replies": [1, 1]})
    assert [row.verdict for row in found] == ["right", "neutral", "wrong", "wrong", "right"]
    assert [row.chosen for row in found] == [False, True, False, False, True]
    assert [row.part for row in found] == [0, 0, 0, 1, 1]
    assert found[3].heading == "Something mild?"


def test_scenario_explains_the_turn_that_was_left_open_and_none_after_it() -> None:
    assert [row.part for row in rows("scenario", None)] == [0, 0, 0]
    assert [row.part for row in rows("scenario", {"replies": [2]})] == [0, 0, 0]


def test_the_answer_key_says_where_a_reply_leads() -> None:
    rows = list(make("scenario").answer_key())
    assert {row.leads_to for row in rows} == {"", "kind"}
    assert {row.verdict for row in rows} == {"right", "neutral", "wrong"}


def test_of_two_good_replies_each_says_what_it_costs() -> None:
    goods = ({**reply("Stay", "best"), "cost": "An hour."}, {**reply("Go", "best"), "cost": "A cup."})
    found = rows("scenario", {"replies": [0]}, turns=[turn("start", *goods, reply("Shout", "worse"))])

    assert [row.cost for row in found] == ["An hour.", "A cup.", ""]
    assert [row.words.text for row in found] == ["Good, at a cost", "Good, at a cost", "Does not help"]
    assert [row.verdict for row in found] == ["right", "right", "wrong"]


def test_a_cost_stands_only_where_two_replies_are_best() -> None:
    alone = turn("start", {**reply("Stay", "best"), "cost": "An hour."}, reply("Go", "worse"))
    assert "write `cost` only where two replies are best; see “Stay”" in complaint("scenario", turns=[alone])
    poor = ({**reply("Stay", "best")}, reply("Sit", "best"), {**reply("Go", "worse"), "cost": "A cup."})
    assert "see “Go” in start" in complaint("scenario", turns=[turn("start", *poor)])
