"""Bands that people have of their groups: the lowest, of those that are not archived, where they are members."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from threading import Event

import pytest
from flask import Flask

from learnapp.database.db import db
from learnapp.groups.bands import update_bands
from learnapp.groups.membership.service import end_membership
from learnapp.groups.models import LEADER, Group
from learnapp.groups.service import change_group
from learnapp.groups.values import GroupSettings
from tests.actors.attempts import Db
from tests.actors.groups import band_of
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory

pytestmark = pytest.mark.both_databases


def settings_of(group: Group) -> GroupSettings:
    return GroupSettings(**{field.name: getattr(group, field.name) for field in fields(GroupSettings)})


def band_in(session: Db, *groups: dict[str, object], role: str = "member") -> int | None:
    user = UserFactory(group_band=18)
    for about in groups:
        MembershipFactory(user_id=user.id, group_id=GroupFactory(**about).id, role=role)
    update_bands(session, [user.id])
    session.commit()
    return band_of(session, user.id)


@pytest.mark.both_databases(always=True)
def test_the_lowest_counts(db_session: Db) -> None:
    assert band_in(db_session, {"band": 16}, {"band": 12}, {"band": None}) == 12


def test_groups_that_are_archived_or_say_none_do_not_count(db_session: Db) -> None:
    assert band_in(db_session, {"band": 14}, {"band": 12, "archived_at": NOON}) == 14
    assert band_in(db_session, {"band": None}) is None
    assert band_in(db_session) is None


def test_a_leader_is_not_concerned(db_session: Db) -> None:
    assert band_in(db_session, {"band": 12}, role=LEADER) is None


def test_an_age_group_that_is_changed_while_somebody_leaves_does_not_stay_with_them(app: Flask, db_session: Db) -> None:
    group, ben = GroupFactory(band=12), UserFactory(group_band=12)
    MembershipFactory(user_id=ben.id, group_id=group.id)
    db_session.commit()
    group_id, settings, version = group.id, settings_of(group), group.version
    left, waits = Event(), Event()

    def leave() -> None:
        with app.app_context():
            end_membership(db.session, group_id, ben_id)
            left.set()
            waits.wait(1)  # until the other has come as far as it can
            db.session.commit()

    def change() -> None:
        with app.app_context():
            left.wait()
            change_group(db.session, group_id, version, replace(settings, band=16))
            db.session.commit()

    ben_id = ben.id
    db_session.commit()
    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(leave), pool.submit(change)):
            done.result()
    assert band_of(db_session, ben_id) is None
