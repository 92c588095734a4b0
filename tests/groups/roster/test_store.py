"""Accounts that groups made, as the database has them."""

from datetime import UTC, datetime, timedelta

import pytest

from learnapp.database.db import db
from learnapp.groups.roster import store
from tests.actors.groups import Class
from tests.actors.people import People

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.both_databases


def test_a_group_manages_whom_it_made_and_who_is_in_it(people: People, class_9c: Class) -> None:
    other = Class(people)
    ben = class_9c.managed("Ben")
    for name, managed_by in (("joined", None), ("of another", other.id)):
        people.add(name, managed_by=managed_by)
        class_9c.take_in(name)
    people.add("has left", managed_by=class_9c.id)
    class_9c.managed("Ada the second")
    with people.app.app_context():
        found = store.managed_accounts(db.session, class_9c.id)
        assert [(one.user_name, one.has_password) for one in found] == [("Ada the second", False), ("Ben", False)]
        assert store.find_managed(db.session, class_9c.id, ben) in found
        assert store.find_managed(db.session, other.id, ben) is None
        for name in ("joined", "of another", "has left"):
            assert store.find_managed(db.session, class_9c.id, people.get(name).id) is None


def test_cards_are_found_by_the_moment_at_which_they_end(people: People, class_9c: Class) -> None:
    for name, ends in (("Ben", NOON), ("Cleo", NOON + timedelta(microseconds=1)), ("Ada the second", None)):
        class_9c.managed(name, password_hash=f"hash of {name}", secret_expires_at=ends)
    with people.app.app_context():
        found = store.accounts_of_cards(db.session, class_9c.id, NOON)
    assert [(one.user_name, secret_hash) for one, secret_hash in found] == [("Ben", "hash of Ben")]


def test_names_are_taken_that_are_somebodys_or_look_like_it(people: People) -> None:
    people.add("ben.l")
    people.add("from before", look_key=None)
    wanted = ["BEN.L", "ben.I", "ben.l2", "From Before"]
    with people.app.app_context():
        assert store.find_taken(db.session, wanted) == {"BEN.L", "ben.I", "From Before"}
        assert store.find_taken(db.session, []) == set()


def test_somebody_is_told_which_group_manages_them(people: People, class_9c: Class) -> None:
    ben, cleo = class_9c.managed("Ben"), people.add("Cleo")
    with people.app.app_context():
        assert store.managing_group_of(db.session, ben) == ("class", "9C")
        assert store.managing_group_of(db.session, cleo) is None
