"""Guest merge of attempts and progress: nothing is lost, and nothing the account had is overwritten."""

from functools import partial

from sqlalchemy import delete, select, update

from learnapp.accounts.models import User
from learnapp.db import AnySession, begin_write
from learnapp.learning.models import ASIDE, OPEN, Attempt, Progress
from learnapp.learning.progress.queries import STATE_COLUMNS
from learnapp.learning.progress.rules import LessonState, merge_states
from learnapp.learning.progress.service import update_progress


def merge_attempts(session: AnySession, guest_id: int, user_id: int) -> None:
    """Give the guest's attempts and progress to the account, in the transaction of the sign-in.

    Of two open attempts at a lesson the one saved last stays open and the other is set aside. Progress is
    united: the earliest dates, the best score, the newest place.
    """
    if guest_id == user_id:
        return
    begin_write(session)
    # While this row is locked nothing new can refer to the guest, so what is handed over is all there is.
    session.execute(select(User.id).where(User.id == guest_id).with_for_update())
    theirs = select(Progress.lesson, *STATE_COLUMNS).where(Progress.user_id == guest_id).order_by(Progress.lesson)
    for lesson, *stored in session.execute(theirs.with_for_update()).all():
        update_progress(session, user_id, lesson, partial(merge_states, other=LessonState(*stored)))
    unfinished = (
        select(Attempt.id, Attempt.lesson)
        .where(Attempt.user_id.in_((guest_id, user_id)), Attempt.state == OPEN)
        .order_by(Attempt.saved_at.desc(), Attempt.id.desc())
    )
    seen: set[str] = set()
    for attempt, lesson in session.execute(unfinished.with_for_update()).all():
        if lesson in seen:
            session.execute(update(Attempt).where(Attempt.id == attempt).values(state=ASIDE))
        seen.add(lesson)
    session.execute(update(Attempt).where(Attempt.user_id == guest_id).values(user_id=user_id))
    session.execute(delete(Progress).where(Progress.user_id == guest_id))
