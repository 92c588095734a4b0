"""Teacher invitations: links, used once, with which somebody makes a teacher's account, or their own account one."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update

from learnapp.accounts import sessions
from learnapp.accounts.devices import UNKNOWN_DEVICE, Device
from learnapp.accounts.errors import LinkEnded, WrongPassword
from learnapp.accounts.limits.throttle import Throttle
from learnapp.accounts.links import is_open, use_up
from learnapp.accounts.models import TeacherInvitation, User
from learnapp.accounts.passwords import hashing
from learnapp.accounts.passwords.rules import validate_password
from learnapp.accounts.passwords.service import confirm_password, set_password
from learnapp.accounts.service import sign_up
from learnapp.config.settings import current_settings
from learnapp.database.db import AnySession, begin_write, end_read, execute
from learnapp.web.login import LEARNER, TEACHER

KEPT_AFTER_END = timedelta(days=1)


def create_link(session: AnySession, now: datetime, lasts: timedelta) -> str:
    """Make a link and return its token."""
    begin_write(session)
    token = sessions.new_token()
    session.add(TeacherInvitation(token_hash=sessions.token_hash(token), expires_at=now + lasts))
    session.flush()
    return token


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
    user = session.get(User, user_id)
    if user is None or user.role != LEARNER:  # deleted or given another role meanwhile
        raise WrongPassword
    validate_password(new, staff=True, name=user.name, site=current_settings().site_name)
    end_read(session)
    new_hash = hashing.hash_password(new)
    confirm_password(session, user_id, present, throttle=throttle)
    use_up(session, TeacherInvitation, token, now)
    learner = (User.id == user_id) & (User.role == LEARNER)
    session.execute(update(User).where(learner).values(role=TEACHER, managed_by=None))
    set_password(session, user_id, new_hash, now)
    return sessions.open_session(session, user_id, now, device)


def purge_invitations(session: AnySession, now: datetime) -> int:
    """Delete links that ended more than a day ago; return how many."""
    begin_write(session)
    old = delete(TeacherInvitation).where(TeacherInvitation.expires_at <= now - KEPT_AFTER_END)
    return execute(session, old, {}).rowcount
