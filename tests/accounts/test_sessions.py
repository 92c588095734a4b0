"""Signed-in browsers: what ends them, and what is kept of their tokens."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from learnapp.accounts import sessions
from learnapp.accounts.guests.service import create_guest
from learnapp.accounts.identity import find_user
from learnapp.accounts.models import LoginSession
from learnapp.config.settings import Settings
from learnapp.database.db import db
from tests.actors.people import People

pytestmark = pytest.mark.both_databases

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("role", "age", "idle", "alive"),
    [
        ("learner", 180 * DAY - SECOND, 30 * DAY - SECOND, True),
        ("learner", 180 * DAY, MINUTE, False),
        ("guest", 300 * DAY, 30 * DAY - SECOND, True),
        ("learner", 30 * DAY, 30 * DAY, False),
        ("guest", 30 * DAY, 30 * DAY, False),
        ("teacher", HOUR, 30 * MINUTE - SECOND, True),
        ("teacher", HOUR, 30 * MINUTE, False),
        ("coordinator", 12 * HOUR - SECOND, MINUTE, True),
        ("author", 12 * HOUR, MINUTE, False),
        ("admin", 12 * HOUR, MINUTE, False),
    ],
)
def test_staff_sessions_end_sooner(people: People, role: str, age: timedelta, idle: timedelta, alive: bool) -> None:
    """For whoever shows the token, and for `flask tick`."""
    user_id = None if role == "guest" else people.add(role=role)
    with people.app.app_context(), time_machine.travel(NOON, tick=False):
        token = sessions.new_token()
        if user_id is None:
            create_guest(db.session, token, NOON)
        else:
            token = sessions.open_session(db.session, user_id, NOON)
        db.session.execute(update(LoginSession).values(created_at=NOON - age, seen_at=NOON - idle))
        db.session.commit()
        assert (find_user(token) is not None) is alive
        assert sessions.purge_sessions(db.session, NOON, Settings()) == (not alive)


def test_presence_is_noted_once_a_minute_for_staff_and_once_a_day_for_others() -> None:
    limits = sessions.session_limits(Settings())
    assert (limits["admin"].noted, limits["learner"].noted, limits["guest"].noted) == (MINUTE, DAY, DAY)


@pytest.mark.both_databases(always=True)
def test_an_account_has_twenty_sessions_at_most_and_the_oldest_ends(people: People) -> None:
    ben, ada = people.add(), people.add("Ada")
    with people.app.app_context():
        sessions.open_session(db.session, ada, NOON)
        tokens = [sessions.open_session(db.session, ben, NOON) for _ in range(22)]
        db.session.commit()
        kept = set(db.session.scalars(select(LoginSession.token_hash).where(LoginSession.user_id == ben)))
        assert kept == {sessions.token_hash(token) for token in tokens[2:]}
        assert len(sessions.list_sessions(db.session, ada)) == 1


def test_the_database_holds_no_token(people: People) -> None:
    user_id = people.add()
    with people.app.app_context():
        token = sessions.open_session(db.session, user_id, NOON)
        db.session.commit()
        row = db.session.scalars(select(LoginSession)).one()
        assert row.token_hash == sessions.token_hash(token)
        assert token not in {str(value) for value in vars(row).values()}
        assert len(token) >= 43


def test_ended_sessions_are_purged_and_living_ones_stay(people: People) -> None:
    ben, ada = people.add("Ben"), people.add("Ada", role="teacher")
    rows = [
        (ben, 40 * DAY, 31 * DAY, False),
        (ben, 40 * DAY, 2 * DAY, True),
        (ada, HOUR, 31 * MINUTE, False),
        (ada, 13 * HOUR, MINUTE, False),
        (ada, HOUR, MINUTE, True),
    ]
    with people.app.app_context():
        for number, (user_id, age, idle, _) in enumerate(rows):
            db.session.add(
                LoginSession(user_id=user_id, token_hash=str(number), created_at=NOON - age, seen_at=NOON - idle)
            )
        db.session.commit()
        assert sessions.purge_sessions(db.session, NOON, Settings()) == 3
        db.session.commit()
        left = set(db.session.scalars(select(LoginSession.token_hash)))
    assert left == {str(number) for number, row in enumerate(rows) if row[3]}


def test_sessions_are_listed_the_latest_first(people: People) -> None:
    ben = people.add()
    with people.app.app_context():
        for hours in (3, 1, 2):
            sessions.open_session(db.session, ben, NOON - hours * HOUR)
        found = [one.seen_at for one in sessions.list_sessions(db.session, ben)]
    assert found == [NOON - HOUR, NOON - 2 * HOUR, NOON - 3 * HOUR]
