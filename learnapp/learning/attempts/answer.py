"""Answers: save, check, take a hint.

A save starts from a slot (`store.answer_slot`) and from the number of the newest save that the page knows:

    slot = answer_slot(session, user_id, attempt_id, item_id)
    slot = save_answer(session, slot, Submission(response), seq, now)     # slot.head.seq is the new number
    session.commit()                                             # in the view; only now is it saved

Grading is done before the write transaction, which holds two statements: the attempt moves from `seq` to
`seq + 1` only where it still stands at `seq`, so that nothing newer is ever overwritten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from learnapp.db import AnySession
from learnapp.learning.attempts.saving import advance
from learnapp.learning.attempts.store import Slot, answer_slot
from learnapp.learning.errors import AlreadySubmitted, AttemptClosed, NoHintLeft, StaleSave, Unanswered
from learnapp.quiz import behaviours
from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.certainty import Certainty
from learnapp.quiz.item import ItemResponse


@dataclass(frozen=True, slots=True)
class Submission:
    """What a request brings for one item. A flag or certainty of None leaves it as it was."""

    response: ItemResponse | None
    flagged: bool | None = None
    certainty: Certainty | None = None


def save_answer(
    session: AnySession,
    slot: Slot,
    submission: Submission,
    seq: int,
    now: datetime,
    *,
    moving_on: bool = False,
) -> Slot:
    """Store an answer unchecked (autosave, flag, later) and return the slot as stored, with the new seq.

    The same save with the same seq again changes nothing and returns the same. `moving_on` makes the
    following item the one to resume at. Raises StaleSave, AlreadySubmitted, AttemptClosed.
    """

    def keep(response: ItemResponse | None) -> ItemState:
        return behaviours.answer(slot.state, response)

    return _apply(session, slot, submission, "save", seq, now, keep, moving_on)


def check_answer(session: AnySession, slot: Slot, submission: Submission, seq: int, now: datetime) -> Slot:
    """Submit an answer by the quiz's behaviour; `slot.feedback` then tells what may be shown.

    Raises Unanswered when something must be filled in first (nothing is stored; `save_answer` keeps a draft),
    and what `save_answer` raises. A deferred quiz only keeps the answer.
    """

    def submit(response: ItemResponse | None) -> ItemState:
        gaps = slot.item.missing(response, slot.presentation)
        if gaps:
            raise Unanswered(gaps)
        return behaviours.check(slot.form.behaviour, slot.item, slot.state, response)

    return _apply(session, slot, submission, "check", seq, now, submit)


def take_hint(session: AnySession, slot: Slot, submission: Submission, seq: int, now: datetime) -> Slot:
    """Open the next hint, keeping what was answered so far; `item.hints[:state.hints]` may be shown.

    Raises NoHintLeft, and what `save_answer` raises.
    """

    def reveal(response: ItemResponse | None) -> ItemState:
        answered = behaviours.answer(slot.state, response)
        state = behaviours.hint(slot.form.behaviour, slot.item, answered)
        if state.hints == slot.state.hints:
            raise NoHintLeft(slot.item.id)
        return state

    return _apply(session, slot, submission, "hint", seq, now, reveal)


def _apply(
    session: AnySession,
    slot: Slot,
    submission: Submission,
    action: str,
    seq: int,
    now: datetime,
    rule: Callable[[ItemResponse | None], ItemState],
    moving_on: bool = False,
) -> Slot:
    """Decide by the rule what the item becomes, then store it if nobody was faster."""
    response = submission.response
    digest = _digest(action, slot.item.id, submission)
    if _settled(slot, seq, digest):
        return slot
    if slot.state.submitted and response != slot.state.response:
        raise AlreadySubmitted(slot)
    certainty, state = slot.certainty, slot.state
    if not state.submitted:
        certainty, state = submission.certainty or certainty, rule(response)
    after = replace(
        slot,
        state=state,
        flagged=slot.flagged if submission.flagged is None else submission.flagged,
        certainty=certainty,
        submitted_at=slot.submitted_at or (now if state.submitted else None),
    )
    # What was just submitted is done: going on happens at the next item.
    following = moving_on or (state.submitted and not slot.state.submitted)
    ids = slot.head.item_ids
    current = ids[min(slot.number, len(ids) - 1)] if following else slot.item.id
    if after == slot and current == slot.head.current_item:
        return slot
    head = replace(slot.head, seq=seq + 1, last_save=digest, current_item=current, saved_at=now)
    stored = replace(after, head=head, saved_at=now)
    if advance(session, stored):
        return stored
    newer = answer_slot(session, slot.head.user_id, slot.head.id, slot.item.id)
    if _settled(newer, seq, digest):
        return newer
    raise StaleSave(newer)


def _settled(slot: Slot, seq: int, digest: str) -> bool:
    """Tell whether this very save was stored before; raise if the attempt has moved on or takes none."""
    if not slot.head.open:
        raise AttemptClosed(slot.head.id, slot.head.state)
    if seq == slot.head.seq:
        return False
    if seq == slot.head.seq - 1 and digest == slot.head.last_save:
        return True
    raise StaleSave(slot)


def _digest(action: str, item_id: str, submission: Submission) -> str:
    """Name a save by its content, so that a retry is known as one."""
    response = submission.response.to_json() if submission.response else None
    content = [action, item_id, response, submission.flagged, submission.certainty]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
