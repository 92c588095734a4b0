"""`flask tick`."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from learnapp.accounts.models import LoginSession, PasswordReset, TeacherInvitation, User
from learnapp.database.db import Base, db
from learnapp.learning.models import Attempt
from tests.actors.attempts import Db, begin, count
from tests.factories.accounts import GuestFactory, LoginSessionFactory, UserFactory

pytestmark = pytest.mark.both_databases

LONG_AGO = datetime.now(UTC) - timedelta(days=31)
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def log_bytes() -> int:
    """Return the size of SQLite's log, 0 where there is none; PostgreSQL keeps none of ours."""
    log = Path(f"{db.engine.url.database}-wal")
    return log.stat().st_size if log.exists() else 0


def tick(app: Flask, *options: str) -> str:
    result = app.test_cli_runner().invoke(args=["tick", *options])
    assert result.exit_code == 0, result.output
    return result.output


def names(session: Db) -> set[str]:
    session.rollback()
    return set(session.scalars(select(User.name)))


@pytest.mark.both_databases(always=True)
def test_guests_unused_for_thirty_days_go_with_all_they_did(app: Flask, db_session: Db) -> None:
    begin(db_session, GuestFactory(seen_at=LONG_AGO, name="old guest").id)
    begin(db_session, GuestFactory(seen_at=YESTERDAY, name="new guest").id)
    begin(db_session, UserFactory(seen_at=LONG_AGO).id)

    assert "Deleted 1 unused guests" in tick(app)

    assert names(db_session) == {"new guest", "Ben"}
    assert count(db_session, Attempt) == 2


def test_links_for_teachers_are_forgotten_a_day_after_they_ended(app: Flask, db_session: Db) -> None:
    for name, ended in (("old", LONG_AGO), ("open", datetime.now(UTC) + timedelta(days=1))):
        db_session.add(TeacherInvitation(token_hash=name, expires_at=ended))
    db_session.commit()

    tick(app)

    assert db_session.scalars(select(TeacherInvitation.token_hash)).all() == ["open"]


def test_more_guests_than_go_at_once_all_go(app: Flask, db_session: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("learnapp.accounts.service.GUESTS_AT_ONCE", 2)
    GuestFactory.create_batch(5, seen_at=LONG_AGO)

    assert "Deleted 5 unused guests" in tick(app)


def test_a_clock_that_is_wrong_by_weeks_deletes_nobody(app: Flask, db_session: Db) -> None:
    ticked = app.config["SETTINGS"].instance_path / "last_tick"
    ticked.unlink(missing_ok=True)
    GuestFactory.create_batch(11, seen_at=LONG_AGO)
    GuestFactory(seen_at=YESTERDAY)

    refused = app.test_cli_runner().invoke(args=["tick"])

    assert refused.exit_code == 1
    assert "11 of 12 guests would go at once" in refused.output
    db_session.rollback()
    assert count(db_session, User) == 12
    assert "Deleted 11 unused guests" in tick(app, "--all-guests")


def test_where_a_tick_ran_lately_the_clock_is_right_and_a_whole_class_may_go(app: Flask, db_session: Db) -> None:
    tick(app)
    GuestFactory.create_batch(11, seen_at=LONG_AGO)

    assert "Deleted 11 unused guests" in tick(app)


def test_dead_sign_ins_and_old_links_go_and_live_ones_stay(app: Flask, db_session: Db) -> None:
    ben = UserFactory().id
    LoginSessionFactory(user_id=ben, seen_at=LONG_AGO)
    LoginSessionFactory(user_id=ben, seen_at=YESTERDAY)
    for n, ended in enumerate((LONG_AGO, datetime.now(UTC) + timedelta(minutes=5))):
        db_session.add(PasswordReset(user_id=ben, token_hash=str(n), created_at=ended, expires_at=ended))
    db_session.commit()

    assert "1 ended sign-ins and 1 old reset links" in tick(app)

    assert db_session.scalar(select(func.count()).select_from(LoginSession)) == 1
    assert db_session.scalar(select(func.count()).select_from(PasswordReset)) == 1


def test_ticking_twice_does_no_harm(app: Flask, db_session: Db) -> None:
    UserFactory()
    tick(app)

    assert "Deleted 0 unused guests, 0 ended sign-ins and 0 old reset links." in tick(app)
    assert names(db_session) == {"Ben"}


def test_the_log_is_empty_afterwards(app: Flask, db_session: Db) -> None:
    UserFactory()
    db_session.remove()
    assert log_bytes() > 0 or db.engine.dialect.name != "sqlite"

    tick(app)

    assert log_bytes() == 0


def test_without_its_tables_the_tick_says_what_is_wrong(make_app: Callable[..., Flask], tmp_path: Path) -> None:
    bare = make_app(database_url=f"sqlite:///{tmp_path / 'bare.sqlite3'}")
    with bare.app_context():
        Base.metadata.drop_all(db.engine)

    result = bare.test_cli_runner().invoke(args=["tick"])

    assert result.exit_code == 1
    assert "Nothing more was deleted" in result.output
