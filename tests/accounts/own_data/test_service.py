"""Deletion of guests who have not been here for long."""

from __future__ import annotations

from datetime import timedelta

import pytest

from learnapp.accounts.models import User
from learnapp.accounts.own_data import service
from learnapp.db import db
from tests.actors.accounts import NOW
from tests.actors.people import People

pytestmark = pytest.mark.usefixtures("db_session")


def test_guests_unused_for_thirty_days_are_purged_and_nobody_else(people: People) -> None:
    ages = {"stale": timedelta(days=30), "fresh": timedelta(days=29)}
    made = {}
    for label, age in ages.items():
        user = User(role="guest", created_at=NOW - 2 * age, seen_at=NOW - age)
        db.session.add(user)
        db.session.flush()
        made[label] = user.id
    db.session.commit()
    people.add("Ben", seen_at=NOW - timedelta(days=400))
    assert service.purge_guests(db.session, NOW) == 1
    db.session.commit()
    assert db.session.get(User, made["stale"]) is None
    assert people.count(User) == 2


def test_purging_goes_batch_by_batch(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "GUESTS_AT_ONCE", 3)
    for _ in range(7):
        db.session.add(User(role="guest", created_at=NOW, seen_at=NOW - timedelta(days=31)))
    db.session.commit()
    assert [service.purge_guests(db.session, NOW) for _ in range(4)] == [3, 3, 1, 0]
    db.session.commit()
