"""Words of practice: how a reply works, how far somebody is, and replies in an order of their own."""

from flask import Flask

from learnapp.training.practice.values import StoredRun
from learnapp.training.practice.wording import reply_verdict, run_words, shuffled_replies
from tests.courses.practice import MILK, conversation
from tests.factories.base import NOON

TALK = conversation()


def test_each_rating_has_its_words_and_a_good_reply_with_a_cost_others(app: Flask) -> None:
    with app.test_request_context():
        words = [reply_verdict(reply) for turn in TALK.turns[:2] for reply in turn.replies[:3]]
    assert words[:3] == ["Works well.", "Could work better.", "Does not help."]
    assert words[3:5] == ["Good, at a cost."] * 2


def test_how_far_somebody_is_says_the_day_or_how_long_it_takes(app: Flask) -> None:
    with app.test_request_context():
        assert run_words(TALK, None) == "About 1 minute"
        assert run_words(conversation(context="word " * 180), None) == "About 3 minutes"
        assert run_words(TALK, StoredRun(begun=True)) == "Begun"
        assert run_words(TALK, StoredRun(done_at=NOON, begun=True)) == "Done on 21 November 2026"


def test_replies_stand_in_one_order_for_everybody_which_is_not_that_of_the_file() -> None:
    orders = [
        [reply.id for reply in shuffled_replies(one, turn)]
        for one in (TALK, conversation(MILK), conversation("honey"))
        for turn in one.turns
    ]
    assert all(sorted(order) == sorted(reply.id for reply in TALK.by_id[turn].replies)
               for order, turn in zip(orders, ["start", "more", "sulk"] * 3, strict=True))  # fmt: skip
    firsts = {order[0] for order in orders}
    assert not firsts <= {"offer", "one", "sorry"}
    assert orders[:3] == [[reply.id for reply in shuffled_replies(conversation(), turn)] for turn in TALK.turns]
