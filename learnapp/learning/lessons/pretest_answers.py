"""Answers to looks ahead: each question is answered once by a person, and the first answer stays."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import null, select, type_coerce, union_all

from learnapp.database.db import AnySession, begin_write, insert
from learnapp.learning.models import FINISHED, Attempt, PretestAnswer


def known_answers(session: AnySession, user_id: int) -> tuple[dict[str, bool], set[str]]:
    """Return for every question that this person has answered whether they knew it, by the question's name.

    With it come the lessons whose results wait, so that nothing may be told of their questions.
    """
    answers = select(PretestAnswer.question, PretestAnswer.known).where(PretestAnswer.user_id == user_id)
    waiting = (Attempt.user_id == user_id) & Attempt.deferred & (Attempt.state != FINISHED)
    sealed = select(Attempt.lesson, type_coerce(null(), PretestAnswer.known.type)).where(waiting)
    rows = session.execute(union_all(answers, sealed)).all()
    return {name: known for name, known in rows if known is not None}, {name for name, known in rows if known is None}


def keep_answers(session: AnySession, user_id: int, known: Mapping[str, bool], now: datetime) -> None:
    """Keep which questions were known, but where an answer stands already; of two at once the first stays."""
    if known:
        begin_write(session)
        own = {"user_id": user_id, "answered_at": now}
        rows = [{**own, "question": question, "known": was_known} for question, was_known in known.items()]
        session.execute(insert(session, PretestAnswer).values(rows).on_conflict_do_nothing())


def move_answers(session: AnySession, guest_id: int, user_id: int) -> None:
    """Give an account the answers of its guest; where both answered, the account's own stays."""
    columns = ("question", "known", "answered_at")
    answers = select(*(getattr(PretestAnswer, name) for name in columns)).where(PretestAnswer.user_id == guest_id)
    rows = [{**row, "user_id": user_id} for row in session.execute(answers).mappings()]
    if rows:
        session.execute(insert(session, PretestAnswer).values(rows).on_conflict_do_nothing())
