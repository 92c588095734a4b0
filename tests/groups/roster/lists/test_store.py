"""Lists in the database: stored and read as they were, and deleted when their time is over."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from learnapp.accounts import sessions
from learnapp.accounts.models import User
from learnapp.accounts.purges import registered_purges
from learnapp.database.db import db
from learnapp.groups.membership.service import accounts_used
from learnapp.groups.roster.lists import store
from learnapp.groups.roster.lists.values import ListProblem, StagedList, StagedPerson
from learnapp.groups.roster.models import RosterImport
from tests.actors.groups import Class
from tests.actors.people import People

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MINA = StagedPerson(2, "Mina Kaya", "mina.k", "mina", "mina@school.example", ("key-1", "older"), "", "")
STAGED = StagedList("Moodle", "7a", True, ("password",), (MINA,), (ListProblem("twice", 3, "No", {"first": 2}),))


def test_a_list_is_read_as_it_was_stored() -> None:
    assert store.read_staged(store.write_staged(STAGED)) == STAGED


@pytest.mark.both_databases
def test_lists_are_deleted_after_their_hour_and_what_was_done_after_a_day(people: People, class_9c: Class) -> None:
    leader = people.get(class_9c.leader).id
    ages = {"new": (1, None), "old": (61, None), "done": (61, 23 * 60), "over": (1500, 24 * 60)}
    with people.app.app_context():
        for name, (read, applied) in ages.items():
            row = RosterImport(group_id=class_9c.id, user_id=leader, added={}, read_at=NOON - timedelta(minutes=read))
            row.listed = {"name": name}
            row.applied_at = None if applied is None else NOON - timedelta(minutes=applied)
            db.session.add(row)
        db.session.commit()
        assert store.purge_lists(db.session, NOON) == 2
        db.session.commit()
        kept = {row["name"] for row in db.session.scalars(select(RosterImport.listed))}
    assert kept == {"new", "done"}
    assert store.purge_lists in registered_purges()


@pytest.mark.both_databases
def test_only_confirmed_addresses_and_exact_names_find_an_account(people: People, class_9c: Class) -> None:
    own = people.add("Own", email="mina@school.example")
    people.add("Other", email="mina@school.example", email_confirmed_at=None)
    named = people.add("Mina")
    people.add("Mina K")
    with people.app.app_context():
        state = store.read_state(db.session, class_9c.id, STAGED, NOON)
    assert state.by_email == {"mina@school.example": {own}}
    assert state.by_name == {"mina": named}
    assert (state.members, state.free_seats) == (frozenset(), 60)


@pytest.mark.parametrize(("teachers", "found"), [("open", False), ("invited", True), ("", True)])
def test_where_everybody_may_teach_no_list_tells_which_addresses_are_here(
    people: People, class_9c: Class, monkeypatch: pytest.MonkeyPatch, teachers: str, found: bool
) -> None:
    own = people.add("Own", email="mina@school.example")
    settings = people.app.config["SETTINGS"]
    monkeypatch.setitem(people.app.config, "SETTINGS", replace(settings, teachers=teachers))
    with people.app.app_context():
        state = store.read_state(db.session, class_9c.id, STAGED, NOON)
    assert state.by_email == ({"mina@school.example": {own}} if found else {})


@pytest.mark.both_databases
def test_an_account_is_used_once_its_person_has_come_in(people: People) -> None:
    waiting = [people.add(name, password_hash=None) for name in ("a1", "a2")]
    carded, entered = (people.add(name, secret_expires_at=NOON) for name in ("a3", "a4"))
    chosen = people.add("a5")
    with people.app.app_context():
        db.session.execute(update(User).values(created_at=NOON, seen_at=NOON))
        sessions.open_session(db.session, entered, NOON)
        db.session.commit()
        assert accounts_used(db.session, [*waiting, carded, entered, chosen]) == {chosen, entered}


def test_names_are_asked_for_in_parts(people: People) -> None:
    people.add("p7")
    with people.app.app_context():
        assert store.taken_names(db.session, [f"p{number}" for number in range(store.AT_ONCE * 2)]) == {"p7"}
