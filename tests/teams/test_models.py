"""Tables of teams: what must hold whatever is written, and what goes with what."""

from datetime import timedelta

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from learnapp.accounts.models import User
from learnapp.groups.models import TEAM, Group, Membership
from learnapp.teams.models import KEPT, LARGEST_PLACES, Event, EventVolunteer
from tests.actors.training import Db
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory
from tests.factories.teams import EventFactory, EventVolunteerFactory

pytestmark = pytest.mark.both_databases


@pytest.fixture
def event(db_session: Db) -> Event:
    """Give an event with Vera in it, noted by Cora."""
    group = GroupFactory(kind=TEAM).id
    vera, cora = UserFactory(name="Vera").id, UserFactory(name="Cora").id
    MembershipFactory(group_id=group, user_id=vera)
    made: Event = EventFactory(group_id=group)
    about = {"partnered_at": NOON, "partnered_by": cora}
    EventVolunteerFactory(event_id=made.id, group_id=group, user_id=vera, **about)
    return made


@pytest.mark.parametrize("places", [0, -1, LARGEST_PLACES + 1])
def test_an_event_wants_between_one_and_five_hundred(db_session: Db, event: Event, places: int) -> None:
    with pytest.raises(IntegrityError):
        EventFactory(group_id=event.group_id, places=places)
    db_session.rollback()
    assert EventFactory(group_id=event.group_id, places=LARGEST_PLACES).places == LARGEST_PLACES


def test_only_who_is_in_the_team_can_stand_at_its_event(db_session: Db, event: Event) -> None:
    cleo = UserFactory(name="Cleo").id
    with pytest.raises(IntegrityError):
        EventVolunteerFactory(event_id=event.id, group_id=event.group_id, user_id=cleo)
    db_session.rollback()


@pytest.mark.parametrize("table", [Event, Membership, Group])
def test_what_is_stored_of_a_volunteer_goes_with_event_membership_and_team(
    db_session: Db, event: Event, table: type[Event | Membership | Group]
) -> None:
    assert db_session.query(EventVolunteer).count() == 1
    db_session.execute(delete(table))
    db_session.commit()
    assert db_session.query(EventVolunteer).count() == 0
    assert db_session.query(Event).count() == (table is Membership)


def test_a_note_stays_without_whoever_made_it_and_goes_with_the_volunteer(db_session: Db, event: Event) -> None:
    db_session.execute(delete(User).where(User.name == "Cora"))
    db_session.commit()
    assert [(row.partnered_at, row.partnered_by) for row in db_session.query(EventVolunteer)] == [(NOON, None)]
    db_session.execute(delete(User).where(User.name == "Vera"))
    db_session.commit()
    assert db_session.query(EventVolunteer).count() == 0


def test_what_is_kept_is_said_to_be_kept_as_long_as_it_is(db_session: Db, event: Event) -> None:
    assert timedelta(days=90) == KEPT
    for column in Event.__table__.columns:
        assert "90 days after its day, or after it was closed" in column.info["keep"]
    for name in ("name", "ready"):
        assert "90 days after the event was closed" in EventVolunteer.__table__.c[name].info["keep"]
