"""Conversations: the steps along a path, the turn that waits, every way through, and about how long one takes."""

import pytest
from pydantic import ValidationError

from learnapp.content.conversations import ConversationFile, PracticeStep, ways, words_of
from tests.courses.practice import TURNS, WAYS, conversation, practice_reply, turn

TALK = conversation()


def names(steps: tuple[PracticeStep, ...]) -> list[str]:
    return [f"{step.turn.id}/{step.reply.id}" for step in steps]


def test_steps_follow_the_replies_of_a_path() -> None:
    assert names(TALK.steps([])) == []
    assert names(TALK.steps(["offer", "none", "sorry"])) == ["start/offer", "more/none", "sulk/sorry"]


@pytest.mark.parametrize("path", [["offer", "gone"], ["offer", "sorry"], ["gone", "one"], ["offer", "one", "offer"]])
def test_steps_stop_at_the_first_reply_that_there_is_none_of(path: list[str]) -> None:
    steps = names(TALK.steps(path))
    assert steps == [name for name in ("start/offer", "more/one") if name.split("/")[1] in path][: len(steps)]
    assert len(steps) < len(path)


def test_a_turn_waits_until_the_conversation_has_ended() -> None:
    waiting = [TALK.turn_after(TALK.steps(path)) for path in ([], ["refuse"], ["offer"], ["offer", "one"])]
    assert [one and one.id for one in waiting] == ["start", "sulk", "more", None]


def test_every_way_goes_from_the_first_turn_to_an_end() -> None:
    found = list(ways(TALK))
    assert len(found) == len(set(map(tuple, map(names, found)))) == WAYS
    assert {way[0].turn.id for way in found} == {"start"}
    assert {way[-1].reply.next for way in found} == {"end"}


def test_ways_leave_out_circles_and_what_leads_nowhere() -> None:
    back = [practice_reply(name, "weak", "start") for name in ("one", "two")]
    lost = practice_reply("three", "best", "nowhere")
    file = conversation(turns=(turn("start", *back, lost),), minutes=1)
    assert list(ways(file)) == []


def test_a_conversation_takes_about_as_long_as_its_longest_way_is_read() -> None:
    step = TALK.steps(["offer"])[0]
    assert words_of(step) == len(
        ["Visitor", "at", "start.", "I", "say", "offer.", "They", "hear", "offer.", "Because", "of", "offer."]
    )
    assert TALK.minutes == 1
    assert conversation(context="word " * 180).minutes == 3


def test_a_turn_has_three_replies_and_each_says_what_it_rests_on() -> None:
    about = TALK.model_dump(include=set(ConversationFile.model_fields))
    with pytest.raises(ValidationError, match="at least 3"):
        ConversationFile.model_validate({**about, "turns": [{**TURNS[0], "replies": TURNS[0]["replies"][:2]}]})
    bare = {name: value for name, value in TURNS[0]["replies"][0].items() if name != "facts"}
    replies = [bare, *TURNS[0]["replies"][1:]]
    with pytest.raises(ValidationError, match=r"facts\n.*Field required"):
        ConversationFile.model_validate({**about, "turns": [{**TURNS[0], "replies": replies}]})
