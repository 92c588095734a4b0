"""Deletion: a person deletes everything, unused guests are deleted after a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from learnapp.accounts.models import GUEST, User
from learnapp.accounts.own_data import rows
from learnapp.accounts.passwords.service import confirm_password
from learnapp.accounts.throttle import Throttle
from learnapp.db import AnySession, begin_write

GUESTS_AT_ONCE = 200


def delete_account(session: AnySession, user_id: int, password: str | None, *, throttle: Throttle) -> None:
    """Delete a person with everything they did; guests have no password to give.

    Raises WrongPassword, TooManyTries. After the commit call `sqlite.scrub`.
    """
    if session.scalar(select(User.role).where(User.id == user_id)) != GUEST:
        confirm_password(session, user_id, password or "", throttle=throttle)
    begin_write(session)
    rows.erase(session, [user_id])


def purge_guests(session: AnySession, now: datetime, days: int = 30) -> int:
    """Delete guests who have not been here for so many days; return how many went.

    At most GUESTS_AT_ONCE go in one transaction, so that nobody waits long to save: commit and call again.
    """
    begin_write(session)
    stale = select(User.id).where(User.role == GUEST, User.seen_at <= now - timedelta(days=days))
    ids = list(session.scalars(stale.order_by(User.id).limit(GUESTS_AT_ONCE)))
    rows.erase(session, ids)
    return len(ids)
