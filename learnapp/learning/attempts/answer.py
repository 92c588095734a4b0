"""Answers: save, check, take a hint.

A save starts from the stored item and from the number of the newest save that the page knows:

    item = find_attempt_item(session, user_id, attempt_id, item_id)
    item = save_answer(session, item, Submission(response), seq, now)     # item.summary.seq is the new number
    session.commit()                                             # in the view; only now is it saved

Grading is done before the write transaction, which holds two statements: the attempt moves from `seq` to
`seq + 1` only where it still stands at `seq`, so that nothing newer is ever overwritten.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from learnapp.db import AnySession
from learnapp.learning.attempts.store import find_attempt_item, store_response
from learnapp.learning.attempts.values import AttemptItem
from learnapp.learning.errors import AlreadySubmitted, AttemptClosed, NoHintLeft, StaleSave
from learnapp.learning.models import OPEN
from learnapp.quiz import behaviours
from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.certainty import Certainty
from learnapp.quiz.item import ItemResponse, Missing


@dataclass(frozen=True, slots=True)
class Submission:
    """What a request brings for one item. A flag or certainty of None leaves it as it was."""

    response: ItemResponse | None
    flagged: bool | None = None
    certainty: Certainty | None = None


@dataclass(frozen=True, slots=True)
class AnswerResult:
    """An item as it now stands; with something `missing` it was to be checked and is only a draft."""

    item: AttemptItem
    missing: tuple[Missing, ...] = ()


def take_action(
    session: AnySession, attempt_item: AttemptItem, action: str, submission: Submission, seq: int, now: datetime
) -> AnswerResult:
    """Do what a button says: save, check, hint, later (save and move on) or flag (keep the answer as it is).

    A reply in the middle of a conversation is only kept, since the other person has an answer to it.
    """
    if action == "check" and not (attempt_item.item.stepwise and _goes_on(attempt_item, submission.response)):
        return check_answer(session, attempt_item, submission, seq, now)
    if action == "hint":
        return AnswerResult(take_hint(session, attempt_item, submission, seq, now))
    if action == "flag":
        submission = Submission(attempt_item.state.response, flagged=submission.flagged)
    moving_on = action == "later"
    return AnswerResult(save_answer(session, attempt_item, submission, seq, now, moving_on=moving_on))


def save_answer(
    session: AnySession,
    attempt_item: AttemptItem,
    submission: Submission,
    seq: int,
    now: datetime,
    *,
    moving_on: bool = False,
) -> AttemptItem:
    """Store an answer unchecked (autosave, flag, later) and return the item as stored, with the new seq.

    The same save with the same seq again changes nothing and returns the same. `moving_on` makes the
    following item the one to resume at. Raises StaleSave, AlreadySubmitted, AttemptClosed.
    """
    keep = partial(behaviours.keep_response, attempt_item.state)
    return _apply(session, attempt_item, submission, "save", seq, now, keep, moving_on)


def check_answer(
    session: AnySession, attempt_item: AttemptItem, submission: Submission, seq: int, now: datetime
) -> AnswerResult:
    """Submit an answer by the quiz's behaviour; `item.shows_feedback` then tells what may be shown.

    Where something must still be filled in, the answer is kept as a draft and what is missing is returned. A
    deferred quiz only keeps the answer. Raises what `save_answer` raises.
    """

    def submit(response: ItemResponse | None) -> ItemState:
        if attempt_item.item.missing(response, attempt_item.presentation):
            return behaviours.keep_response(attempt_item.state, response)
        return behaviours.submit_response(attempt_item.quiz.behaviour, attempt_item.item, attempt_item.state, response)

    checked = _apply(session, attempt_item, submission, "check", seq, now, submit)
    if checked.state.submitted:
        return AnswerResult(checked)
    return AnswerResult(checked, checked.item.missing(checked.state.response, checked.presentation))


def take_hint(
    session: AnySession, attempt_item: AttemptItem, submission: Submission, seq: int, now: datetime
) -> AttemptItem:
    """Open the next hint, keeping what was answered so far; `item.hints[:state.hints]` may be shown.

    Raises NoHintLeft, and what `save_answer` raises.
    """

    def reveal(response: ItemResponse | None) -> ItemState:
        answered = behaviours.keep_response(attempt_item.state, response)
        state = behaviours.give_hint(attempt_item.quiz.behaviour, attempt_item.item, answered)
        if state.hints == answered.hints:
            raise NoHintLeft(attempt_item.item.id)
        return state

    return _apply(session, attempt_item, submission, "hint", seq, now, reveal)


def _apply(
    session: AnySession,
    attempt_item: AttemptItem,
    submission: Submission,
    action: str,
    seq: int,
    now: datetime,
    rule: Callable[[ItemResponse | None], ItemState],
    moving_on: bool = False,
) -> AttemptItem:
    """Decide by the rule what the item becomes, then store it if nobody was faster."""
    summary, response = attempt_item.summary, submission.response
    # A save is named by its content, so that a retry is known as one.
    digest = hashlib.sha256(repr((action, attempt_item.item.id, submission)).encode()).hexdigest()
    if _is_repeated(attempt_item, seq, digest):
        return attempt_item
    if attempt_item.state.submitted and response != attempt_item.state.response:
        raise AlreadySubmitted(attempt_item.item.id)
    certainty, state = attempt_item.certainty, attempt_item.state
    if not state.submitted:
        certainty, state = submission.certainty or certainty, rule(response)
    after = replace(
        attempt_item,
        state=state,
        flagged=attempt_item.flagged if submission.flagged is None else submission.flagged,
        certainty=certainty,
        submitted_at=attempt_item.submitted_at or (now if state.submitted else None),
    )
    # What was just submitted is done: going on happens at the next item.
    following = moving_on or (state.submitted and not attempt_item.state.submitted)
    ids = summary.item_ids
    current = ids[min(attempt_item.number, len(ids) - 1)] if following else attempt_item.item.id
    if after == attempt_item and current == summary.current_item:
        return attempt_item
    moved = replace(summary, seq=seq + 1, last_save=digest, current_item=current, saved_at=now)
    stored = replace(after, summary=moved, saved_at=now)
    if store_response(session, stored):
        return stored
    newer = find_attempt_item(session, summary.user_id, summary.id, attempt_item.item.id)
    if _is_repeated(newer, seq, digest):
        return newer
    raise StaleSave(newer.summary.id, newer.summary.seq)


def _is_repeated(attempt_item: AttemptItem, seq: int, digest: str) -> bool:
    """Tell whether this very save was stored before; raise if the attempt has moved on or takes none."""
    summary = attempt_item.summary
    if summary.state != OPEN:
        raise AttemptClosed(summary.id, summary.state)
    if seq == summary.seq:
        return False
    if seq == summary.seq - 1 and digest == summary.last_save:
        return True
    raise StaleSave(summary.id, summary.seq)


def _goes_on(attempt_item: AttemptItem, response: ItemResponse | None) -> bool:
    """Tell whether the answer took another step and waits for one more."""
    item, before = attempt_item.item, attempt_item.state.response
    return item.steps_taken(response) > item.steps_taken(before) and item.goes_on(response)
