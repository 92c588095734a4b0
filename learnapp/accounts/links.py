"""Links that are used once: made, the condition that one can be used, and used up, whichever table keeps them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, update

from learnapp.accounts import sessions
from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.models import EmailConfirmation, PasswordReset, TeacherInvitation
from learnapp.database.db import AnySession, begin_write, execute

OneUseLink = type[PasswordReset] | type[TeacherInvitation]


def add_link(session: AnySession, links: OneUseLink | type[EmailConfirmation], **about: Any) -> str:
    """Store a link and return its token, of which the database holds a hash."""
    begin_write(session)
    token = sessions.new_token()
    session.add(links(token_hash=sessions.token_hash(token), **about))
    session.flush()
    return token


def is_open(links: OneUseLink, token: str, now: datetime) -> ColumnElement[bool]:
    """Return the condition that a link has this token and can be used."""
    unused = and_(links.used_at.is_(None), links.expires_at > now)
    return and_(unused, links.token_hash == sessions.token_hash(token))


def use_up(session: AnySession, links: OneUseLink, token: str, now: datetime) -> None:
    """Use a link up; raises LinkEnded for one that is unknown, used (by two at once, too) or too old."""
    begin_write(session)
    if execute(session, update(links).where(is_open(links, token, now)), {"used_at": now}).rowcount != 1:
        raise LinkEnded
