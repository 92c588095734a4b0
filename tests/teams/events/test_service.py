"""Events are made, changed, deleted and purged; whoever was second does not undo what the first has done."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from learnapp.accounts.purges import registered_purges
from learnapp.database.db import db
from learnapp.groups.ending import end_group
from learnapp.groups.errors import GroupArchived, GroupEnded
from learnapp.groups.models import LEADER, TEAM, Group
from learnapp.teams.errors import StaleEvent, TooManyEvents
from learnapp.teams.events.service import (
    MOST_EVENTS,
    change_event,
    create_event,
    delete_event,
    event_value,
    lock_event,
    purge_events,
)
from learnapp.teams.events.store import expected_of
from learnapp.teams.models import Event, EventVolunteer
from tests.actors.people import People
from tests.actors.teams import PLAN, stored_event
from tests.actors.training import Db
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory
from tests.factories.teams import EventFactory, EventVolunteerFactory

KEPT = timedelta(days=90)
SOME = replace(PLAN, for_all=False)


@pytest.fixture
def team(db_session: Db) -> int:
    number: int = GroupFactory(kind=TEAM).id
    return number


def volunteer(team: int, name: str = "Vera", **about: object) -> int:
    user_id: int = UserFactory(name=name).id
    MembershipFactory(group_id=team, user_id=user_id, **about)
    return user_id


def stored(session: Db, number: int) -> Event:
    session.expire_all()
    return session.get_one(Event, number)


def test_an_event_is_made_as_it_was_planned(db_session: Db, team: int) -> None:
    plan = replace(PLAN, places=12, place="")
    made = stored(db_session, create_event(db_session, team, plan, (), NOON))
    assert {name: getattr(made, name) for name in plan.__dataclass_fields__} == {
        name: getattr(plan, name) for name in plan.__dataclass_fields__
    }
    assert (made.group_id, made.version, made.created_at, made.closed_at) == (team, 1, NOON, None)


def test_only_members_of_the_team_are_expected(db_session: Db, team: int) -> None:
    vera, cora = volunteer(team), volunteer(team, "Cora", role=LEADER)
    cleo = UserFactory(name="Cleo").id
    made = create_event(db_session, team, SOME, {vera, cora, cleo, 2**31 - 1}, NOON)
    assert expected_of(db_session, made) == {vera}


def test_a_team_that_is_gone_gets_no_event(db_session: Db, team: int) -> None:
    with pytest.raises(GroupEnded):
        create_event(db_session, team + 1, PLAN, (), NOON)
    db_session.rollback()


def test_a_team_has_room_for_a_hundred_events(db_session: Db, team: int) -> None:
    db_session.add_all(Event(group_id=team, created_at=NOON, **vars_of(PLAN)) for _ in range(MOST_EVENTS - 1))
    db_session.commit()
    create_event(db_session, team, PLAN, (), NOON)
    db_session.commit()
    with pytest.raises(TooManyEvents):
        create_event(db_session, team, PLAN, (), NOON)
    db_session.rollback()
    create_event(db_session, GroupFactory(kind=TEAM).id, PLAN, (), NOON)


def vars_of(plan: object) -> dict[str, object]:
    return {name: getattr(plan, name) for name in PLAN.__dataclass_fields__}


def test_a_change_takes_the_place_of_what_was_seen_and_counts(db_session: Db, team: int) -> None:
    vera, ben = volunteer(team), volunteer(team, "Ben")
    event = event_value(stored(db_session, create_event(db_session, team, SOME, {vera}, NOON)))
    change_event(db_session, event, 1, replace(SOME, title="Tea time", starts=time(9)), {ben})
    db_session.commit()
    changed = stored(db_session, event.id)
    assert (changed.title, changed.starts, changed.version) == ("Tea time", time(9), 2)
    assert expected_of(db_session, event.id) == {ben}


@pytest.mark.parametrize("version", [0, 2, 2**40])
def test_a_change_of_what_was_not_seen_is_stale_and_changes_nothing(db_session: Db, team: int, version: int) -> None:
    event = stored_event(group_id=team)
    with pytest.raises(StaleEvent):
        change_event(db_session, event, version, replace(PLAN, title="Other"), ())
    db_session.rollback()
    assert stored(db_session, event.id).title == "Open day"


def test_what_was_deleted_meanwhile_is_stale(db_session: Db, team: int) -> None:
    event = stored_event(group_id=team)
    delete_event(db_session, event)
    delete_event(db_session, event)  # again
    db_session.commit()
    with pytest.raises(StaleEvent):
        change_event(db_session, event, 1, PLAN, ())
    db_session.rollback()


def test_an_event_is_deleted_with_its_volunteers_and_its_number_never_comes_back(db_session: Db, team: int) -> None:
    vera = volunteer(team)
    event = stored_event(group_id=team)
    EventVolunteerFactory(event_id=event.id, group_id=team, user_id=vera)
    delete_event(db_session, event)
    db_session.commit()
    assert db_session.query(EventVolunteer).count() == 0
    assert stored_event(group_id=team).id > event.id


def test_an_event_of_another_team_is_not_deleted_by_its_number(db_session: Db, team: int) -> None:
    event = stored_event()
    delete_event(db_session, replace(event, group_id=team))
    db_session.commit()
    assert stored(db_session, event.id).id == event.id


def test_events_end_with_their_team(db_session: Db, team: int) -> None:
    vera, event = volunteer(team), stored_event(group_id=team)
    EventVolunteerFactory(event_id=event.id, group_id=team, user_id=vera)
    end_group(db_session, team)
    db_session.commit()
    assert (db_session.query(Event).count(), db_session.query(EventVolunteer).count()) == (0, 0)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("zone", "gone"),
    [
        ("Pacific/Kiritimati", datetime(2027, 6, 12, 10, tzinfo=UTC)),
        ("UTC", datetime(2027, 6, 13, tzinfo=UTC)),
        ("Pacific/Pago_Pago", datetime(2027, 6, 13, 11, tzinfo=UTC)),
        ("Etc/GMT+12", datetime(2027, 6, 13, 12, tzinfo=UTC)),
    ],
)
def test_an_event_that_nobody_closed_is_deleted_ninety_days_after_its_day_on_its_clocks(
    db_session: Db, team: int, zone: str, gone: datetime
) -> None:
    stored_event(group_id=team, zone=zone)
    later = stored_event(group_id=team, zone=zone, day=date(2027, 3, 15))
    assert purge_events(db_session, gone - timedelta(seconds=1)) == 0
    assert purge_events(db_session, gone) == 1
    db_session.commit()
    assert db_session.scalars(select(Event.id)).all() == [later.id]


def test_a_closed_event_is_deleted_ninety_days_after_it_was_closed(db_session: Db, team: int) -> None:
    closed = NOON - timedelta(days=2)
    event = stored_event(group_id=team, day=date(2020, 1, 1), closed_at=closed)
    assert purge_events(db_session, closed + KEPT - timedelta(seconds=1)) == 0
    assert stored(db_session, event.id)
    assert purge_events(db_session, closed + KEPT) == 1
    db_session.commit()


def test_of_an_event_that_was_closed_early_what_was_kept_goes_first(db_session: Db, team: int) -> None:
    vera, closed = volunteer(team), NOON - KEPT
    event = stored_event(group_id=team, day=NOON.date(), closed_at=closed)
    EventVolunteerFactory(event_id=event.id, group_id=team, user_id=vera, expected=True, name="Vera", ready=True)
    assert purge_events(db_session, NOON) == 0
    db_session.commit()
    kept = db_session.execute(select(EventVolunteer.expected, EventVolunteer.name, EventVolunteer.ready)).all()
    assert kept == [(True, None, None)]


def test_nothing_is_made_or_changed_in_a_team_that_was_archived_meanwhile(db_session: Db, team: int) -> None:
    event = stored_event(group_id=team)
    db_session.get_one(Group, team).archived_at = NOON
    db_session.commit()
    with pytest.raises(GroupArchived):
        create_event(db_session, team, PLAN, (), NOON)
    db_session.rollback()
    with pytest.raises(GroupArchived):
        change_event(db_session, event, 1, PLAN, ())


def test_the_usual_round_of_deletions_deletes_events(app: Flask) -> None:
    assert purge_events in registered_purges()


def test_what_is_to_come_is_not_deleted_with_what_is_over(db_session: Db, team: int) -> None:
    for number in range(40):
        day = NOON.date() - timedelta(days=number * 5)
        EventFactory(group_id=team, day=day, closed_at=NOON - timedelta(days=number * 5) if number % 2 else None)
    gone = purge_events(db_session, NOON)
    db_session.commit()
    left = db_session.scalars(select(Event.day)).all()
    assert gone == 40 - len(left) == 21
    assert min(left) > NOON.date() - timedelta(days=91)


@pytest.mark.both_databases
def test_of_two_who_change_it_at_once_one_is_told(people: People) -> None:
    with people.app.app_context():
        event = stored_event()
    engine, together = people.engine, Barrier(2)

    def change(number: int) -> bool:
        with Session(engine) as session:
            together.wait()
            try:
                change_event(session, event, 1, replace(PLAN, title=f"By {number}"), ())
            except StaleEvent:
                session.rollback()
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(change, range(2))) == [False, True]
    with people.app.app_context():
        assert db.session.scalar(select(func.max(Event.version))) == 2


def test_an_event_that_goes_on_is_not_locked_as_a_closed_one(db_session: Db, team: int) -> None:
    event = stored_event(group_id=team)
    assert lock_event(db_session, event).id == event.id
    with pytest.raises(StaleEvent):
        lock_event(db_session, event, closed=True)
    db_session.rollback()
