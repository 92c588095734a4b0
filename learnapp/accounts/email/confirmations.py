"""Confirmation links, used once: whoever follows one shows that mail to an address reaches them."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from learnapp.accounts import sessions
from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.links import add_link
from learnapp.accounts.models import EmailConfirmation, User
from learnapp.accounts.purges import ColumnPurge
from learnapp.database.db import AnySession, begin_write, execute

LASTS = timedelta(hours=24)


def create_confirmation(session: AnySession, user_id: int, now: datetime) -> tuple[User, str] | None:
    """Make a link for the address of an account; return both, None where there is nothing to confirm."""
    begin_write(session)
    user = session.get(User, user_id)
    if user is None or not user.email or not user.email_key or user.email_confirmed_at is not None:
        return None
    about = {"email_key": user.email_key, "expires_at": now + LASTS}
    return user, add_link(session, EmailConfirmation, user_id=user_id, **about)


def find_address(session: AnySession, token: str, now: datetime) -> str:
    """Return the address that a link confirms; raises LinkEnded for one that is unknown, used or too old."""
    query = select(EmailConfirmation.email_key).where(_has_token(token), EmailConfirmation.expires_at > now)
    address = session.scalar(query)
    if address is None:
        raise LinkEnded
    return address


def confirm_address(session: AnySession, token: str, now: datetime) -> None:
    """Use up a link: the account's address is confirmed if it is still this one; raises LinkEnded."""
    begin_write(session)
    address = find_address(session, token, now)
    of_link = _has_token(token)
    owner = select(EmailConfirmation.user_id).where(of_link).scalar_subquery()
    same = (User.id == owner) & (User.email_key == address)
    if execute(session, update(User).where(same), {"email_confirmed_at": now}).rowcount != 1:
        raise LinkEnded
    session.execute(delete(EmailConfirmation).where(of_link))


def _has_token(token: str) -> ColumnElement[bool]:
    return EmailConfirmation.token_hash == sessions.token_hash(token)


purge_confirmations = ColumnPurge(EmailConfirmation.expires_at)
