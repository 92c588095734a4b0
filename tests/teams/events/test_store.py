"""Events in the database: those of a team, one as somebody in it sees it, and what a person's own data says of them."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from learnapp.groups.models import LEADER, TEAM, Group
from learnapp.teams.events.store import events_expecting, events_of, expected_of, find_event, with_event_titles
from learnapp.teams.models import EventVolunteer
from tests.actors.teams import stored_event
from tests.actors.training import Db
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory
from tests.factories.teams import EventVolunteerFactory

TODAY = NOON.date()


@pytest.fixture
def team(db_session: Db) -> int:
    number: int = GroupFactory(kind=TEAM).id
    return number


@pytest.fixture
def vera(team: int) -> int:
    return volunteer(team, "Vera")


def volunteer(team: int, name: str, **about: Any) -> int:
    user_id: int = UserFactory(name=name).id
    MembershipFactory(group_id=team, user_id=user_id, **about)
    return user_id


def test_events_come_in_the_order_of_time(db_session: Db, team: int) -> None:
    late = stored_event(group_id=team, starts=time(18))
    early = stored_event(group_id=team, starts=time(9))
    first = stored_event(group_id=team, day=date(2026, 12, 1))
    stored_event()
    assert events_of(db_session, team) == [first, early, late]


def test_an_event_is_found_by_who_is_in_its_team_and_under_its_team_only(db_session: Db, team: int, vera: int) -> None:
    event, other = stored_event(group_id=team), stored_event()
    cora, cleo = volunteer(team, "Cora", role=LEADER), volunteer(other.group_id, "Cleo")
    for user_id, leads in ((vera, False), (cora, True)):
        found = find_event(db_session, user_id, team, event.id)
        assert found is not None
        assert (found[0].id, found[0].led, found[0].is_team, found[1]) == (team, leads, True, event)
    for user_id, group, number in (
        (cleo, team, event.id),
        (cleo, other.group_id, event.id),
        (vera, other.group_id, event.id),
        (vera, other.group_id, other.id),
        (vera, team, other.id),
        (vera, team, 0),
        (vera, team, 2**31),
        (vera, team, 2**70),
    ):
        assert find_event(db_session, user_id, group, number) is None


def test_those_who_are_expected_find_what_is_to_come(db_session: Db, team: int, vera: int) -> None:
    ben, cora = volunteer(team, "Ben"), volunteer(team, "Cora", role=LEADER)
    everybody = stored_event(group_id=team, day=TODAY)
    some = stored_event(group_id=team, day=TODAY + timedelta(days=1), for_all=False)
    stored_event(group_id=team, day=TODAY - timedelta(days=1))
    stored_event(group_id=team, day=TODAY, closed_at=NOON)
    stored_event(day=TODAY)  # of another team
    EventVolunteerFactory(event_id=some.id, group_id=team, user_id=vera, expected=True)
    EventVolunteerFactory(event_id=some.id, group_id=team, user_id=ben, partnered_at=NOON)
    assert events_expecting(db_session, vera, TODAY) == [everybody, some]
    assert events_expecting(db_session, ben, TODAY) == [everybody]
    assert events_expecting(db_session, cora, TODAY) == []
    assert events_expecting(db_session, UserFactory(name="Cleo").id, TODAY) == []
    assert expected_of(db_session, some.id) == {vera}
    db_session.execute(update(Group).where(Group.id == team).values(archived_at=NOON))
    db_session.commit()
    assert events_expecting(db_session, vera, TODAY) == []


def test_a_person_s_own_rows_name_the_event_and_nobody_else(db_session: Db, team: int, vera: int) -> None:
    cora, event = volunteer(team, "Cora", role=LEADER), stored_event(group_id=team)
    note = EventVolunteerFactory(
        event_id=event.id, group_id=team, user_id=vera, partnered_at=NOON, partnered_by=cora, name="Vera", ready=True
    )
    row = {column.name: getattr(note, column.name) for column in EventVolunteer.__table__.columns}
    (shown,) = with_event_titles(db_session, vera, [row])
    assert shown == {**row, "event": "Open day", "partnered_by": None}
    assert with_event_titles(db_session, vera, []) == []
