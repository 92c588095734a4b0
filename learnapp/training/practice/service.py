"""Practice: a reply given, taken back or the whole begun again, and what somebody writes down beside it."""

from dataclasses import replace
from datetime import datetime

from learnapp.content.conversations import Conversation
from learnapp.database.db import AnySession
from learnapp.learning.lessons.own_words.service import words_digest
from learnapp.training.errors import ReplyNotOpen, StaleNote, StalePath
from learnapp.training.models import WORDS_MAX
from learnapp.training.practice.store import lock_run, store_run
from learnapp.training.practice.values import SentRun, SentWords, StoredRun


def begin_talk(
    session: AnySession, user_id: int, conversation: Conversation, anticipated: str, seen: str, now: datetime
) -> None:
    """Begin the talk, with what somebody thinks the visitor asks; a talk that was begun goes on.

    Words that are kept are replaced by who saw them, by their digest; raises StaleNote for others.
    """
    run = lock_run(session, user_id, conversation.slug)
    words = anticipated or run.anticipated
    if run.anticipated not in ("", words) and words_digest(run.anticipated) != seen:
        raise StaleNote(run.anticipated, "anticipated")
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


def catch_up(session: AnySession, user_id: int, conversation: Conversation, sent: SentRun, now: datetime) -> StoredRun:
    """Take over what was practiced without a network; return the run as it is then. Sent twice, it counts once.

    Replies that the conversation does not have any more are left out, with all that came after them. An end that was
    reached counts, also if the talk was begun again since. Raises StalePath where the talk went on elsewhere, and
    StaleNote where other words were kept.
    """
    run = lock_run(session, user_id, conversation.slug)
    path = run.path
    if sent.path is not None:
        path = tuple(step.reply.id for step in conversation.steps(sent.path))
        if run.path not in (sent.before, sent.path, path):
            raise StalePath(run.path)
    ended = _is_end(conversation, sent.ended) or _is_end(conversation, path)
    after = StoredRun(
        path=path,
        anticipated=_newer_words(run.anticipated, sent.anticipated, "anticipated"),
        note=_newer_words(run.note, sent.note, "note"),
        done_at=run.done_at or (now if ended else None),
        begun=True,
    )
    if after != run:
        store_run(session, user_id, conversation.slug, after, now)
    return after


def keep_words_of_closed(
    session: AnySession, user_id: int, conversation: str, sent: SentRun, now: datetime
) -> StoredRun:
    """Keep words that were written beside a conversation which is closed by now, or gone; return the run as it is then.

    Nothing asks there which words to keep, so they stand below others. Sent twice, they count once. Raises StaleNote
    where there is no room for both.
    """
    run = lock_run(session, user_id, conversation)
    anticipated = _both_words(run.anticipated, sent.anticipated, "anticipated")
    after = replace(run, anticipated=anticipated, note=_both_words(run.note, sent.note, "note"))
    if after != run:
        store_run(session, user_id, conversation, after, now)
    return after


def _is_end(conversation: Conversation, path: tuple[str, ...]) -> bool:
    """Tell whether a path leads to an end, all of it."""
    steps = conversation.steps(path)
    return len(steps) == len(path) and conversation.turn_after(steps) is None


def _newer_words(kept: str, sent: SentWords | None, kind: str) -> str:
    """Return the words to keep in place of those that are kept; raises StaleNote for others than their page had."""
    if sent is None:
        return kept
    if kept not in ("", sent.words) and words_digest(kept) != sent.seen:
        raise StaleNote(kept, kind)
    return sent.words


def _both_words(kept: str, sent: SentWords | None, kind: str) -> str:
    """Return words in place of those that their page had, else below them; raises StaleNote where that is too much."""
    if sent is None:
        return kept
    if kept == "" or words_digest(kept) == sent.seen:
        return sent.words
    if f"\n{sent.words}\n" in f"\n{kept}\n":
        return kept
    both = f"{kept}\n{sent.words}".strip()
    if len(both) > WORDS_MAX:
        raise StaleNote(kept, kind)
    return both


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
