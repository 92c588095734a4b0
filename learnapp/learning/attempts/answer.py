"""Answers: save, check, take a hint.

What a page sends starts from the stored item and from the number of the newest save that the page knows:

    item = find_attempt_item(session, user_id, attempt_id, item_id)
    result = take_action(session, item, "save", Submission(response), seq, now)   # item.summary.seq is the new number
    session.commit()                                             # in the view; only now is it saved

Grading is done before the write transaction, which holds two statements: the attempt moves from `seq` to
`seq + 1` only where it still stands at `seq`, so that nothing newer is ever overwritten.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime

from learnapp.database.db import AnySession
from learnapp.learning.attempts.store import find_attempt_item, store_response
from learnapp.learning.attempts.values import AttemptItem
from learnapp.learning.errors import AlreadySubmitted, AttemptClosed, NoHintLeft, StaleSave
from learnapp.learning.models import OPEN
from learnapp.learning.other_quizzes import require_not_over
from learnapp.quiz import behaviours
from learnapp.quiz.behaviours import ItemState
from learnapp.quiz.certainty import Certainty
from learnapp.quiz.item import ItemResponse, Missing

ACTIONS = ("save", "check", "hint", "later", "flag")


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
    """Do what a button says and store it: save, check, hint, later (save and move on) or flag (keep the answer).

    A check only stores the answer, ungraded, in three cases: something is missing, which the result then names;
    the quiz is deferred; the answer is a reply after which the conversation goes on. The same save with the same
    seq again changes nothing. Raises StaleSave, AlreadySubmitted, AttemptClosed, AttemptOver, NoHintLeft.
    """
    require_not_over(attempt_item.summary, now)
    item, before = attempt_item.item, attempt_item.state
    if action == "check" and item.stepwise:
        steps = item.steps_taken(submission.response)
        if steps > item.steps_taken(before.response) and item.goes_on(submission.response):
            action = "save"
    elif action == "flag":
        submission = Submission(before.response, flagged=submission.flagged)
    stored = _store(session, attempt_item, action, submission, seq, now)
    if action != "check" or stored.state.submitted:
        return AnswerResult(stored)
    return AnswerResult(stored, item.missing(stored.state.response, stored.presentation))


def _store(
    session: AnySession, attempt_item: AttemptItem, action: str, submission: Submission, seq: int, now: datetime
) -> AttemptItem:
    """Store what the action makes of the item if nobody was faster."""
    summary, before = attempt_item.summary, attempt_item.state
    # A save is named by its content, so that a retry is known as one.
    kind = action if action in ("check", "hint") else "save"
    digest = hashlib.sha256(repr((kind, attempt_item.item.id, submission)).encode()).hexdigest()
    if _is_repeated(attempt_item, seq, digest):
        return attempt_item
    certainty, state = attempt_item.certainty, before
    if not before.submitted:
        certainty, state = submission.certainty or certainty, _next_state(attempt_item, action, submission.response)
    elif submission.response != before.response:
        raise AlreadySubmitted(attempt_item.item.id)
    after = replace(
        attempt_item,
        state=state,
        flagged=attempt_item.flagged if submission.flagged is None else submission.flagged,
        certainty=certainty,
        submitted_at=attempt_item.submitted_at or (now if state.submitted else None),
    )
    moves_on = action == "later" or (state.submitted and not before.submitted)
    ids = summary.item_ids
    # Numbers count from 1, so `ids[number]` is the next item; after the last one the learner stays at it.
    resume_item_id = ids[min(attempt_item.number, len(ids) - 1)] if moves_on else attempt_item.item.id
    if after == attempt_item and resume_item_id == summary.current_item:
        return attempt_item
    moved = replace(summary, seq=seq + 1, last_save=digest, current_item=resume_item_id, saved_at=now)
    stored = replace(after, summary=moved, saved_at=now)
    if store_response(session, stored):
        return stored
    newer = find_attempt_item(session, summary.user_id, summary.id, attempt_item.item.id)
    if _is_repeated(newer, seq, digest):
        return newer
    raise StaleSave(f"attempt {summary.id} is at {newer.summary.seq}")


def _next_state(attempt_item: AttemptItem, action: str, response: ItemResponse | None) -> ItemState:
    """Return the state after an action, by the behaviour of the quiz. Raises NoHintLeft."""
    behaviour, item, before = attempt_item.behaviour, attempt_item.item, attempt_item.state
    if action == "check" and not item.missing(response, attempt_item.presentation):
        return behaviours.submit_response(behaviour, item, before, response)
    kept = behaviours.keep_response(before, response)
    if action != "hint":
        return kept
    hinted = behaviours.give_hint(behaviour, item, kept)
    if hinted == kept:
        raise NoHintLeft(item.id)
    return hinted


def _is_repeated(attempt_item: AttemptItem, seq: int, digest: str) -> bool:
    """Tell whether this very save was stored before; raise if the attempt has moved on or takes none."""
    summary = attempt_item.summary
    if summary.state != OPEN:
        raise AttemptClosed(f"attempt {summary.id} is {summary.state}")
    if seq == summary.seq:
        return False
    if seq == summary.seq - 1 and digest == summary.last_save:
        return True
    raise StaleSave(f"attempt {summary.id} is at {summary.seq}")
