"""Practice: replies given once, taken back or given anew, and a note that no other window overwrites unseen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from learnapp.learning.lessons.own_words.service import words_digest
from learnapp.training.errors import ReplyNotOpen, StaleNote, StalePath
from learnapp.training.practice.service import begin_talk, catch_up, give_reply, go_back, keep_note, remove_words
from learnapp.training.practice.store import practice_run, store_run
from learnapp.training.practice.values import SentRun, SentWords, StoredRun
from tests.actors.attempts import Db
from tests.courses.practice import SUGAR, conversation
from tests.factories.base import NOON

pytestmark = pytest.mark.both_databases

TALK = conversation()
LATER = NOON + timedelta(days=3)


def say(session: Db, user_id: int, at: int, turn: str, reply: str) -> StoredRun:
    give_reply(session, user_id, TALK, at, turn, reply, NOON)
    session.commit()
    return practice_run(session, user_id, SUGAR)


def begin(session: Db, user_id: int, words: str = "", seen: str = "") -> StoredRun:
    begin_talk(session, user_id, TALK, words, words_digest(seen), NOON)
    session.commit()
    return practice_run(session, user_id, SUGAR)


def test_a_talk_begins_with_what_was_anticipated_and_goes_on_where_it_was_begun(db_session: Db, vera: int) -> None:
    assert begin(db_session, vera, "Sugar?") == StoredRun((), "Sugar?", begun=True)
    say(db_session, vera, 0, "start", "offer")
    assert begin(db_session, vera) == StoredRun(("offer",), "Sugar?", begun=True)
    with pytest.raises(StaleNote):
        begin(db_session, vera, "Milk?")
    db_session.rollback()
    assert begin(db_session, vera, "Milk?", seen="Sugar?") == StoredRun(("offer",), "Milk?", begun=True)


def test_replies_follow_each_other_until_the_end_which_is_noted_once(db_session: Db, vera: int) -> None:
    begin(db_session, vera)
    assert say(db_session, vera, 0, "start", "refuse") == StoredRun(("refuse",), begun=True)
    assert say(db_session, vera, 1, "sulk", "well").done_at == NOON
    go_back(db_session, vera, TALK, 0, LATER)
    give_reply(db_session, vera, TALK, 0, "start", "offer", LATER)
    give_reply(db_session, vera, TALK, 1, "more", "one", LATER)
    db_session.commit()
    assert practice_run(db_session, vera, SUGAR) == StoredRun(("offer", "one"), "", "", NOON, begun=True)


def test_a_reply_given_twice_counts_once_however_far_the_talk_is(db_session: Db, vera: int) -> None:
    for _ in range(2):
        assert say(db_session, vera, 0, "start", "offer").path == ("offer",)
    say(db_session, vera, 1, "more", "none")
    assert say(db_session, vera, 0, "start", "offer").path == ("offer", "none")


def test_another_reply_to_an_earlier_turn_takes_the_rest_back(db_session: Db, vera: int) -> None:
    say(db_session, vera, 0, "start", "offer")
    say(db_session, vera, 1, "more", "one")
    assert say(db_session, vera, 0, "start", "refuse").path == ("refuse",)


@pytest.mark.parametrize(
    ("at", "turn", "reply"),
    [
        (0, "start", "one"),
        (0, "start", ""),
        (0, "more", "one"),
        (2, "more", "one"),
        (9, "start", "offer"),
        (1, "sulk", "sorry"),
        (1, "nowhere", "one"),
    ],
)
def test_a_reply_to_a_turn_that_does_not_wait_for_it_is_refused(
    db_session: Db, vera: int, at: int, turn: str, reply: str
) -> None:
    say(db_session, vera, 0, "start", "offer")
    with pytest.raises(ReplyNotOpen):
        give_reply(db_session, vera, TALK, at, turn, reply, NOON)
    db_session.rollback()
    assert practice_run(db_session, vera, SUGAR).path == ("offer",)


def test_nothing_follows_an_end(db_session: Db, vera: int) -> None:
    say(db_session, vera, 0, "start", "offer")
    say(db_session, vera, 1, "more", "one")
    with pytest.raises(ReplyNotOpen):
        give_reply(db_session, vera, TALK, 2, "more", "two", NOON)


def test_replies_that_a_changed_conversation_has_no_more_are_left_behind(db_session: Db, vera: int) -> None:
    store_run(db_session, vera, SUGAR, StoredRun(("offer", "gone", "one"), begun=True), NOON)
    db_session.commit()
    assert say(db_session, vera, 1, "more", "two").path == ("offer", "two")


def test_going_back_twice_from_one_page_goes_back_once(db_session: Db, vera: int) -> None:
    say(db_session, vera, 0, "start", "offer")
    say(db_session, vera, 1, "more", "none")
    for _ in range(2):
        go_back(db_session, vera, TALK, 1, NOON)
    db_session.commit()
    assert practice_run(db_session, vera, SUGAR).path == ("offer",)


def test_a_note_is_kept_changed_and_removed_by_who_saw_it(db_session: Db, vera: int) -> None:
    keep_note(db_session, vera, TALK, "First.", words_digest(""), NOON)
    keep_note(db_session, vera, TALK, "Second.", words_digest("First."), NOON)
    with pytest.raises(StaleNote) as stale:
        keep_note(db_session, vera, TALK, "Third.", words_digest("First."), NOON)
    assert stale.value.newer == "Second."
    keep_note(db_session, vera, TALK, "Second.", "", NOON)  # the same is no other
    keep_note(db_session, vera, TALK, "", words_digest("Second."), NOON)
    db_session.commit()
    assert practice_run(db_session, vera, SUGAR).note == ""


@pytest.mark.parametrize("kind", ["anticipated", "note"])
def test_words_are_taken_back_by_who_saw_them_whatever_became_of_the_conversation(
    db_session: Db, vera: int, kind: str
) -> None:
    run = StoredRun(("offer",), "Sugar?", "A note.", NOON, begun=True)
    store_run(db_session, vera, "gone", run, NOON)
    db_session.commit()
    with pytest.raises(StaleNote):
        remove_words(db_session, vera, "gone", kind, words_digest("Other."), NOON)
    db_session.rollback()
    for _ in range(2):
        remove_words(db_session, vera, "gone", kind, words_digest(getattr(run, kind)), NOON)
        db_session.commit()
    left = practice_run(db_session, vera, "gone")
    assert left == (replace(run, note="") if kind == "note" else replace(run, anticipated=""))


def test_what_was_practiced_without_a_network_is_taken_over_once(db_session: Db, vera: int) -> None:
    say(db_session, vera, 0, "start", "offer")
    way = ("offer", "one")
    sent = SentRun(("offer",), way, way, note=SentWords("Mine.", ""))
    for now in (NOON, LATER):
        assert catch_up(db_session, vera, TALK, sent, now) == StoredRun(way, "", "Mine.", NOON, begun=True)
        db_session.commit()
    with pytest.raises(StalePath) as stale:
        catch_up(db_session, vera, TALK, replace(sent, path=("refuse",)), LATER)
    assert stale.value.newer == way
    with pytest.raises(StaleNote) as other:
        catch_up(db_session, vera, TALK, SentRun((), None, (), SentWords("Sugar?", ""), SentWords("Other.", "")), LATER)
    assert (other.value.newer, other.value.kind) == ("Mine.", "note")
    db_session.rollback()
    assert practice_run(db_session, vera, SUGAR) == StoredRun(way, "", "Mine.", NOON, begun=True)


def test_nothing_sent_begins_a_talk_and_no_more(db_session: Db, vera: int) -> None:
    assert catch_up(db_session, vera, TALK, SentRun((), None, ()), NOON) == StoredRun(begun=True)
