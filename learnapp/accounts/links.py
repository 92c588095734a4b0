"""Links that are used once: the condition that one can be used, and using it up, whichever table keeps them."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, update

from learnapp.accounts import sessions
from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.models import PasswordReset, TeacherInvitation
from learnapp.database.db import AnySession, begin_write, execute

OneUseLink = type[PasswordReset] | type[TeacherInvitation]


def is_open(links: OneUseLink, token: str, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a link has this token and can be used."""
    unused = and_(links.used_at.is_(None), links.expires_at > now)
    return and_(unused, links.token_hash == sessions.token_hash(token))


def use_up(session: AnySession, links: OneUseLink, token: str, now: datetime) -> None:
    """Use a link up; raises LinkEnded for one that is unknown, used (by two at once, too) or too old."""
    begin_write(session)
    if execute(session, update(links).where(is_open(links, token, now)), {"used_at": now}).rowcount != 1:
        raise LinkEnded
