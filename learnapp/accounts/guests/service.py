"""Guests: made under the key of their browser, taken into an account, deleted.

Each function runs in the caller's transaction and leaves its commit to the caller.
"""

from datetime import datetime

from blinker import Signal
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from learnapp.accounts import sessions
from learnapp.accounts.models import LoginSession, User
from learnapp.accounts.own_data import rows
from learnapp.database.db import AnySession, begin_write
from learnapp.web.login import GUEST, LEARNER

# Sent with the session, `guest_id` and `user_id` in the transaction in which an account takes what a guest did:
# receivers move the guest's rows over. What they leave is deleted with the guest.
guest_is_taken = Signal()


def create_guest(session: AnySession, token: str, now: datetime) -> None:
    """Make the guest whose browser shows this token, unless another of its requests has made one meanwhile."""
    begin_write(session)
    try:
        with session.begin_nested():
            guest = User(role=GUEST, name="", created_at=now, seen_at=now)
            session.add(guest)
            session.flush()
            login = {"token_hash": sessions.token_hash(token), "created_at": now, "seen_at": now}
            session.add(LoginSession(user_id=guest.id, **login))
    except IntegrityError:
        pass  # the token is unique: the first request's guest is this one's


def locked_guest(session: AnySession, guest_id: int | None) -> User | None:
    """Return a guest, locked, unless it has become an account meanwhile."""
    if guest_id is None:
        return None
    guest = session.get(User, guest_id, with_for_update=True, populate_existing=True)
    return guest if guest is not None and guest.role == GUEST else None


def take_guest(session: AnySession, guest_id: int, user_id: int) -> bool:
    """Give a learner's account what a guest did and delete the guest; tell whether there was one to take.

    The account never gets an older age band by it: it keeps none, or the lower of the two.
    """
    begin_write(session)
    guest = locked_guest(session, guest_id)
    if guest is None or session.scalar(select(User.role).where(User.id == user_id)) != LEARNER:
        return False
    rows.lock_writer(session, user_id)  # nothing of theirs is written between reading both and uniting them
    if guest.band is not None:
        session.execute(update(User).where(User.id == user_id, User.band > guest.band).values(band=guest.band))
    guest_is_taken.send(session, guest_id=guest_id, user_id=user_id)
    session.expunge(guest)
    rows.erase(session, [guest_id])
    return True


def delete_guest(session: AnySession, guest_id: int) -> None:
    """Delete a guest with all they did, unless it has become an account meanwhile; scrub after the commit."""
    begin_write(session)
    guest = locked_guest(session, guest_id)
    if guest is not None:
        session.expunge(guest)
        rows.erase(session, [guest_id])
