"""Event actions: make, change and delete an event, and delete those whose time is over.

Each function runs in the caller's transaction and leaves its commit to the caller. What makes or changes an event locks
the row of the team first, so that whoever leaves it meanwhile is not expected, and nothing is planned once it is
archived.
"""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, func, select, update

from learnapp.database.db import AnySession, begin_write, execute, insert
from learnapp.groups.errors import GroupArchived, GroupEnded
from learnapp.groups.membership.service import lock_group
from learnapp.groups.models import MEMBER, Membership
from learnapp.teams.errors import EventClosed, StaleEvent, TooManyEvents
from learnapp.teams.events.values import EventPlan, TeamEvent
from learnapp.teams.models import KEPT, Event, EventVolunteer

MOST_EVENTS = 100


def create_event(session: AnySession, group_id: int, plan: EventPlan, expected: Collection[int], now: datetime) -> int:
    """Make an event of a team, and return its id; raises GroupEnded, GroupArchived, TooManyEvents."""
    _lock_team(session, group_id)
    of_team = select(func.count(Event.id)).where(Event.group_id == group_id)
    if (session.scalar(of_team) or 0) >= MOST_EVENTS:
        raise TooManyEvents
    event = Event(group_id=group_id, created_at=now, **asdict(plan))
    session.add(event)
    session.flush()
    _expect(session, group_id, event.id, expected)
    return event.id


def change_event(
    session: AnySession, event: TeamEvent, version: int, plan: EventPlan, expected: Collection[int]
) -> None:
    """Store what a coordinator chose who saw this version; raises StaleEvent, EventClosed, GroupArchived."""
    locked = lock_event(session, event)
    if locked.version != version:
        raise StaleEvent
    for name, value in asdict(plan).items():
        setattr(locked, name, value)
    locked.version += 1
    _expect(session, event.group_id, event.id, expected)


def delete_event(session: AnySession, event: TeamEvent) -> None:
    """Delete an event with all that is stored of its volunteers."""
    begin_write(session)
    session.execute(delete(Event).where(Event.id == event.id, Event.group_id == event.group_id))


def lock_event(session: AnySession, event: TeamEvent, *, closed: bool = False) -> Event:
    """Return an event that is open, or with `closed` one that is not, locked with its team.

    Raises StaleEvent where it is gone or goes on already, EventClosed where it was to be open, GroupArchived,
    GroupEnded.
    """
    _lock_team(session, event.group_id)
    locked = session.scalar(select(Event).where(Event.id == event.id).with_for_update())
    if locked is None or (closed and locked.closed_at is None):
        raise StaleEvent
    if locked.closed_at is not None and not closed:
        raise EventClosed
    return locked


def purge_events(session: AnySession, now: datetime) -> int:
    """Forget what was kept of events that were closed long ago, delete those whose time is over, return how many.

    Their days end in zones of their own.
    """
    begin_write(session)
    closed = EventVolunteer.event_id.in_(select(Event.id).where(Event.closed_at <= now - KEPT))
    session.execute(update(EventVolunteer).where(closed).values(name=None, ready=None))
    old = select(Event).where(Event.day <= (now - KEPT).date()).with_for_update()
    over = [event.id for event in session.scalars(old) if event_value(event).gone_at <= now]
    return execute(session, delete(Event).where(Event.id.in_(over)), {}).rowcount


def _lock_team(session: AnySession, group_id: int) -> None:
    team = lock_group(session, group_id)
    if team is None:
        raise GroupEnded
    if team.archived_at is not None:
        raise GroupArchived


def event_value(event: Event) -> TeamEvent:
    """Return a stored event as a frozen value."""
    return TeamEvent(**{name: getattr(event, name) for name in TeamEvent.__dataclass_fields__})


def _expect(session: AnySession, group_id: int, event_id: int, expected: Collection[int]) -> None:
    """Expect these members of a team that is locked; what else is noted of somebody stays."""
    members = (Membership.group_id == group_id) & (Membership.role == MEMBER) & Membership.user_id.in_(expected)
    here = set(session.scalars(select(Membership.user_id).where(members)))
    own = EventVolunteer.event_id == event_id
    session.execute(update(EventVolunteer).where(own).values(expected=False))
    for user_id in sorted(here):
        row = insert(session, EventVolunteer).values(
            event_id=event_id, user_id=user_id, group_id=group_id, expected=True
        )
        session.execute(row.on_conflict_do_update(index_elements=["event_id", "user_id"], set_={"expected": True}))
