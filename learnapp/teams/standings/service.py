"""Standings of an event: worked out while it is open, kept as it is closed; and that somebody comes with a partner.

What changes something runs in the caller's transaction and leaves its commit to the caller.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from learnapp.content.catalog import Catalog
from learnapp.database.db import AnySession, insert
from learnapp.groups.membership.service import row_of
from learnapp.groups.models import MEMBER, Membership
from learnapp.learning.attempts.release import release_results
from learnapp.teams.errors import StaleEvent
from learnapp.teams.events.service import event_value, lock_event
from learnapp.teams.events.values import TeamEvent
from learnapp.teams.models import EventVolunteer
from learnapp.teams.standings.facts import EventRule
from learnapp.teams.standings.store import VolunteerFacts, expected_volunteers, volunteer_facts
from learnapp.teams.standings.values import EventStandings, ExpectedVolunteer, KeptStanding


def event_standings(
    session: AnySession,
    catalog: Catalog,
    event: TeamEvent,
    volunteers: Sequence[ExpectedVolunteer],
    zone: str,
    now: datetime,
) -> EventStandings | None:
    """Return how those who are expected stand for an event, None where its program is not in the course any more.

    Once it has begun, what was done later does not count. `zone` is the organization's.
    """
    program = catalog.program_by_name(event.program)
    if program is None:
        return None
    rule = EventRule(catalog, program, event, zone, now)
    people, until = [one.user_id for one in volunteers], min(now, event.moment)
    facts = volunteer_facts(session, program, rule.lessons, people, until, past=until < now)
    found = [rule.standing(one, facts.get(one.user_id, VolunteerFacts())) for one in volunteers]
    return EventStandings(found, [user_id for user_id, own in facts.items() if own.sealed])


def close_event(session: AnySession, catalog: Catalog, event: TeamEvent, zone: str, now: datetime) -> None:
    """Keep of each volunteer the name and whether they are ready, and end the event.

    They get the results that are due before. Raises StaleEvent, EventClosed.
    """
    locked = lock_event(session, event)
    event = event_value(locked)  # as somebody may have changed it since the page was made
    people = expected_volunteers(session, catalog, event)
    release_results(session, [one.user_id for one in people], now)
    found = event_standings(session, catalog, event, people, zone, now)
    if found is None:  # its program is gone, and its page offers no closing
        raise StaleEvent
    rows = [
        {"event_id": event.id, "user_id": one.user_id, "group_id": event.group_id, "name": one.name,
         "ready": one.standing == "ready"}
        for one in found.volunteers
    ]  # fmt: skip
    if rows:
        kept = insert(session, EventVolunteer)
        of_row = {name: kept.excluded[name] for name in ("name", "ready")}
        session.execute(kept.on_conflict_do_update(index_elements=["event_id", "user_id"], set_=of_row), rows)
    locked.closed_at = now
    locked.version += 1


def reopen_event(session: AnySession, event: TeamEvent) -> None:
    """Let an event go on that was closed before its day was over, and forget what was kept; raises StaleEvent."""
    locked = lock_event(session, event, closed=True)
    session.execute(update(EventVolunteer).where(EventVolunteer.event_id == event.id).values(name=None, ready=None))
    locked.closed_at = None
    locked.version += 1


def kept_standings(volunteers: Sequence[ExpectedVolunteer]) -> list[KeptStanding]:
    """Return what was kept of those who are still in the team, by name."""
    return [
        KeptStanding(one.kept_name, bool(one.kept_ready), one.partnered_at is not None and not one.kept_ready)
        for one in volunteers
        if one.kept_name is not None
    ]


def note_partner(session: AnySession, event: TeamEvent, user_id: int, by: int, now: datetime | None) -> None:
    """Note that a volunteer comes with an experienced partner, and who says so; with no moment take that back.

    Raises StaleEvent where they are in the team no more, EventClosed.
    """
    lock_event(session, event)
    member = row_of(Membership, event.group_id, user_id) & (Membership.role == MEMBER)
    if session.scalar(select(Membership.user_id).where(member)) is None:
        raise StaleEvent
    noted = {"partnered_at": now, "partnered_by": by if now else None}
    row = insert(session, EventVolunteer).values(event_id=event.id, user_id=user_id, group_id=event.group_id, **noted)
    session.execute(row.on_conflict_do_update(index_elements=["event_id", "user_id"], set_=noted))
