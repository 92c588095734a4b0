"""Accounts made and used by the services alone; each step is committed."""

from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import select

from learnapp.accounts import service, sessions
from learnapp.accounts.limits.counters import DatabaseCounter
from learnapp.accounts.limits.throttle import Throttle
from learnapp.accounts.models import LoginSession, User
from learnapp.database.db import db
from tests.actors.people import PASSWORD
from tests.apps import NoThrottle

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def counting_throttle() -> Throttle:
    return Throttle(DatabaseCounter(db.engine))


class SignedIn(NamedTuple):
    """Who has signed in, and the token of the session."""

    user_id: int
    token: str


def signed_in(token: str) -> SignedIn:
    session = select(LoginSession).where(LoginSession.token_hash == sessions.token_hash(token))
    return SignedIn(db.session.scalars(session).one().user_id, token)


def sign_up(
    name: str = "Ben", password: str = PASSWORD, email: str | None = None, guest_id: int | None = None
) -> SignedIn:
    token = service.sign_up(db.session, name, password, email, NOW, guest_id, theme="auto")
    db.session.commit()
    return signed_in(token)


def sign_in(name: str = "Ben", password: str = PASSWORD, throttle: Throttle | None = None) -> SignedIn:
    try:
        token = service.sign_in(db.session, name, password, NOW, throttle or NoThrottle(), "192.0.2.7")
    finally:
        db.session.commit()
    return signed_in(token)


def guest() -> int:
    user = User(role="guest", created_at=NOW, seen_at=NOW)
    db.session.add(user)
    db.session.flush()
    sessions.open_session(db.session, user.id, NOW)
    db.session.commit()
    return user.id
