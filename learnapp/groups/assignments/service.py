"""Assignment actions: assign, change, publish, archive, copy; what differs for one member.

Each function runs in the caller's transaction, which has found the group to be the leader's, and leaves its commit to
the caller. Raises GroupArchived where the group has ended.
"""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, update

from learnapp.database.db import AnySession, begin_write, execute, insert
from learnapp.groups.assignments.dates import ExtendedDates, shift_weeks
from learnapp.groups.assignments.errors import AssignmentChanged, MemberGone, TooManyAssignments
from learnapp.groups.assignments.models import DRAFT, PUBLISHED, Assignment, AssignmentMember, Extension
from learnapp.groups.assignments.store import assignments_of
from learnapp.groups.assignments.values import AssignmentPlan, AssignmentSummary
from learnapp.groups.errors import GroupArchived
from learnapp.groups.models import MEMBER, Group, Membership
from learnapp.groups.values import GroupSummary

# Drafts and archived ones, too: all of them stand on the page of the group, and none is deleted before it.
MOST_ASSIGNMENTS = 300


def assign(session: AnySession, group_id: int, plan: AssignmentPlan, now: datetime, *, publish: bool) -> int:
    """Store an assignment, published or as a draft, and return its id; raises TooManyAssignments."""
    _lock_group(session, group_id)
    of_group = select(func.count()).select_from(Assignment).where(Assignment.group_id == group_id)
    if (session.scalar(of_group) or 0) >= MOST_ASSIGNMENTS:
        raise TooManyAssignments
    row = Assignment(group_id=group_id, created_at=now, published_at=now if publish else None, **_columns(plan))
    row.state = PUBLISHED if publish else DRAFT
    session.add(row)
    session.flush()
    _store_recipients(session, row.id, group_id, plan)
    return row.id


def change(session: AnySession, assignment: AssignmentSummary, version: int, plan: AssignmentPlan) -> None:
    """Store what a leader has changed; raises AssignmentChanged where theirs was not the newest version."""
    _lock_group(session, assignment.group_id)
    newest = (Assignment.id == assignment.id) & (Assignment.version == version)
    values = {**_columns(plan), "version": version + 1}
    if execute(session, update(Assignment).where(newest).values(values), {}).rowcount != 1:
        raise AssignmentChanged
    _store_recipients(session, assignment.id, assignment.group_id, plan)


def set_state(session: AnySession, assignment: AssignmentSummary, state: str, now: datetime) -> None:
    """Publish an assignment, archive it, or bring it back as a draft; the first publication is remembered."""
    _lock_group(session, assignment.group_id)
    values: dict[str, object] = {"state": state, "version": Assignment.version + 1}
    if state == PUBLISHED and assignment.published_at is None:
        values["published_at"] = now
    changes = (Assignment.id == assignment.id) & (Assignment.state != state)
    session.execute(update(Assignment).where(changes).values(values))


def extend(
    session: AnySession,
    assignment: AssignmentSummary,
    user_id: int,
    extended: ExtendedDates,
    reason: str | None,
    now: datetime,
) -> None:
    """Store what differs for one member, in place of what may have differed before; raises MemberGone.

    Where nothing differs any more nothing stays.
    """
    _lock_group(session, assignment.group_id)
    if not _still_members(session, assignment.group_id, [user_id]):
        raise MemberGone
    if extended == ExtendedDates():
        remove_extension(session, assignment, user_id)
        return
    values = {**asdict(extended), "reason": reason, "changed_at": now}
    statement = insert(session, Extension).values(assignment_id=assignment.id, user_id=user_id, **values)
    session.execute(statement.on_conflict_do_update(index_elements=["assignment_id", "user_id"], set_=values))


def remove_extension(session: AnySession, assignment: AssignmentSummary, user_id: int) -> None:
    """Take back what differs for one member."""
    _lock_group(session, assignment.group_id)
    own = (Extension.assignment_id == assignment.id) & (Extension.user_id == user_id)
    session.execute(delete(Extension).where(own))


def set_standing_days(session: AnySession, group_id: int, user_id: int, days: int) -> None:
    """Let all dates of a member be later by so many days; raises MemberGone."""
    _lock_group(session, group_id)
    moves = update(Membership).where(_member(group_id, user_id))
    if execute(session, moves.values(standing_days=days), {}).rowcount != 1:
        raise MemberGone


def copy_assignment(
    session: AnySession,
    assignment: AssignmentSummary,
    from_group: GroupSummary,
    to_group: GroupSummary,
    weeks: int,
    now: datetime,
    recipients: frozenset[int] = frozenset(),
) -> int:
    """Store a draft of the same for a group, its dates later by so many weeks; return its id.

    For another group it is for all: nobody comes along. Raises TooManyAssignments.
    """
    chosen = shift_weeks(assignment.chosen, weeks, from_group.local_zone, to_group.local_zone)
    stays = from_group.id == to_group.id and bool(recipients)
    plan = AssignmentPlan(
        assignment.target_kind, assignment.target, not stays, recipients if stays else frozenset(), chosen
    )
    return assign(session, to_group.id, plan, now, publish=False)


def copy_assignments(
    session: AnySession, from_group: GroupSummary, to_group: GroupSummary, weeks: int, now: datetime
) -> None:
    """Give a group everything that is asked of another as drafts, dates later by so many weeks; never people."""
    asked = assignments_of(session, from_group.id, from_group.local_zone, DRAFT, PUBLISHED)
    for assignment in asked.assignments:
        copy_assignment(session, assignment, from_group, to_group, weeks, now)


def ask_for_help(session: AnySession, group_id: int, user_id: int, now: datetime) -> bool:
    """Note that a member would like help; tell whether the group takes such requests."""
    begin_write(session)
    takes = select(Group.id).where(Group.id == group_id, Group.takes_help_requests, Group.archived_at.is_(None))
    asks = update(Membership).where(_member(group_id, user_id), Membership.group_id.in_(takes))
    return execute(session, asks.values(help_asked_at=now), {}).rowcount == 1


def take_help_request_back(session: AnySession, group_id: int, user_id: int) -> None:
    """Forget that a member would like help."""
    begin_write(session)
    session.execute(update(Membership).where(_member(group_id, user_id)).values(help_asked_at=None))


def _member(group_id: int, user_id: int) -> ColumnElement[bool]:
    return (Membership.group_id == group_id) & (Membership.user_id == user_id) & (Membership.role == MEMBER)


def _lock_group(session: AnySession, group_id: int) -> None:
    """Keep the group as it is until the transaction ends, so that nothing is asked of one that has just ended."""
    begin_write(session)
    locked = select(Group.archived_at).where(Group.id == group_id).with_for_update()
    if session.execute(locked).scalar_one() is not None:
        raise GroupArchived


def _columns(plan: AssignmentPlan) -> dict[str, object]:
    about = {"target_kind": plan.target_kind, "target": plan.target, "for_all": plan.for_all}
    return {**about, **asdict(plan.chosen)}


def _store_recipients(session: AnySession, assignment_id: int, group_id: int, plan: AssignmentPlan) -> None:
    """Store to whom it goes: of those who were chosen the ones that are members at this moment."""
    session.execute(delete(AssignmentMember).where(AssignmentMember.assignment_id == assignment_id))
    members = _still_members(session, group_id, plan.recipients)
    session.add_all(AssignmentMember(assignment_id=assignment_id, user_id=user_id) for user_id in members)
    session.flush()


def _still_members(session: AnySession, group_id: int, user_ids: Iterable[int]) -> list[int]:
    members = (Membership.group_id == group_id) & (Membership.role == MEMBER)
    return sorted(session.scalars(select(Membership.user_id).where(members, Membership.user_id.in_(user_ids))))
