"""Events in the database: those of a team, those that somebody is expected at, and one with the team around it."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from learnapp.accounts.own_data.rows import Rows
from learnapp.database.db import LARGEST_ID, AnySession, execute, table_of
from learnapp.groups.models import MEMBER, Group, Membership
from learnapp.groups.store import SUMMARY_COLUMNS
from learnapp.groups.values import GroupSummary
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.models import Event, EventVolunteer

_EVENTS, _VOLUNTEERS, _MEMBERSHIPS = table_of(Event), table_of(EventVolunteer), table_of(Membership)
_GROUPS = table_of(Group)
EVENT_COLUMNS = tuple(_EVENTS.c[field.name] for field in fields(TeamEvent))
_OF_TEAM: Select[*tuple[Any, ...]] = (
    select(*EVENT_COLUMNS).where(_EVENTS.c.group_id == bindparam("group")).order_by(_EVENTS.c.day, _EVENTS.c.starts)
)
# An event and its team, as one person in it sees them.
_WITH_TEAM: Select[*tuple[Any, ...]] = (
    select(*EVENT_COLUMNS, *SUMMARY_COLUMNS)
    .select_from(
        _EVENTS.join(_GROUPS, _GROUPS.c.id == _EVENTS.c.group_id).join(
            _MEMBERSHIPS, _MEMBERSHIPS.c.group_id == _EVENTS.c.group_id
        )
    )
    .where(
        _EVENTS.c.id == bindparam("event"),
        _EVENTS.c.group_id == bindparam("group"),
        _MEMBERSHIPS.c.user_id == bindparam("user"),
    )
)
_OWN_ROW = (_VOLUNTEERS.c.event_id == _EVENTS.c.id) & (_VOLUNTEERS.c.user_id == _MEMBERSHIPS.c.user_id)
_IS_EXPECTED = or_(_EVENTS.c.for_all, _VOLUNTEERS.c.expected)
_EXPECTING = (
    select(*EVENT_COLUMNS)
    .select_from(
        _MEMBERSHIPS.join(_GROUPS, _GROUPS.c.id == _MEMBERSHIPS.c.group_id)
        .join(_EVENTS, _EVENTS.c.group_id == _MEMBERSHIPS.c.group_id)
        .outerjoin(_VOLUNTEERS, _OWN_ROW)
    )
    .where(
        _MEMBERSHIPS.c.user_id == bindparam("user"),
        _MEMBERSHIPS.c.role == MEMBER,
        _GROUPS.c.archived_at.is_(None),
        _EVENTS.c.closed_at.is_(None),
        _EVENTS.c.day >= bindparam("since"),
        _IS_EXPECTED,
    )
    .order_by(_EVENTS.c.day, _EVENTS.c.starts, _EVENTS.c.id)
)
_EXPECTED = select(_VOLUNTEERS.c.user_id).where(_VOLUNTEERS.c.event_id == bindparam("event"), _VOLUNTEERS.c.expected)
_TITLES = select(_EVENTS.c.id, _EVENTS.c.title).where(_EVENTS.c.id.in_(bindparam("events", expanding=True)))


def events_of(session: AnySession, group_id: int) -> list[TeamEvent]:
    """Return the events of a team, the earliest first."""
    return [TeamEvent(*row) for row in execute(session, _OF_TEAM, {"group": group_id})]


def find_event(
    session: AnySession, user_id: int, group_id: int, event_id: int
) -> tuple[GroupSummary, TeamEvent] | None:
    """Return an event with its team as this person sees it, None where it is another's or missing."""
    if not 0 < event_id <= LARGEST_ID:
        return None
    row = execute(session, _WITH_TEAM, {"user": user_id, "group": group_id, "event": event_id}).first()
    if row is None:
        return None
    size = len(EVENT_COLUMNS)
    return GroupSummary(*row[size:]), TeamEvent(*row[:size])


def events_expecting(session: AnySession, user_id: int, since: date) -> list[TeamEvent]:
    """Return the open events, of that day or later, at which their coordinators expect somebody."""
    return [TeamEvent(*row) for row in execute(session, _EXPECTING, {"user": user_id, "since": since})]


def expected_of(session: AnySession, event_id: int) -> frozenset[int]:
    """Return the ids of those who are expected, where not everybody is."""
    return frozenset(execute(session, _EXPECTED, {"event": event_id}).scalars())


def with_event_titles(session: AnySession, _user_id: int, rows: Rows) -> Rows:
    """Return a person's rows of events with what these are called, and without whose account noted something."""
    ids = sorted({row["event_id"] for row in rows})
    titles: Iterable[Any] = execute(session, _TITLES, {"events": ids}).all() if ids else ()
    found = dict(titles)
    return [{**row, "event": found[row["event_id"]], "partnered_by": None} for row in rows]
