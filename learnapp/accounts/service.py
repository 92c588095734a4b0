"""Account actions: sign up, sign in, settings, deletion, and what operators do.

Each function runs in the caller's transaction and leaves its commit to the caller. Functions that hash a
password end what was only read before: call them before any change of your own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import IntegrityError

from learnapp.accounts import sessions
from learnapp.accounts.devices import UNKNOWN_DEVICE, Device
from learnapp.accounts.email.addresses import email_key
from learnapp.accounts.errors import NameTaken
from learnapp.accounts.guests.service import locked_guest
from learnapp.accounts.limits import known_browsers
from learnapp.accounts.limits.throttle import FAILURES, SIGN_INS, Limit, Throttle, throttle_key
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.accounts.own_data import rows
from learnapp.accounts.own_data.holds import require_free
from learnapp.accounts.passwords import first, hashing
from learnapp.accounts.passwords.rules import validate_password
from learnapp.accounts.passwords.service import confirm_password, end_links, set_password, verify_password
from learnapp.config.settings import current_settings
from learnapp.database.db import AnySession, begin_write, end_read
from learnapp.web.login import GUEST, LEADING_ROLES, LEARNER, STAFF

GUESTS_AT_ONCE = 200
SETTINGS = frozenset({"theme", "contrast", "language", "time_zone", "band", "neutral_titles"})


@dataclass(frozen=True, slots=True)
class SignInWindow:
    """A place at which failures count for itself, under a key and a limit of its own, in place of the network.

    So it is open to some accounts only, `among` which one is: to all others it says what it says to a wrong password.
    For each name, whoever's it is, tries are counted for this place alone: nobody's are used up for elsewhere, and
    nobody finds out there whose name belongs here.
    """

    key: str
    limit: Limit
    among: ColumnElement[bool]

    def count_apart(self, key: str) -> str:
        """Return the key under which tries are counted here that elsewhere are counted under this one."""
        return throttle_key("at-window", f"{self.key} {key}")


def sign_up(
    session: AnySession,
    name: str,
    password: str,
    email: str | None,
    now: datetime,
    guest_id: int | None,
    device: Device = UNKNOWN_DEVICE,
    role: str = LEARNER,
    **prefs: Any,
) -> str:
    """Make an account, of the guest's row if any; return a session's token; raises InvalidInput, NameTaken.

    What a guest did never becomes that of staff: without LEARNER there is no guest to name.
    """
    site = current_settings().site_name
    name = names.validate_name(name, site=site)
    validate_password(password, staff=role in STAFF, name=name, site=site)
    if _is_taken(session, name):
        raise NameTaken
    end_read(session)
    password_hash = hashing.hash_password(password)
    begin_write(session)
    user = locked_guest(session, guest_id) or User(created_at=now)
    user.seen_at = now
    _store(session, user, name, email, password_hash, role)
    save_settings(session, user.id, prefs)
    sessions.close_all(session, user.id)
    return sessions.open_session(session, user.id, now, device)


def sign_in(
    session: AnySession,
    name: str,
    password: str,
    now: datetime,
    throttle: Throttle,
    network: str,
    device: Device = UNKNOWN_DEVICE,
    known: str = "",
    window: SignInWindow | None = None,
) -> str:
    """Sign a person in; return a session's token; raises as `verify_password` does.

    `known` is the cookie of a browser that has signed in before: for its accounts its own failures count.
    """
    key = names.key(name[: 4 * names.KEY_ROOM])
    own_key, is_known = known_browsers.account_key(key, known)
    account = (User.name_key == key) & first.still_works(now)
    sign_ins = throttle_key("sign-in", f"{network} {key}")
    if window is None:
        attempt = throttle.reserve(FAILURES, own_key, throttle_key("address", network))
    else:
        account &= window.among
        sign_ins = window.count_apart(sign_ins)
        attempt = throttle.reserve_each((FAILURES, window.count_apart(own_key)), (window.limit, window.key))
    end_read(session)
    throttle.count(SIGN_INS, sign_ins)
    user_id = verify_password(session, account, password, attempt, is_known)
    return sessions.open_session(session, user_id, now, device)


def set_email(
    session: AnySession, user_id: int, password: str, email: str | None, now: datetime, *, throttle: Throttle
) -> None:
    """Store the address for password resets, to be confirmed, or none; end open links; raises as `verify_password`."""
    confirm_password(session, user_id, password, throttle=throttle)
    end_links(session, user_id, now)
    values = {"email": email, "email_key": email and email_key(email), "email_confirmed_at": None}
    changed = User.email_key.is_distinct_from(values["email_key"])
    session.execute(update(User).where(User.id == user_id, changed).values(**values))


def save_settings(session: AnySession, user_id: int, values: Mapping[str, Any]) -> None:
    """Store how a person wants to read; values that are no settings are left out, "" stands for none."""
    chosen = {name: None if value == "" else value for name, value in values.items() if name in SETTINGS}
    begin_write(session)
    session.execute(update(User).where(User.id == user_id).values(**chosen))


def delete_account(session: AnySession, user_id: int, password: str, *, throttle: Throttle) -> None:
    """Delete an account with all its person did; scrub after the commit.

    Raises WrongPassword, TooManyTries, AccountHeld.
    """
    confirm_password(session, user_id, password, throttle=throttle)
    begin_write(session)
    require_free(session, user_id)
    rows.erase(session, [user_id])


def count_guests(session: AnySession, now: datetime, days: int) -> tuple[int, int]:
    """Return how many guests were unused for so many days, and how many there are."""
    counted = select(func.count(User.id).filter(_is_unused(now, days)), func.count(User.id))
    stale, guests = session.execute(counted.where(User.role == GUEST)).one()
    return stale, guests


def purge_guests(session: AnySession, now: datetime, days: int = 30) -> int:
    """Delete guests unused for so many days, GUESTS_AT_ONCE at most; return how many: commit and call again."""
    begin_write(session)
    stale = select(User.id).where(User.role == GUEST, _is_unused(now, days))
    # Locked, so that who comes back at this moment is let stay, or is gone before.
    ids = list(session.scalars(stale.order_by(User.id).limit(GUESTS_AT_ONCE).with_for_update()))
    rows.erase(session, ids)
    return len(ids)


def create_account(
    session: AnySession, name: str, password: str | None, role: str, now: datetime, email: str | None = None
) -> User:
    """Make an account with a role, for operators: without a password it needs a link; raises InvalidInput, NameTaken.

    Operators vouch for the address that they give.
    """
    name = names.validate_name(name, reserved=False)
    password_hash = None
    if password is not None:
        validate_password(password, staff=role in STAFF, name=name, site=current_settings().site_name)
        password_hash = hashing.hash_password(password)
    begin_write(session)
    return _store(
        session,
        User(created_at=now, seen_at=now, email_confirmed_at=now if email else None),
        name,
        email,
        password_hash,
        role,
    )


def find_account(session: AnySession, name: str) -> User | None:
    """Return the account of this name, None where there is none."""
    return session.scalar(select(User).where(User.name_key == names.key(name)))


def set_role(session: AnySession, user: User, role: str, now: datetime, *, anyway: bool = False) -> bool:
    """Give an account a role and sign it out; tell whether it needs a new password, as staff's are longer.

    Staff's is nobody else's: a group that made the account may hand out no password for it any more.
    Raises AccountHeld where it would leave a group without anybody who may lead it, unless that is to be `anyway`.
    """
    begin_write(session)
    if role not in LEADING_ROLES and not anyway:
        require_free(session, user.id)
    becomes_staff = role in STAFF and not user.is_staff
    session.execute(update(User).where(User.id == user.id).values(role=role))
    if role in STAFF:
        session.execute(update(User).where(User.id == user.id).values(managed_by=None))
    if becomes_staff:
        set_password(session, user.id, None, now)
    end_links(session, user.id, now)
    sessions.close_all(session, user.id)
    return becomes_staff


def _is_taken(session: AnySession, name: str) -> bool:
    """Tell whether somebody has this name or one that looks like it."""
    alike = (User.name_key == names.key(name)) | (User.look_key == names.look_key(name))
    return session.scalar(select(User.id).where(alike).limit(1)) is not None


def _is_unused(now: datetime, days: int) -> ColumnElement[bool]:
    return User.seen_at <= now - timedelta(days=days)


def _store(session: AnySession, user: User, name: str, email: str | None, password_hash: str | None, role: str) -> User:
    """Write an account and return it; raises NameTaken, with the transaction as before, if another was quicker."""
    try:
        with session.begin_nested():
            user.name, user.name_key, user.look_key = name, names.key(name), names.look_key(name)
            user.email, user.email_key = email, email and email_key(email)
            user.password_hash, user.role = password_hash, role
            session.add(user)
    except IntegrityError as error:
        raise NameTaken from error
    return user
