"""Looks at a member's page: one a leader, member, class and local day, for 90 days."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from learnapp.accounts.own_data.rows import collect
from learnapp.database.db import db
from learnapp.groups.ending import end_group
from learnapp.groups.models import LEADER, Group, Membership
from learnapp.groups.store import find_group
from learnapp.groups.values import GroupSummary
from learnapp.reports.story.looks import (
    KEPT_DAYS,
    LOOKS_A_PAGE,
    SeenLook,
    latest_cards,
    looks_at,
    note_cards,
    note_look,
    purge_looks,
    with_names,
)
from learnapp.reports.story.models import Look
from tests.actors.attempts import Db
from tests.factories.accounts import UserFactory
from tests.factories.groups import GroupFactory, MembershipFactory

pytestmark = pytest.mark.both_databases

# 23:30 in Berlin.
LATE = datetime(2026, 11, 27, 22, 30, tzinfo=UTC)
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def led_by(leader: int, **about: Any) -> GroupSummary:
    """Make a group with this leader."""
    made: Group = GroupFactory(**about)
    MembershipFactory(group_id=made.id, user_id=leader, role=LEADER)
    group = find_group(db.session, leader, made.id)
    assert group is not None
    return group


def days(session: Db) -> list[date]:
    session.rollback()
    return list(session.scalars(select(Look.day).order_by(Look.id)))


def test_looks_of_one_local_day_are_one(db_session: Db) -> None:
    ada, ben = UserFactory(name="Ada").id, UserFactory().id
    group = led_by(ada)
    for moment in (LATE - 2 * HOUR, LATE, LATE + HOUR):
        note_look(db_session, group, ben, ada, moment)
        db_session.commit()
    assert days(db_session) == [date(2026, 11, 27), date(2026, 11, 28)]


def test_each_leader_each_member_and_each_group_counts_by_itself(db_session: Db) -> None:
    ada, cora, ben, vera = (UserFactory(name=name).id for name in ("Ada", "Cora", "Ben", "Vera"))
    group, other = led_by(ada), led_by(ada)
    for where, whom, who in ((group, ben, ada), (group, vera, ada), (group, ben, cora), (other, ben, ada)):
        note_look(db_session, where, whom, who, LATE)
    db_session.commit()
    assert len(days(db_session)) == 4


@pytest.mark.both_databases(always=True)
def test_looks_in_the_same_moment_are_one(app: Flask, db_session: Db) -> None:
    ada, ben = UserFactory(name="Ada").id, UserFactory().id
    group = led_by(ada)

    def look(_number: int) -> None:
        with app.app_context():
            note_look(db.session, group, ben, ada, LATE)
            db.session.commit()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, range(16)))
    assert len(days(db_session)) == 1


def test_a_member_sees_who_looked_newest_first_and_nobody_else_s_looks(db_session: Db) -> None:
    ada, ben, vera = (UserFactory(name=name).id for name in ("Ada", "Ben", "Vera"))
    group = led_by(ada, name="9C")
    for moment in (LATE - DAY, LATE):
        note_look(db_session, group, ben, ada, moment)
    note_look(db_session, group, vera, ada, LATE)
    db_session.commit()
    seen = looks_at(db_session, ben).looks
    assert [(look.day, look.group, look.leader) for look in seen] == [
        (date(2026, 11, 27), "9C", "Ada"),
        (date(2026, 11, 26), "9C", "Ada"),
    ]


def test_a_leader_whose_account_has_ended_is_nobody(db_session: Db) -> None:
    ada, ben = UserFactory(name="Ada"), UserFactory()
    note_look(db_session, led_by(ada.id), ben.id, ada.id, LATE)
    db_session.commit()
    db_session.query(Membership).delete()
    db_session.delete(ada)
    db_session.commit()
    assert [look.leader for look in looks_at(db_session, ben.id).looks] == [None]


def test_new_cards_of_one_day_are_one_line_with_their_number_beside_the_look(db_session: Db) -> None:
    ada, ben, vera = (UserFactory(name=name).id for name in ("Ada", "Ben", "Vera"))
    group = led_by(ada, name="9C")
    note_look(db_session, group, ben, ada, LATE)
    row = db_session.get_one(Group, group.id)
    for moment in (LATE, LATE, LATE + HOUR):
        note_cards(db_session, row, ada, [ben, vera], moment)
    note_cards(db_session, row, ada, [], LATE)
    db_session.commit()
    seen = [(look.day.day, look.leader, look.cards) for look in looks_at(db_session, ben).looks]
    assert seen == [(28, "Ada", 1), (27, "Ada", 2), (27, "Ada", 0)]
    assert [look.cards for look in latest_cards(db_session, vera, LATE)] == [1, 2]
    assert latest_cards(db_session, vera, LATE + 8 * DAY) == []


def test_a_leader_hides_no_look_by_ending_the_class(db_session: Db) -> None:
    ada, ben = UserFactory(name="Ada").id, UserFactory().id
    group = led_by(ada, name="9C")
    note_look(db_session, group, ben, ada, LATE)
    db_session.commit()
    end_group(db_session, group.id)
    db_session.commit()
    assert looks_at(db_session, ben).looks == (SeenLook(date(2026, 11, 27), None, "Ada"),)
    assert purge_looks(db_session, LATE + 91 * DAY) == 1


def test_an_export_names_group_and_leader(db_session: Db) -> None:
    ada, ben = UserFactory(name="Ada").id, UserFactory().id
    note_look(db_session, led_by(ada, name="9C"), ben, ada, LATE)
    db_session.commit()
    rows = [row for table, rows in collect(db_session, ben) if table.name == "looks" for row in rows]
    named = [(row["group"], row["leader"], row["kind"]) for row in with_names(db_session, ben, rows)]
    assert named == [("9C", "Ada", "look")]
    assert [row for table, rows in collect(db_session, ada) if table.name == "looks" for row in rows] == []


def test_many_looks_are_paged(db_session: Db) -> None:
    ada, ben = UserFactory(name="Ada").id, UserFactory().id
    group = led_by(ada)
    for number in range(LOOKS_A_PAGE + 1):
        note_look(db_session, group, ben, ada, NOON - number * DAY)
    db_session.commit()
    assert [len(looks_at(db_session, ben, page).looks) for page in (1, 2, 99)] == [LOOKS_A_PAGE, 1, 1]


def test_looks_are_kept_for_90_days(db_session: Db) -> None:
    ada, ben = UserFactory(name="Ada").id, UserFactory().id
    group = led_by(ada)
    for moment in (NOON, NOON - KEPT_DAYS * DAY, NOON - (KEPT_DAYS + 1) * DAY):
        note_look(db_session, group, ben, ada, moment)
    db_session.commit()
    assert purge_looks(db_session, NOON) == 1
    db_session.commit()
    assert days(db_session) == [date(2026, 11, 27), date(2026, 8, 29)]
