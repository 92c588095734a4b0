"""Password reset links, short-lived and used once: with one, a forgotten password is chosen anew."""

from datetime import datetime, timedelta

from sqlalchemy import select

from learnapp.accounts.email.addresses import email_key
from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.links import add_link, is_open, use_up
from learnapp.accounts.models import PasswordReset, User
from learnapp.accounts.names import rules as names
from learnapp.accounts.passwords import hashing
from learnapp.accounts.passwords.rules import validate_password
from learnapp.accounts.passwords.service import set_password
from learnapp.accounts.purges import ColumnPurge
from learnapp.config.settings import current_settings
from learnapp.database.db import AnySession, begin_write, end_read

ACCOUNTS_A_MAIL = 5  # several people of a family may share an address
KEPT_AFTER_END = timedelta(days=1)


def request_links(session: AnySession, typed: str, now: datetime, minutes: int = 10) -> list[tuple[User | None, str]]:
    """Make links for accounts of this name or address that get mail; return both, the tokens for this mail alone.

    Where there is no such account, make one that is nobody's: the work is the same.
    """
    typed = typed[: 4 * names.KEY_ROOM].replace("\x00", "")  # which PostgreSQL does not take
    matches = User.email_key == email_key(typed) if "@" in names.clean(typed) else User.name_key == names.key(typed)
    begin_write(session)
    query = select(User).where(matches, User.email.is_not(None), User.email_confirmed_at.is_not(None))
    users: list[User | None] = [*session.scalars(query.order_by(User.id).limit(ACCOUNTS_A_MAIL))]
    lasts = timedelta(minutes=minutes)
    return [(user, create_link(session, user.id if user else None, now, lasts)) for user in users or [None]]


def create_link(session: AnySession, user_id: int | None, now: datetime, lasts: timedelta) -> str:
    """Make a link for this account, whether or not it has an address; return its token."""
    return add_link(session, PasswordReset, user_id=user_id, created_at=now, expires_at=now + lasts)


def find_link_owner(session: AnySession, token: str, now: datetime) -> User:
    """Return whose link this is; raises LinkEnded for one that is unknown, used or too old."""
    query = select(User).join(PasswordReset, PasswordReset.user_id == User.id)
    owner = session.scalar(query.where(is_open(PasswordReset, token, now)))
    if owner is None:
        raise LinkEnded
    return owner


def reset_password(session: AnySession, token: str, new: str, now: datetime) -> None:
    """Use up a link: set a password, unlock sign-in, end all sessions; raises InvalidInput, LinkEnded (two at once)."""
    owner = find_link_owner(session, token, now)
    owner_id = owner.id
    validate_password(new, staff=owner.is_staff, name=owner.name, site=current_settings().site_name)
    end_read(session)
    new_hash = hashing.hash_password(new)
    use_up(session, PasswordReset, token, now)
    set_password(session, owner_id, new_hash, now)


purge_reset_links = ColumnPurge(PasswordReset.expires_at, KEPT_AFTER_END)
