"""What people and operators do with accounts.

Each function runs in the caller's transaction and leaves the commit to the caller; two things are special.
Hashing takes long, so functions that hash give the connection back first: call them before any change of your
own. And a wrong password is counted: commit after WrongPassword and TooManyTries as after success.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select, update
from sqlalchemy.exc import IntegrityError

from learnapp.accounts import names, sessions
from learnapp.accounts.errors import NameTaken, NoSuchAccount, WrongPassword
from learnapp.accounts.merge_guest import adopt
from learnapp.accounts.models import GUEST, LEARNER, STAFF, PasswordReset, User
from learnapp.accounts.own_data import rows
from learnapp.accounts.passwords import rules
from learnapp.accounts.throttle import FAILURES, Throttle, account_key, address_key
from learnapp.db import AnySession, begin_write

FAILURES_UNTIL_LOCKED = 100
PURGE_AT_ONCE = 200
SETTINGS = frozenset({"theme", "contrast", "language", "time_zone", "band", "neutral_titles"})


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody who has just come in: the browser's new token belongs into its cookie."""

    user_id: int
    token: str


def sign_up(
    session: AnySession,
    name: str,
    password: str,
    email: str | None,
    now: datetime,
    guest_id: int | None = None,
) -> SignedIn:
    """Make a learner's account; a guest's row becomes it, with all that the guest has done.

    Raises BadName, BadPassword, NameTaken.
    """
    name = names.check(name)
    rules.check(password, staff=False, name=name)
    if _find(session, name) is not None:
        raise NameTaken
    session.rollback()
    hashed = rules.hash_password(password)
    begin_write(session)
    user = _guest(session, guest_id) or User(created_at=now)
    _fill(user, name, hashed, LEARNER, email, now)
    _add(session, user)
    sessions.close_all(session, user.id)
    return SignedIn(user.id, sessions.open_session(session, user.id, now))


def sign_in(
    session: AnySession,
    name: str,
    password: str,
    now: datetime,
    *,
    throttle: Throttle,
    network: str,
    guest_id: int | None = None,
) -> SignedIn:
    """Let somebody in; what they did as a guest in this browser becomes theirs.

    Whether there is such an account makes no difference to the work done or the error raised:
    WrongPassword, which a locked account raises too, or TooManyTries.
    """
    key = names.key(name[: 4 * names.KEY_ROOM])
    tries = (account_key(names.digest(key)), address_key(network))
    throttle.ask(FAILURES, *tries)
    user_id = _verified(session, User.name_key == key, password)
    if user_id is None:
        throttle.count(FAILURES, *tries)
        raise WrongPassword
    # Guesses made side by side with this one may have used up the tries meanwhile.
    throttle.ask(FAILURES, *tries)
    guest = _guest(session, guest_id)
    if guest is not None:
        untold = update(User).where(User.id == user_id, User.band.is_(None))
        session.execute(untold.values(band=guest.band))
        adopt(session, guest.id, user_id)
        session.expunge(guest)
        rows.erase(session, [guest.id])
    return SignedIn(user_id, sessions.open_session(session, user_id, now))


def change_password(
    session: AnySession, user_id: int, current: str, new: str, now: datetime, *, throttle: Throttle
) -> SignedIn:
    """Set a new password and sign out everywhere; the caller goes on with the new token.

    Raises WrongPassword, TooManyTries, BadPassword.
    """
    user = _known(session, user_id)
    rules.check(new, staff=user.is_staff, name=user.name)
    session.rollback()
    hashed = rules.hash_password(new)
    confirm(session, user_id, current, throttle=throttle)
    set_password(session, user_id, hashed, now)
    return SignedIn(user_id, sessions.open_session(session, user_id, now))


def confirm(session: AnySession, user_id: int, password: str, *, throttle: Throttle) -> None:
    """Make sure that it is really the owner who asks, not somebody at an open browser.

    Wrong tries count as those at sign-in do. Raises WrongPassword, TooManyTries.
    """
    tries = account_key(names.digest(_known(session, user_id).name_key or ""))
    throttle.ask(FAILURES, tries)
    if _verified(session, User.id == user_id, password) is None:
        throttle.count(FAILURES, tries)
        raise WrongPassword
    throttle.ask(FAILURES, tries)


def set_password(session: AnySession, user_id: int, hashed: str | None, now: datetime) -> None:
    """Keep a new hash, unlock sign-in, end every session and every link to choose a password.

    None: nobody comes in until a new password has been chosen.
    """
    begin_write(session)
    session.execute(update(User).where(User.id == user_id).values(password_hash=hashed, failed_in_a_row=0))
    sessions.close_all(session, user_id)
    links = PasswordReset.user_id == user_id
    session.execute(update(PasswordReset).where(links, PasswordReset.used_at.is_(None)).values(used_at=now))


def set_email(
    session: AnySession, user_id: int, password: str, email: str | None, *, throttle: Throttle
) -> None:
    """Keep the address for password resets, or none; raises WrongPassword, TooManyTries."""
    confirm(session, user_id, password, throttle=throttle)
    session.execute(
        update(User).where(User.id == user_id).values(email=email, email_key=email and email.casefold())
    )


def save_settings(session: AnySession, user_id: int, values: Mapping[str, Any]) -> None:
    """Keep how somebody wants to read; takes nothing but the settings."""
    chosen = {name: value for name, value in values.items() if name in SETTINGS}
    begin_write(session)
    session.execute(update(User).where(User.id == user_id).values(**chosen))


def delete_account(session: AnySession, user_id: int, password: str | None, *, throttle: Throttle) -> None:
    """Delete a person with everything they did; guests have no password to give.

    Raises WrongPassword, TooManyTries. After the commit call `sqlite.scrub`.
    """
    if _known(session, user_id).role != GUEST:
        confirm(session, user_id, password or "", throttle=throttle)
    begin_write(session)
    rows.erase(session, [user_id])


def create_account(
    session: AnySession, name: str, password: str, role: str, now: datetime, email: str | None = None
) -> User:
    """Make an account with a role, for operators; raises BadName, BadPassword, NameTaken."""
    name = names.check(name, reserved=False)
    rules.check(password, staff=role in STAFF, name=name)
    hashed = rules.hash_password(password)
    begin_write(session)
    user = User(created_at=now)
    _fill(user, name, hashed, role, email, now)
    _add(session, user)
    return user


def find_account(session: AnySession, name: str) -> User:
    """Return the account of this name, for operators; raises NoSuchAccount."""
    user = session.scalar(select(User).where(User.name_key == names.key(name)))
    if user is None:
        raise NoSuchAccount(name)
    return user


def set_role(session: AnySession, user: User, role: str, now: datetime) -> bool:
    """Give an account a role and sign it out; tell whether a new password is needed.

    Staff's passwords are longer, so that a learner who becomes staff must choose one.
    """
    begin_write(session)
    rises = role in STAFF and user.role not in STAFF
    session.execute(update(User).where(User.id == user.id).values(role=role))
    if rises:
        set_password(session, user.id, None, now)
    sessions.close_all(session, user.id)
    return rises


def purge_guests(session: AnySession, now: datetime, days: int = 30) -> int:
    """Delete guests who have not been here for so many days; return how many went.

    At most PURGE_AT_ONCE go in one transaction, so that nobody waits long to save: commit and call again.
    """
    begin_write(session)
    stale = select(User.id).where(User.role == GUEST, User.seen_at <= now - timedelta(days=days))
    ids = list(session.scalars(stale.order_by(User.id).limit(PURGE_AT_ONCE)))
    rows.erase(session, ids)
    return len(ids)


def _verified(session: AnySession, whose: Any, password: str) -> int | None:
    """Return the account's id if the password is right, else count the failure; equal work for nobody.

    Begins the write transaction, after the hashing, and stays in it.
    """
    before = _credentials(session, whose)
    session.rollback()
    kept = before.password_hash if before else None
    right = rules.verify(kept, password)
    fresh = rules.hash_password(password) if right and kept and rules.outdated(kept) else kept
    begin_write(session)
    now = _credentials(session, whose)
    if now is not None and now.password_hash != kept:
        return _verified(session, whose, password)  # it has just been changed: ask again
    if not right or now is None or now.failed_in_a_row >= FAILURES_UNTIL_LOCKED:
        session.execute(
            update(User)
            .where(User.id == (now.id if now else 0))
            .values(failed_in_a_row=User.failed_in_a_row + 1)
        )
        return None
    if now.failed_in_a_row or fresh != kept:
        session.execute(update(User).where(User.id == now.id).values(password_hash=fresh, failed_in_a_row=0))
    return int(now.id)


def _credentials(session: AnySession, whose: Any) -> Row[int, str | None, int] | None:
    query = select(User.id, User.password_hash, User.failed_in_a_row)
    return session.execute(query.where(whose, User.name_key.is_not(None))).first()


def _find(session: AnySession, name: str) -> int | None:
    return session.scalar(select(User.id).where(User.name_key == names.key(name)))


def _known(session: AnySession, user_id: int) -> User:
    user = session.get(User, user_id)
    if user is None:
        raise WrongPassword
    return user


def _guest(session: AnySession, guest_id: int | None) -> User | None:
    """Return the guest of this browser, locked, unless it has become somebody meanwhile."""
    if guest_id is None:
        return None
    guest = session.get(User, guest_id, with_for_update=True, populate_existing=True)
    return guest if guest is not None and guest.role == GUEST else None


def _add(session: AnySession, user: User) -> None:
    """Write an account; raises NameTaken if somebody else was quicker."""
    session.add(user)
    try:
        session.flush()
    except IntegrityError as clash:
        session.rollback()
        raise NameTaken from clash


def _fill(user: User, name: str, hashed: str, role: str, email: str | None, now: datetime) -> None:
    user.name, user.name_key = name, names.key(name)
    user.password_hash, user.role, user.seen_at = hashed, role, now
    user.email, user.email_key = email, email and email.casefold()
