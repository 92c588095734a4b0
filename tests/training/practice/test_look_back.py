"""Look-back: one's own replies beside better ones, only where they differ."""

from learnapp.training.practice.look_back import better_replies
from tests.courses.practice import conversation

TALK = conversation()


def test_nothing_differs_where_all_that_was_said_works() -> None:
    assert better_replies(TALK.steps(["offer", "two"])) == ()
    assert better_replies(()) == ()


def test_each_reply_that_is_not_the_best_stands_beside_those_that_are() -> None:
    found = better_replies(TALK.steps(["shrug", "none", "again"]))
    assert [(one.turn.id, one.given.id, [reply.id for reply in one.better]) for one in found] == [
        ("start", "shrug", ["offer"]),
        ("more", "none", ["one", "two"]),
        ("sulk", "again", ["sorry"]),
    ]
