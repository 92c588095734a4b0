"""Guest merge of attempts and progress: nothing is lost, and nothing the account had is overwritten."""

from __future__ import annotations

from functools import partial

from sqlalchemy import bindparam, select

from learnapp.accounts.models import User
from learnapp.db import AnySession, begin_write, table_of
from learnapp.learning.models import ASIDE, OPEN, Attempt, Progress
from learnapp.learning.progress.rules import LessonState, merge_states
from learnapp.learning.progress.service import FIELDS, update_progress

_ATTEMPTS, _PROGRESS = table_of(Attempt), table_of(Progress)
_GUEST = select(User.id).where(User.id == bindparam("guest")).with_for_update()
_STATES = (
    select(_PROGRESS.c.lesson, *FIELDS)
    .where(_PROGRESS.c.user_id == bindparam("guest"))
    .order_by(_PROGRESS.c.lesson)
    .with_for_update()
)
_OPEN = (
    select(_ATTEMPTS.c.id, _ATTEMPTS.c.lesson)
    .where(
        _ATTEMPTS.c.user_id.in_((bindparam("guest"), bindparam("account"))),
        _ATTEMPTS.c.state == OPEN,
    )
    .order_by(_ATTEMPTS.c.saved_at.desc(), _ATTEMPTS.c.id.desc())
    .with_for_update()
)
_PUT_ASIDE = _ATTEMPTS.update().where(_ATTEMPTS.c.id == bindparam("of")).values(state=ASIDE)
_HAND_OVER = _ATTEMPTS.update().where(_ATTEMPTS.c.user_id == bindparam("guest"))


def merge_attempts(session: AnySession, guest_id: int, user_id: int) -> None:
    """Give the guest's attempts and progress to the account, in the transaction of the sign-in.

    Of two open attempts at a lesson the one saved last stays open and the other is set aside. Progress is
    united: the earliest dates, the best score, the newest place.
    """
    if guest_id == user_id:
        return
    begin_write(session)
    # While this row is locked nothing new can refer to the guest, so what is handed over is all there is.
    session.execute(_GUEST, {"guest": guest_id})
    for lesson, *stored in session.execute(_STATES, {"guest": guest_id}).all():
        update_progress(session, user_id, lesson, partial(merge_states, other=LessonState(*stored)))
    seen: set[str] = set()
    for attempt, lesson in session.execute(_OPEN, {"guest": guest_id, "account": user_id}).all():
        if lesson in seen:
            session.execute(_PUT_ASIDE, {"of": attempt})
        seen.add(lesson)
    session.execute(_HAND_OVER, {"guest": guest_id, "user_id": user_id})
    session.execute(_PROGRESS.delete().where(_PROGRESS.c.user_id == bindparam("guest")), {"guest": guest_id})
