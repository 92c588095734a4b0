"""Guest merge of attempts and progress, as of rows under two names of a lesson: nothing is lost or overwritten."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import and_, delete, or_, select, update

from learnapp.db import AnySession, begin_write, table_of
from learnapp.learning.models import ASIDE, OPEN, Attempt, Progress
from learnapp.learning.progress.queries import STATE_COLUMNS
from learnapp.learning.progress.rules import LessonState, merge_states
from learnapp.learning.progress.service import update_progress


def move_attempts(session: AnySession, old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Give progress and attempts with these columns (`user_id`, `lesson`) the new ones, in the caller's transaction.

    Of two open attempts at a lesson the one saved last stays open and the other is set aside. Progress is
    united: the earliest dates, the best score, the newest place. Lock the user of the old rows before: while
    it is locked nothing new can refer to them, so what is moved is all there is.
    """
    begin_write(session)
    stored = select(*table_of(Progress).c["user_id", "lesson"], *STATE_COLUMNS).filter_by(**old).order_by("lesson")
    for user_id, lesson, *state in session.execute(stored.with_for_update()).all():
        key = {"user_id": user_id, "lesson": lesson, **new}
        update_progress(session, **key, rule=partial(merge_states, other=LessonState(*state)))
    session.execute(delete(Progress).filter_by(**old))
    either = [and_(*(getattr(Attempt, name) == key[name] for name in key)) for key in (old, new)]
    newest_first = select(Attempt.id, Attempt.lesson).order_by(Attempt.saved_at.desc(), Attempt.id.desc())
    unfinished = newest_first.where(Attempt.state == OPEN, or_(*either))
    seen: set[str] = set()
    for attempt_id, lesson in session.execute(unfinished.with_for_update()).all():
        lesson = new.get("lesson", lesson)
        if lesson in seen:
            session.execute(update(Attempt).where(Attempt.id == attempt_id).values(state=ASIDE))
        seen.add(lesson)
    session.execute(update(Attempt).filter_by(**old).values(**new))
