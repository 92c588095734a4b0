"""Accounts made and used by the services alone; each step is committed."""

from datetime import UTC, datetime
from typing import Any

from learnapp.accounts import service, sessions
from learnapp.accounts.models import User
from learnapp.accounts.throttle import DatabaseCounter, Throttle
from learnapp.db import db
from tests.actors.people import PASSWORD
from tests.apps import NoThrottle

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def counting_throttle() -> Throttle:
    return Throttle(DatabaseCounter(db.engine))


def sign_up(name: str = "Ben", password: str = PASSWORD, **more: Any) -> service.SignedIn:
    who = service.sign_up(db.session, name, password, more.pop("email", None), NOW, **more)
    db.session.commit()
    return who


def sign_in(
    name: str = "Ben", password: str = PASSWORD, throttle: Throttle | None = None, guest_id: int | None = None
) -> service.SignedIn:
    try:
        return service.sign_in(db.session, name, password, NOW, throttle or NoThrottle(), "192.0.2.7", guest_id)
    finally:
        db.session.commit()


def guest() -> int:
    user = User(role="guest", created_at=NOW, seen_at=NOW)
    db.session.add(user)
    db.session.flush()
    sessions.open_session(db.session, user.id, NOW)
    db.session.commit()
    return user.id
