"""Group actions: what is made, what a stale page may not change, what archiving ends."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.database.db import db
from learnapp.groups import service
from learnapp.groups.assignments.models import DRAFT, Assignment
from learnapp.groups.errors import GroupEnded, StaleGroup, TooFewSeats, TooManyGroups
from learnapp.groups.models import CLASS, LEADER, MEMBER, Group, GroupCode, Membership
from learnapp.groups.store import find_group
from learnapp.groups.values import GroupSettings
from tests.actors.attempts import Db
from tests.actors.groups import band_of
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import AssignmentFactory, GroupCodeFactory, GroupFactory, MembershipFactory

pytestmark = pytest.mark.both_databases
CHOSEN = GroupSettings("9C", "Europe/Berlin", 14, 60)


def test_whoever_makes_a_class_leads_it(db_session: Db) -> None:
    ada = UserFactory(name="Ada").id
    made = service.create_group(db_session, ada, CLASS, CHOSEN, NOON)
    db_session.commit()
    group = find_group(db_session, ada, made)
    assert group is not None
    assert (group.led, group.settings, group.version, group.archived) == (True, CHOSEN, 1, False)


def test_whether_a_class_has_pseudonyms_is_chosen_once(db_session: Db) -> None:
    ada = UserFactory(name="Ada").id
    made = [service.create_group(db_session, ada, CLASS, CHOSEN, NOON, pseudonymous=chosen) for chosen in (False, True)]
    service.change_group(db_session, made[1], 1, replace(CHOSEN, name="9D"))
    db_session.commit()
    found = [find_group(db_session, ada, one) for one in made]
    assert [one and one.pseudonymous for one in found] == [False, True]


def test_nobody_leads_more_than_can_be_looked_through(db_session: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_LED", 1)
    ada = UserFactory(name="Ada").id
    service.create_group(db_session, ada, CLASS, CHOSEN, NOON)
    with pytest.raises(TooManyGroups):
        service.create_group(db_session, ada, CLASS, CHOSEN, NOON)


def test_a_copy_has_what_was_chosen_and_asked_and_nobody_in_it(db_session: Db) -> None:
    ada = UserFactory(name="Ada").id
    old = GroupFactory(band=14, seats=30, pseudonymous=True, takes_help_requests=False, archived_at=NOON).id
    for user_id, role in ((ada, LEADER), (UserFactory().id, LEADER), (UserFactory().id, MEMBER)):
        MembershipFactory(group_id=old, user_id=user_id, role=role)
    AssignmentFactory(group_id=old, due=NOON)
    GroupCodeFactory(group_id=old)
    group = find_group(db_session, ada, old)
    assert group is not None

    made = service.duplicate_group(db_session, ada, group, "9D", 3, NOON)
    db_session.commit()

    copy = find_group(db_session, ada, made)
    assert copy is not None
    assert copy.settings == replace(group.settings, name="9D")
    assert (copy.pseudonymous, copy.archived, copy.version) == (True, False, 1)
    assert db_session.scalars(select(Membership.user_id).where(Membership.group_id == made)).all() == [ada]
    assert db_session.scalars(select(GroupCode.group_id)).all() == [old]
    (draft,) = db_session.scalars(select(Assignment).where(Assignment.group_id == made))
    assert (draft.state, draft.due) == (DRAFT, NOON + timedelta(weeks=3))


def test_what_a_leader_changes_reaches_who_told_no_age(db_session: Db) -> None:
    group = GroupFactory(band=16)
    ben = UserFactory(group_band=16).id
    MembershipFactory(group_id=group.id, user_id=ben)
    service.change_group(db_session, group.id, 1, replace(CHOSEN, name="10A", band=12))
    db_session.commit()
    db_session.refresh(group)
    assert (group.name, group.band, group.version) == ("10A", 12, 2)
    assert band_of(db_session, ben) == 12


def test_the_second_of_two_leaders_who_edit_changes_nothing(db_session: Db) -> None:
    group = GroupFactory().id
    service.change_group(db_session, group, 1, replace(CHOSEN, name="first"))
    db_session.commit()
    with pytest.raises(StaleGroup):
        service.change_group(db_session, group, 1, replace(CHOSEN, name="second"))
    db_session.rollback()
    assert db_session.get_one(Group, group).name == "first"


@pytest.mark.both_databases(always=True)
def test_two_leaders_who_edit_at_once_are_one_change(app: Flask, db_session: Db) -> None:
    group = GroupFactory().id
    db_session.commit()
    ready = Barrier(8)

    def edit(name: str) -> str:
        with app.app_context():
            ready.wait()
            try:
                service.change_group(db.session, group, 1, replace(CHOSEN, name=name))
            except StaleGroup:
                return ""
            db.session.commit()
            return name

    with ThreadPoolExecutor(8) as pool:
        kept = [name for name in pool.map(edit, "abcdefgh") if name]
    db_session.rollback()
    row = db_session.get_one(Group, group)
    assert (len(kept), row.version) == (1, 2)
    assert row.name == kept[0]


def test_a_class_has_no_fewer_seats_than_people(db_session: Db) -> None:
    group = GroupFactory().id
    for _ in range(3):
        MembershipFactory(group_id=group, user_id=UserFactory().id)
    MembershipFactory(group_id=group, user_id=UserFactory().id, role=LEADER)
    service.change_group(db_session, group, 1, replace(CHOSEN, seats=3))
    with pytest.raises(TooFewSeats):
        service.change_group(db_session, group, 2, replace(CHOSEN, seats=2))


def test_an_archived_class_has_no_code_and_says_no_age_until_it_is_brought_back(db_session: Db) -> None:
    group = GroupFactory(band=14)
    ben = UserFactory(group_band=14).id
    MembershipFactory(group_id=group.id, user_id=ben)
    GroupCodeFactory(group_id=group.id)
    service.archive_group(db_session, group.id, NOON)
    db_session.commit()
    assert db_session.scalars(select(GroupCode)).all() == []
    assert band_of(db_session, ben) is None
    db_session.refresh(group)
    assert group.archived_at == NOON
    service.bring_back_group(db_session, group.id)
    db_session.commit()
    db_session.refresh(group)
    assert group.archived_at is None
    assert band_of(db_session, ben) == 14
    assert db_session.query(Membership).count() == 1


def test_a_class_that_has_ended_is_not_changed(db_session: Db) -> None:
    with pytest.raises(GroupEnded):
        service.change_group(db_session, 4711, 1, CHOSEN)
    with pytest.raises(GroupEnded):
        service.archive_group(db_session, 4711, NOON)
    with pytest.raises(GroupEnded):
        service.bring_back_group(db_session, 4711)
