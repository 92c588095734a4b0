"""An event is closed once: what was known of each then is kept; and somebody comes with an experienced partner."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from learnapp.accounts.models import User
from learnapp.accounts.own_data.rows import erase
from learnapp.content.catalog import Catalog
from learnapp.database.db import AnySession, db
from learnapp.groups.membership.service import end_membership
from learnapp.groups.models import LEADER, Membership
from learnapp.learning.models import Progress
from learnapp.teams.errors import EventClosed, StaleEvent
from learnapp.teams.events.service import change_event, delete_event, event_value
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.models import Event, EventVolunteer
from learnapp.teams.standings.service import close_event, event_standings, kept_standings, note_partner, reopen_event
from learnapp.teams.standings.store import expected_volunteers
from learnapp.teams.standings.values import KeptStanding
from tests.actors.people import People
from tests.actors.teams import PLAN, stored_event
from tests.actors.training import ZONE, Db, certified
from tests.courses.training import program, training_course
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import MembershipFactory
from tests.factories.teams import EventVolunteerFactory

HOUR = timedelta(hours=1)
CATALOG = training_course()


@pytest.fixture
def event(db_session: Db) -> TeamEvent:
    """Give an event of March, with Vera, who is ready for it, and Ben, who is not, in its team."""
    return stored_event()


@pytest.fixture
def vera(db_session: Db, event: TeamEvent) -> int:
    user_id: int = UserFactory(name="Vera").id
    MembershipFactory(group_id=event.group_id, user_id=user_id)
    certified(db_session, CATALOG, user_id, NOON - HOUR)
    return user_id


@pytest.fixture
def ben(db_session: Db, event: TeamEvent) -> int:
    user_id: int = UserFactory(name="Ben").id
    MembershipFactory(group_id=event.group_id, user_id=user_id)
    return user_id


@pytest.fixture
def cora(db_session: Db, event: TeamEvent) -> int:
    user_id: int = UserFactory(name="Cora", role="coordinator").id
    MembershipFactory(group_id=event.group_id, user_id=user_id, role=LEADER)
    return user_id


def close(session: AnySession, event: TeamEvent, catalog: Catalog = CATALOG) -> None:
    close_event(session, catalog, event, ZONE, NOON)
    session.commit()


def now_stored(session: AnySession, event: TeamEvent) -> TeamEvent:
    return event_value(session.get_one(Event, event.id))


def kept(session: AnySession, event: TeamEvent) -> list[KeptStanding]:
    return kept_standings(expected_volunteers(session, CATALOG, now_stored(session, event)))


def notes(session: AnySession) -> dict[int, EventVolunteer]:
    session.expire_all()
    return {row.user_id: row for row in session.scalars(select(EventVolunteer))}


def test_what_was_known_as_it_was_closed_is_kept_by_name(db_session: Db, event: TeamEvent, vera: int, ben: int) -> None:
    close(db_session, event)
    assert kept(db_session, event) == [
        KeptStanding("Ben", ready=False, partnered=False),
        KeptStanding("Vera", ready=True, partnered=False),
    ]
    found = now_stored(db_session, event)
    assert (found.closed_at, found.version, found.forgotten_at) == (NOON, 2, NOON + timedelta(days=90))


def test_what_is_kept_does_not_change_with_training_or_a_name_afterwards(
    db_session: Db, event: TeamEvent, vera: int, ben: int
) -> None:
    close(db_session, event)
    before = kept(db_session, event)
    db_session.execute(delete(Progress).where(Progress.user_id == vera))
    db_session.execute(update(User).where(User.id == vera).values(name="Verena"))
    db_session.commit()
    certified(db_session, CATALOG, ben, NOON + HOUR)
    assert kept(db_session, event) == before


def test_who_joins_later_stands_in_no_list_that_was_kept(db_session: Db, event: TeamEvent, vera: int) -> None:
    close(db_session, event)
    MembershipFactory(group_id=event.group_id, user_id=UserFactory(name="Zoe").id)
    assert [one.name for one in kept(db_session, event)] == ["Vera"]


def test_only_those_who_were_expected_are_kept(db_session: Db, event: TeamEvent, vera: int, ben: int) -> None:
    change_event(db_session, event, 1, replace(PLAN, for_all=False), {ben})
    db_session.commit()
    close(db_session, now_stored(db_session, event))
    assert [one.name for one in kept(db_session, event)] == ["Ben"]
    assert set(notes(db_session)) == {ben}


def test_an_event_that_goes_on_has_forgotten_what_was_kept(
    db_session: Db, event: TeamEvent, vera: int, ben: int, cora: int
) -> None:
    note_partner(db_session, event, ben, cora, NOON)
    close(db_session, event)
    reopen_event(db_session, now_stored(db_session, event))
    db_session.commit()
    assert [(row.name, row.ready) for row in notes(db_session).values()] == [(None, None)] * 2
    assert notes(db_session)[ben].partnered_at == NOON
    found = now_stored(db_session, event)
    assert (found.closed_at, found.version) == (None, 3)
    close(db_session, found)
    assert [one.partnered for one in kept(db_session, event)] == [True, False]


def test_what_goes_on_cannot_be_opened_again(db_session: Db, event: TeamEvent) -> None:
    with pytest.raises(StaleEvent):
        reopen_event(db_session, event)


def test_it_is_closed_as_somebody_else_has_just_made_it(db_session: Db, event: TeamEvent, vera: int, ben: int) -> None:
    change_event(db_session, event, 1, replace(PLAN, for_all=False), {ben})
    db_session.commit()
    close(db_session, event)  # by whoever has the older page
    assert set(notes(db_session)) == {ben}


def test_a_closed_event_refuses_every_change_and_a_deleted_one_is_stale(
    db_session: Db, event: TeamEvent, vera: int, cora: int
) -> None:
    close(db_session, event)
    refused: list[Callable[[], None]] = [
        lambda: close_event(db_session, CATALOG, event, ZONE, NOON),
        lambda: change_event(db_session, event, 2, PLAN, ()),
        lambda: note_partner(db_session, event, vera, cora, NOON),
    ]
    for change in refused:
        with pytest.raises(EventClosed):
            change()
        db_session.rollback()
    delete_event(db_session, event)
    db_session.commit()
    assert notes(db_session) == {}
    with pytest.raises(StaleEvent):
        close_event(db_session, CATALOG, event, ZONE, NOON)
    db_session.rollback()


def test_who_comes_with_a_partner_is_not_ready_by_that(
    db_session: Db, event: TeamEvent, vera: int, ben: int, cora: int
) -> None:
    for user_id in (vera, ben):
        note_partner(db_session, event, user_id, cora, NOON)
    db_session.commit()
    people = expected_volunteers(db_session, CATALOG, event)
    found = event_standings(db_session, CATALOG, event, people, ZONE, NOON)
    assert found is not None
    shown = [(one.name, one.standing, one.partnered, one.partnered_by) for one in found.volunteers]
    assert shown == [("Ben", "not_yet", True, "Cora"), ("Vera", "ready", False, "Cora")]
    close(db_session, event)
    assert kept(db_session, event) == [
        KeptStanding("Ben", ready=False, partnered=True),
        KeptStanding("Vera", ready=True, partnered=False),
    ]


def test_a_partner_is_taken_back_with_whoever_noted_it(db_session: Db, event: TeamEvent, ben: int, cora: int) -> None:
    note_partner(db_session, event, ben, cora, NOON)
    note_partner(db_session, event, ben, cora, None)
    db_session.commit()
    assert (notes(db_session)[ben].partnered_at, notes(db_session)[ben].partnered_by) == (None, None)


def test_a_partner_stays_when_who_is_expected_changes(db_session: Db, event: TeamEvent, ben: int, cora: int) -> None:
    note_partner(db_session, event, ben, cora, NOON)
    change_event(db_session, event, 1, replace(PLAN, for_all=False), {ben})
    db_session.commit()
    assert (notes(db_session)[ben].expected, notes(db_session)[ben].partnered_by) == (True, cora)


def test_nothing_is_noted_of_who_left_or_leads(db_session: Db, event: TeamEvent, ben: int, cora: int) -> None:
    end_membership(db_session, event.group_id, ben)
    db_session.commit()
    for user_id in (ben, cora, 2**31 - 1):
        with pytest.raises(StaleEvent):
            note_partner(db_session, event, user_id, cora, NOON)
        db_session.rollback()


@pytest.mark.both_databases
def test_who_leaves_or_goes_leaves_the_events_and_what_was_kept(
    db_session: Db, event: TeamEvent, vera: int, ben: int
) -> None:
    close(db_session, event)
    end_membership(db_session, event.group_id, vera)
    db_session.commit()
    assert set(notes(db_session)) == {ben}
    erase(db_session, [ben])
    db_session.commit()
    assert notes(db_session) == {}
    assert kept(db_session, event) == []


def test_a_note_outlives_whoever_made_it_without_their_name(
    db_session: Db, event: TeamEvent, ben: int, cora: int
) -> None:
    note_partner(db_session, event, ben, cora, NOON)
    db_session.commit()
    erase(db_session, [cora])
    db_session.commit()
    assert (notes(db_session)[ben].partnered_at, notes(db_session)[ben].partnered_by) == (NOON, None)
    (shown,) = expected_volunteers(db_session, CATALOG, event)
    assert (shown.partnered_at, shown.partnered_by) == (NOON, None)


def test_an_event_without_its_program_is_not_closed(db_session: Db, event: TeamEvent, vera: int) -> None:
    with pytest.raises(StaleEvent):
        close(db_session, event, training_course(program("tea-other")))
    db_session.rollback()
    assert not now_stored(db_session, event).closed


@pytest.mark.both_databases(always=True)
def test_of_many_who_close_it_at_once_one_does(people: People) -> None:
    with people.app.app_context():
        event = stored_event()
        for name in ("Vera", "Ben"):
            MembershipFactory(group_id=event.group_id, user_id=people.add(name))
    engine, together = people.engine, Barrier(6)

    def close_it(_number: int) -> bool:
        with Session(engine) as session:
            together.wait()
            try:
                close_event(session, CATALOG, event, ZONE, NOON)
            except EventClosed:
                session.rollback()
                return False
            session.commit()
            return True

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(close_it, range(6))) == [False] * 5 + [True]
    with people.app.app_context():
        assert now_stored(db.session, event).version == 2
        assert len(notes(db.session)) == 2


def test_a_note_about_nobody_expected_changes_no_list(db_session: Db, event: TeamEvent, vera: int, ben: int) -> None:
    EventVolunteerFactory(event_id=event.id, group_id=event.group_id, user_id=vera, partnered_at=NOON)
    change_event(db_session, event, 1, replace(PLAN, for_all=False), {ben})
    db_session.commit()
    people = expected_volunteers(db_session, CATALOG, now_stored(db_session, event))
    assert [one.name for one in people] == ["Ben"]
    assert db_session.scalar(select(Membership.role).where(Membership.user_id == vera)) is not None
