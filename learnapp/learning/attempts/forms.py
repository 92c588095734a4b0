"""Forms of attempts: what browsers send, read into what the quiz engine and the progress understand.

Fields name screen positions, never file positions. Reading an answer never fails: what is none is left out,
and the service says what is missing. What was typed stays in `Fields`, so that a page can show it again.
"""

import re
from collections.abc import Collection
from typing import Any

from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from learnapp.learning.attempts.answer import ACTIONS, Submission
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem, PresentedItem
from learnapp.quiz.certainty import LEVELS
from learnapp.quiz.item import read_digits

Fields = MultiDict[str, str]
REPEATED = ("choices",)
SEQ, SEQ_MAX = re.compile("[0-9]{1,10}"), 2**31 - 1
CERTAINTIES = {str(level): level for level in LEVELS}


def read_action(fields: Fields, allowed: Collection[str] = ACTIONS) -> str:
    """Return which button was pressed; without one the answer is to be checked. Raises BadRequest."""
    action = fields.get("action", "check")
    if action not in allowed:
        raise BadRequest
    return action


def read_seq(fields: Fields) -> int:
    """Return the number of the last save that this page knew of. Raises BadRequest."""
    text = fields.get("seq", "")
    if not SEQ.fullmatch(text) or int(text) > SEQ_MAX:
        raise BadRequest
    return int(text)


def read_number(q: str | None, attempt: AttemptDetail) -> int | None:
    """Return which question an address names, else the one to go on with; None is the end. Raises AttemptNotFound."""
    if q is None:
        return attempt.resume_number
    if q == "end":
        return None
    return attempt.item(read_digits(q) or 0).number


def read_submission(presented_item: PresentedItem, fields: Fields) -> Submission:
    """Return what the form says about an item: its answer, its flag, how sure the learner is."""
    return Submission(
        response=presented_item.item.parse_form(fields, presented_item.presentation, presented_item.state.response),
        flagged=fields.get("flagged") in ("1", "true"),
        certainty=CERTAINTIES.get(fields.get("certainty", "")),
    )


def stored_fields(presented_item: PresentedItem) -> Fields:
    """Return the fields of a form that would send the stored answer, for showing it."""
    response = presented_item.state.response
    return MultiDict(presented_item.item.form_values(response, presented_item.presentation) if response else ())


def answer_json(attempt_item: AttemptItem, *, closed: bool = False) -> dict[str, Any]:
    """Return what a script needs to know of a saved answer, fields sorted to be compared, not whether it is right."""
    fields = stored_fields(attempt_item).items(multi=True)
    return {
        "item": attempt_item.item.id,
        "seq": attempt_item.summary.seq,
        "saved_at": attempt_item.save_token or None,
        "fields": sorted([name, value] for name, value in fields if value),
        "closed": closed or attempt_item.state.submitted,
    }


def is_same_step(attempt_item: AttemptItem, fields: Fields) -> bool:
    """Tell whether a form was made for the step at which the answer stands."""
    steps = attempt_item.item.steps_taken(attempt_item.state.response)
    return steps == (read_digits(fields.get("turn")) or 0)
