"""Teacher invitations: links, used once, with which somebody makes a teacher's account, or their own account one."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update

from learnapp.accounts.devices import UNKNOWN_DEVICE, Device
from learnapp.accounts.errors import LinkEnded, WrongPassword
from learnapp.accounts.limits.throttle import Throttle
from learnapp.accounts.links import add_link, is_open, use_up
from learnapp.accounts.models import TeacherInvitation, User
from learnapp.accounts.passwords.service import change_password
from learnapp.accounts.purges import ColumnPurge
from learnapp.accounts.service import sign_up
from learnapp.database.db import AnySession
from learnapp.web.login import LEARNER, TEACHER

KEPT_AFTER_END = timedelta(days=1)


def create_link(session: AnySession, now: datetime, lasts: timedelta) -> str:
    """Make a link and return its token."""
    return add_link(session, TeacherInvitation, expires_at=now + lasts)


def require_open(session: AnySession, token: str, now: datetime) -> None:
    """Raise LinkEnded for a link that is unknown, used or too old."""
    if session.scalar(select(TeacherInvitation.id).where(is_open(TeacherInvitation, token, now))) is None:
        raise LinkEnded


def sign_up_by_link(
    session: AnySession, token: str, name: str, password: str, email: str | None, now: datetime, **about: Any
) -> str:
    """Use up a link and make a teacher's account; return a session's token; raises as `sign_up` does, and LinkEnded."""
    require_open(session, token, now)
    login = sign_up(session, name, password, email, now, None, role=TEACHER, **about)
    use_up(session, TeacherInvitation, token, now)
    return login


def become_teacher(
    session: AnySession,
    token: str,
    user_id: int,
    present: str,
    new: str,
    now: datetime,
    device: Device = UNKNOWN_DEVICE,
    *,
    throttle: Throttle,
) -> str:
    """Use up a link, make a learner's account a teacher's with a new password; return the token of a new session.

    All other sessions end, and nobody else manages the account any more. Raises LinkEnded, WrongPassword,
    TooManyTries, InvalidInput.
    """
    require_open(session, token, now)
    learner = (User.id == user_id) & (User.role == LEARNER)
    if session.scalar(select(User.id).where(learner)) is None:  # deleted or given another role meanwhile
        raise WrongPassword
    login = change_password(session, user_id, present, new, now, device, throttle=throttle, as_staff=True)
    use_up(session, TeacherInvitation, token, now)
    session.execute(update(User).where(learner).values(role=TEACHER, managed_by=None))
    return login


purge_invitations = ColumnPurge(TeacherInvitation.expires_at, KEPT_AFTER_END)
