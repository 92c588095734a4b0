"""Practice: a reply given, taken back or the whole begun again, and what somebody writes down beside it."""

from dataclasses import replace
from datetime import datetime

from learnapp.content.conversations import Conversation
from learnapp.database.db import AnySession
from learnapp.learning.lessons.own_words.service import words_digest
from learnapp.training.errors import ReplyNotOpen, StaleNote
from learnapp.training.practice.store import lock_run, store_run


def begin_talk(
    session: AnySession, user_id: int, conversation: Conversation, anticipated: str, seen: str, now: datetime
) -> None:
    """Begin the talk, with what somebody thinks the visitor asks; a talk that was begun goes on.

    Words that are kept are replaced by who saw them, by their digest; raises StaleNote for others.
    """
    run = lock_run(session, user_id, conversation.slug)
    words = anticipated or run.anticipated
    if run.anticipated not in ("", words) and words_digest(run.anticipated) != seen:
        raise StaleNote(run.anticipated)
    if not run.begun or words != run.anticipated:
        store_run(session, user_id, conversation.slug, replace(run, anticipated=words), now)


def give_reply(
    session: AnySession, user_id: int, conversation: Conversation, at: int, turn: str, reply: str, now: datetime
) -> None:
    """Give a reply to a turn, the one after `at` replies; given twice, it counts once.

    What was said after that turn is taken back where the reply differs. Raises ReplyNotOpen where the conversation
    came another way, in another window or as its file was changed, or where the turn has no such reply.
    """
    run = lock_run(session, user_id, conversation.slug)
    before = conversation.steps(run.path)[:at]
    waiting = conversation.turn_after(before)
    if len(before) != at or waiting is None or waiting.id != turn or waiting.reply(reply) is None:
        raise ReplyNotOpen(conversation.slug, turn)
    path = (*run.path[:at], reply)
    if run.path[: at + 1] == path:
        return
    ended = conversation.turn_after(conversation.steps(path)) is None
    done_at = run.done_at or (now if ended else None)
    store_run(session, user_id, conversation.slug, replace(run, path=path, done_at=done_at), now)


def go_back(session: AnySession, user_id: int, conversation: Conversation, to: int, now: datetime) -> None:
    """Take back all replies but the first `to`; none begins the talk again. What has been done stays done."""
    run = lock_run(session, user_id, conversation.slug)
    if len(run.path) > to:
        store_run(session, user_id, conversation.slug, replace(run, path=run.path[:to]), now)


def keep_note(
    session: AnySession, user_id: int, conversation: Conversation, note: str, seen: str, now: datetime
) -> None:
    """Keep a note in place of the one whose digest a page had, "" to remove it; raises StaleNote for another one."""
    run = lock_run(session, user_id, conversation.slug)
    if run.note not in ("", note) and words_digest(run.note) != seen:
        raise StaleNote(run.note)
    if run.note != note:
        store_run(session, user_id, conversation.slug, replace(run, note=note), now)


def remove_words(session: AnySession, user_id: int, conversation: str, kind: str, seen: str, now: datetime) -> None:
    """Take back what somebody wrote beside a conversation, also one that is gone: "anticipated", or the "note".

    Raises StaleNote where it is not what they saw.
    """
    run = lock_run(session, user_id, conversation)
    words = run.note if kind == "note" else run.anticipated
    if words and words_digest(words) != seen:
        raise StaleNote(words)
    if words:
        emptied = replace(run, note="") if kind == "note" else replace(run, anticipated="")
        store_run(session, user_id, conversation, emptied, now)
