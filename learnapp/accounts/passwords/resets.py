"""Password reset links, short-lived and used once: with one, a forgotten password is chosen anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, func, select, update

from learnapp.accounts import names, sessions
from learnapp.accounts.errors import LinkEnded
from learnapp.accounts.models import STAFF, PasswordReset, User
from learnapp.accounts.passwords import hashing, rules
from learnapp.accounts.passwords.service import set_password
from learnapp.db import AnySession, begin_write, end_read

ACCOUNTS_A_MAIL = 5  # several people of a family may share an address
LINKS_AN_HOUR = 5
KEPT_AFTER_END = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ResetLink:
    """A link for one account; `token` is known to nobody but its receiver."""

    user_id: int
    name: str
    email: str
    language: str | None
    token: str


@dataclass(frozen=True, slots=True)
class LinkOwner:
    """Whose password a link changes, as far as its page needs to know."""

    user_id: int
    name: str
    is_staff: bool


def request_links(session: AnySession, typed: str, now: datetime, minutes: int = 10) -> list[ResetLink]:
    """Make a link for each account with this user name or e-mail address that can receive mail.

    An account gets at most LINKS_AN_HOUR; what is beyond is left out without a word.
    """
    typed = typed[: 4 * names.KEY_ROOM].replace("\x00", "")  # which PostgreSQL does not take
    matches = (
        User.email_key == typed.strip().casefold() if "@" in typed else User.name_key == names.key(typed)
    )
    begin_write(session)
    recent = select(func.count()).where(
        PasswordReset.user_id == User.id, PasswordReset.created_at > now - timedelta(hours=1)
    )
    query = select(User).where(
        matches, User.email.is_not(None), recent.correlate(User).scalar_subquery() < LINKS_AN_HOUR
    )
    users = session.scalars(query.order_by(User.id).limit(ACCOUNTS_A_MAIL))
    return [create_link(session, user, now, timedelta(minutes=minutes)) for user in users]


def create_link(session: AnySession, user: User, now: datetime, lasts: timedelta) -> ResetLink:
    """Make a link for this account, whether or not it has an address."""
    begin_write(session)
    token = sessions.new_token()
    session.add(
        PasswordReset(
            user_id=user.id, token_hash=sessions.token_hash(token), created_at=now, expires_at=now + lasts
        )
    )
    session.flush()
    return ResetLink(user.id, user.name, user.email or "", user.language, token)


def find_link_owner(session: AnySession, token: str, now: datetime) -> LinkOwner:
    """Return whose link this is; raises LinkEnded for one that is unknown, used or too old."""
    row = session.execute(
        select(User.id, User.name, User.role)
        .join(PasswordReset, PasswordReset.user_id == User.id)
        .where(
            PasswordReset.token_hash == sessions.token_hash(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
        )
    ).first()
    if row is None:
        raise LinkEnded
    return LinkOwner(row.id, row.name, row.role in STAFF)


def reset_password(session: AnySession, token: str, new: str, now: datetime) -> LinkOwner:
    """Set the new password, unlock sign-in and sign out everywhere; the link is used up.

    Raises LinkEnded, BadPassword. Of two who use the link at once, one gets LinkEnded.
    """
    owner = find_link_owner(session, token, now)
    rules.check(new, staff=owner.is_staff, name=owner.name)
    end_read(session)
    new_hash = hashing.hash_password(new)
    begin_write(session)
    used = session.execute(
        update(PasswordReset)
        .where(
            PasswordReset.token_hash == sessions.token_hash(token),
            PasswordReset.used_at.is_(None),
            PasswordReset.expires_at > now,
        )
        .values(used_at=now)
    )
    if not isinstance(used, CursorResult) or used.rowcount != 1:
        raise LinkEnded
    set_password(session, owner.user_id, new_hash, now)
    return owner


def purge_reset_links(session: AnySession, now: datetime) -> int:
    """Delete links that ended more than a day ago; return how many."""
    begin_write(session)
    gone = session.execute(delete(PasswordReset).where(PasswordReset.expires_at <= now - KEPT_AFTER_END))
    return gone.rowcount if isinstance(gone, CursorResult) else 0
