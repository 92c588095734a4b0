"""Lists in the database: what was staged, and what decides about its rows."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, cast

from sqlalchemy import Select, delete, or_, select

from learnapp.accounts.email.addresses import email_key
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.config.derived_keys import keyed_digests
from learnapp.config.settings import current_settings
from learnapp.database.db import AnySession, begin_write, execute
from learnapp.groups.membership.invitations import LASTS as INVITATION_LASTS
from learnapp.groups.models import LEADER, MEMBER, Group, Invitation, Membership
from learnapp.groups.roster.lists.values import (
    AppliedList,
    ClassState,
    ListedPerson,
    ListProblem,
    StagedList,
    StagedPerson,
)
from learnapp.groups.roster.models import RosterImport
from learnapp.groups.roster.store import find_taken
from learnapp.web.login import GUEST

STAGED_LASTS, UNDO_LASTS = timedelta(hours=1), timedelta(days=1)
AT_ONCE = 400  # values of one statement


def find_staged(session: AnySession, group_id: int, leader_id: int, list_id: int, now: datetime) -> StagedList | None:
    """Return a list that this leader brought to this group, None where it was carried out or its hour is over."""
    row = session.execute(
        select(RosterImport.listed).where(
            *_own(group_id, leader_id, list_id),
            RosterImport.applied_at.is_(None),
            RosterImport.read_at > now - STAGED_LASTS,
        )
    ).first()
    return read_staged(row.listed) if row else None


def find_applied(session: AnySession, group_id: int, leader_id: int, list_id: int, now: datetime) -> AppliedList | None:
    """Return a list that this leader has carried out, as long as that can be undone."""
    row = session.execute(
        select(RosterImport.added, RosterImport.applied_at).where(
            *_own(group_id, leader_id, list_id), RosterImport.applied_at > now - UNDO_LASTS
        )
    ).first()
    if row is None:
        return None
    return AppliedList(list_id, row.applied_at, tuple(row.added["accounts"]), tuple(row.added["invited"]))


def latest_applied(session: AnySession, group_id: int, leader_id: int, now: datetime) -> int | None:
    """Return the list that this leader carried out last, as long as that can be undone."""
    own = (RosterImport.group_id == group_id) & (RosterImport.user_id == leader_id)
    applied = select(RosterImport.id).where(own, RosterImport.applied_at > now - UNDO_LASTS)
    return session.scalar(applied.order_by(RosterImport.applied_at.desc(), RosterImport.id.desc()).limit(1))


def staged_lists(group_id: int, leader_id: int) -> Select[RosterImport]:
    """Return the statement for the lists that a leader has brought to a group and not carried out, newest first."""
    own = (RosterImport.group_id == group_id) & (RosterImport.user_id == leader_id)
    return select(RosterImport).where(own, RosterImport.applied_at.is_(None)).order_by(RosterImport.id.desc())


def lock_list(session: AnySession, group_id: int, leader_id: int, list_id: int) -> RosterImport | None:
    """Return a list's row, locked until the transaction ends."""
    begin_write(session)
    return session.scalar(select(RosterImport).where(*_own(group_id, leader_id, list_id)).with_for_update())


def read_state(session: AnySession, group_id: int, staged: StagedList, now: datetime) -> ClassState:
    """Return what decides about the rows of a list at this moment.

    Where everybody who comes may become a teacher no address is looked up: a list of them would tell who is here.
    """
    everybody_teaches = current_settings().teachers == "open"
    addresses = () if everybody_teaches else (one.email for one in staged.people if one.email)
    seats = session.scalar(select(Group.seats).where(Group.id == group_id)) or 0
    roles = dict(
        session.execute(select(Membership.user_id, Membership.role).where(Membership.group_id == group_id)).all()
    )
    invited = session.execute(
        select(Invitation.user_id, Invitation.list_key).where(
            Invitation.group_id == group_id, Invitation.invited_at > now - INVITATION_LASTS
        )
    ).all()
    listed = session.execute(
        select(Membership.user_id, Membership.list_key).where(Membership.group_id == group_id)
    ).all()
    by_key = {key: person for person, key in (*invited, *listed) if key}
    members = frozenset(person for person, role in roles.items() if role == MEMBER)
    return ClassState(
        members=members,
        leaders=frozenset(person for person, role in roles.items() if role == LEADER),
        invited=frozenset(person for person, _key in invited),
        by_key=by_key,
        by_email=_by_email(session, set(map(email_key, addresses))),
        by_name=_by_name(session, {names.key(one.user_name) for one in staged.people if one.user_name}),
        taken=frozenset(taken_names(session, [one.account_name for one in staged.people if one.account_name])),
        free_seats=max(0, seats - len(members)),
    )


def list_keys(group_id: int, person: ListedPerson) -> tuple[str, ...]:
    """Return the fingerprints of a person in the lists of a group: that of now, then those of former secrets."""
    return tuple(keyed_digests(f"people of group {group_id}", person.identity))


def listed_members(session: AnySession, group_id: int) -> Callable[[ListedPerson], int | None]:
    """Return a function that tells which member of a group its lists have brought as this person, None for nobody."""
    of_group = (Membership.group_id == group_id) & (Membership.role == MEMBER) & Membership.list_key.is_not(None)
    members = dict(session.execute(select(Membership.list_key, Membership.user_id).where(of_group)).all())
    return lambda person: next((members[key] for key in list_keys(group_id, person) if key in members), None)


def taken_names(session: AnySession, wanted: Sequence[str]) -> set[str]:
    """Return those names that somebody has, or that look like somebody's, however many are asked for."""
    return set().union(*(find_taken(session, some) for some in _in_parts(wanted)))


def write_staged(staged: StagedList) -> dict[str, Any]:
    """Return a list as it is stored."""
    return cast(dict[str, Any], json.loads(json.dumps(asdict(staged))))


def read_staged(listed: dict[str, Any]) -> StagedList:
    """Return a list as it was staged."""
    people = tuple(StagedPerson(**{**one, "keys": tuple(one["keys"])}) for one in listed["people"])
    problems = tuple(ListProblem(**one) for one in listed["problems"])
    return StagedList(**{**listed, "people": people, "problems": problems, "not_taken": tuple(listed["not_taken"])})


def purge_lists(session: AnySession, now: datetime) -> int:
    """Delete lists whose hour is over, and those that can be undone no longer; return how many."""
    begin_write(session)
    staged = RosterImport.applied_at.is_(None) & (RosterImport.read_at <= now - STAGED_LASTS)
    ended = or_(staged, RosterImport.applied_at <= now - UNDO_LASTS)
    return execute(session, delete(RosterImport).where(ended), {}).rowcount


def _own(group_id: int, leader_id: int, list_id: int) -> tuple[Any, ...]:
    return RosterImport.id == list_id, RosterImport.group_id == group_id, RosterImport.user_id == leader_id


def _by_email(session: AnySession, keys: Iterable[str]) -> dict[str, frozenset[int]]:
    found: dict[str, frozenset[int]] = {}
    for some in _in_parts(sorted(key for key in keys if key)):
        confirmed = User.email_key.in_(some) & User.email_confirmed_at.is_not(None) & (User.role != GUEST)
        for key, person in session.execute(select(User.email_key, User.id).where(confirmed)):
            found[str(key)] = found.get(str(key), frozenset()) | {person}
    return found


def _by_name(session: AnySession, keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _in_parts(sorted(key for key in keys if key)):
        rows = session.execute(select(User.name_key, User.id).where(User.name_key.in_(some)))
        found |= {str(key): person for key, person in rows}
    return found


def _in_parts(values: Sequence[str]) -> Iterator[list[str]]:
    remaining = iter(values)
    while some := list(islice(remaining, AT_ONCE)):
        yield some
