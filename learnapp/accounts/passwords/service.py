"""Password actions: verify one, confirm that the owner asks, set a new one, hand out a first one.

Hashing takes long, so each of these ends what was only read before and holds no connection while it hashes:
call it before any change of your own. A failure is counted whatever the caller does after the error.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update

from learnapp.accounts import sessions
from learnapp.accounts.devices import UNKNOWN_DEVICE, Device
from learnapp.accounts.errors import InvalidInput, WrongPassword
from learnapp.accounts.limits.throttle import FAILURES, Reservation, Throttle, throttle_key
from learnapp.accounts.models import EmailConfirmation, PasswordReset, User
from learnapp.accounts.passwords import first, hashing
from learnapp.accounts.passwords.rules import validate_password
from learnapp.config.settings import current_settings
from learnapp.database.db import AnySession, begin_write, brief_write, end_read, execute, table_of

FAILURES_UNTIL_LOCKED = 100
_USERS = table_of(User)


def verify_password(
    session: AnySession, account: ColumnElement[bool], password: str, attempt: Reservation, is_known: bool = False
) -> int:
    """Return the id of the account that has this password, in a write transaction that has begun.

    The attempt counts where the password is wrong. Raises WrongPassword, with the same work if there is no such
    account or it is locked, or TooManyTries. For a browser that is known it is locked later: what others do there
    locks no owner out.
    """
    locked_at = FAILURES_UNTIL_LOCKED * (2 if is_known else 1)
    end_read(session)
    attempt.check()
    query = select(User.id, User.password_hash, User.failed_in_a_row, User.secret_expires_at)
    row = session.execute(query.where(account, User.name_key.is_not(None))).first()
    end_read(session)
    if row is not None and row.secret_expires_at is not None:
        password = first.as_printed(password)
    is_right = hashing.verify(row.password_hash if row else None, password, attempt)
    if row is None or not is_right or row.failed_in_a_row >= locked_at:
        # For an account that does not exist, and for a form that is sent again, with the same work, for id 0.
        counts_for = row.id if row and not attempt.is_repeated else 0
        mine = (_USERS.c.id == counts_for) & (_USERS.c.failed_in_a_row < locked_at)
        one_more = _USERS.update().where(mine)
        with brief_write(session.get_bind().engine) as connection:
            connection.execute(one_more.values(failed_in_a_row=_USERS.c.failed_in_a_row + 1))
        attempt.keep()
        raise WrongPassword
    attempt.give_back()
    old_hash = str(row.password_hash)
    new_hash = hashing.hash_password(password) if hashing.HASHER.check_needs_rehash(old_hash) else old_hash
    begin_write(session)
    same_hash = (_USERS.c.id == row.id) & (_USERS.c.password_hash == old_hash)
    values = {"password_hash": new_hash, "failed_in_a_row": 0}
    if execute(session, _USERS.update().where(same_hash), values).rowcount != 1:
        raise WrongPassword  # since a moment ago there is another one
    return int(row.id)


def confirm_password(session: AnySession, user_id: int, password: str, *, throttle: Throttle) -> None:
    """Make sure that an account's owner asks, not somebody at an open browser; raises WrongPassword, TooManyTries."""
    name_key = session.scalar(select(User.name_key).where(User.id == user_id)) or ""
    attempt = throttle.reserve(FAILURES, throttle_key("account", name_key))
    verify_password(session, User.id == user_id, password, attempt)


def change_password(
    session: AnySession,
    user_id: int,
    current: str,
    new: str,
    now: datetime,
    device: Device = UNKNOWN_DEVICE,
    *,
    throttle: Throttle,
    as_staff: bool = False,
) -> str:
    """Set a new password, sign out everywhere and return the token of a new session.

    `as_staff` holds it to the rules of staff, whatever the account is by now. Raises WrongPassword, TooManyTries,
    InvalidInput.
    """
    user = session.get(User, user_id)
    if user is None:  # deleted meanwhile, from another browser
        raise WrongPassword
    validate_password(new, staff=as_staff or user.is_staff, name=user.name, site=current_settings().site_name)
    end_read(session)
    new_hash = hashing.hash_password(new)
    confirm_password(session, user_id, current, throttle=throttle)
    set_password(session, user_id, new_hash, now)
    return sessions.open_session(session, user_id, now, device)


def choose_own_password(
    session: AnySession, user_id: int, new: str, now: datetime, device: Device = UNKNOWN_DEVICE
) -> str:
    """Set the first password of somebody's own, sign out everywhere and return the token of a new session.

    The one that was handed out was asked for when they signed in. Raises InvalidInput, for the same one, too, and
    WrongPassword where there is none any more that was handed out.
    """
    user = session.scalar(select(User).where(User.id == user_id, User.secret_expires_at > now))
    if user is None:
        raise WrongPassword
    handed_out = str(user.password_hash)
    validate_password(new, staff=user.is_staff, name=user.name, site=current_settings().site_name)
    end_read(session)
    if hashing.verify(handed_out, first.as_printed(new)):
        raise InvalidInput("password", "handed_out")
    new_hash = hashing.hash_password(new)
    begin_write(session)
    unchanged = (User.id == user_id) & (User.password_hash == handed_out)
    if session.scalar(select(User.id).where(unchanged).with_for_update()) is None:
        raise WrongPassword  # meanwhile there is another one
    set_password(session, user_id, new_hash, now)
    # That somebody has come in stays known, also when another password is handed out.
    session.execute(update(User).where(User.id == user_id).values(seen_at=now))
    return sessions.open_session(session, user_id, now, device)


def hand_out_password(session: AnySession, user_id: int, secret_hash: str, now: datetime) -> None:
    """Store the hash of a first password, which ends in a day; end all sessions and open links."""
    set_password(session, user_id, secret_hash, now)
    session.execute(update(User).where(User.id == user_id).values(secret_expires_at=now + first.LASTS))


def set_password(session: AnySession, user_id: int, new_hash: str | None, now: datetime) -> None:
    """Store a new hash or None (no sign-in before a new one), unlock sign-in, end all sessions and open links."""
    begin_write(session)
    values = {"password_hash": new_hash, "failed_in_a_row": 0, "secret_expires_at": None}
    session.execute(update(User).where(User.id == user_id).values(**values))
    sessions.close_all(session, user_id)
    end_links(session, user_id, now)


def end_links(session: AnySession, user_id: int, now: datetime) -> None:
    """End all links that were mailed or handed out to somebody: to choose a password, to confirm an address."""
    begin_write(session)
    links = PasswordReset.user_id == user_id
    session.execute(update(PasswordReset).where(links, PasswordReset.used_at.is_(None)).values(used_at=now))
    session.execute(delete(EmailConfirmation).where(EmailConfirmation.user_id == user_id))
