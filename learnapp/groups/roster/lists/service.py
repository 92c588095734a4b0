"""List actions: stage a list, carry it out, undo that.

Each function runs in the caller's transaction and leaves its commit to the caller. The group's row is locked first,
then the list's, so that the same list is carried out once.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select

from learnapp.accounts.errors import InvalidInput, NameTaken
from learnapp.accounts.models import User
from learnapp.accounts.names import rules as names
from learnapp.accounts.own_data import rows
from learnapp.config.settings import current_settings
from learnapp.database.db import AnySession, begin_write
from learnapp.groups.errors import GroupArchived, GroupFull
from learnapp.groups.membership.invitations import invite
from learnapp.groups.membership.service import accounts_used, end_membership, lock_led_group
from learnapp.groups.models import MEMBER, Invitation, Membership
from learnapp.groups.roster.lists import store
from learnapp.groups.roster.lists.errors import ListEnded
from learnapp.groups.roster.lists.preview import INVITED, NEW, preview_of
from learnapp.groups.roster.lists.values import ListPreview, PeopleList, StagedList, StagedPerson
from learnapp.groups.roster.models import RosterImport
from learnapp.groups.roster.service import make_accounts
from learnapp.groups.roster.user_names import propose_names
from learnapp.groups.roster.values import NewAccount

STAGED_AT_ONCE = 5  # of one leader in one group


def stage_list(session: AnySession, group_id: int, leader_id: int, found: PeopleList, now: datetime) -> int:
    """Keep a list for its preview, for an hour, and return its number; of a leader's older ones the newest stay.

    The same list is kept once.
    """
    staged = StagedList(
        found.format,
        found.class_name,
        found.without_classes,
        found.not_taken,
        tuple(
            StagedPerson(
                one.row,
                one.full_name,
                "",
                one.user_name,
                one.email,
                () if one.left_out else store.list_keys(group_id, one),
                one.left_out,
                one.said,
            )
            for one in found.people
        ),
        found.problems,
    )
    begin_write(session)
    listed = store.write_staged(_with_names(session, staged))
    older = session.scalars(store.staged_lists(group_id, leader_id)).all()
    same = next((row for row in older if row.listed == listed), None)
    if same is not None:  # sent twice, or after going back
        same.read_at = now
        return same.id
    for row in older[STAGED_AT_ONCE - 1 :]:
        session.delete(row)
    made = RosterImport(group_id=group_id, user_id=leader_id, listed=listed, added={}, read_at=now)
    session.add(made)
    session.flush()
    return made.id


def preview_list(session: AnySession, group_id: int, staged: StagedList, now: datetime) -> ListPreview:
    """Return what a list comes to at this moment."""
    return preview_of(staged, store.read_state(session, group_id, staged, now))


def apply_list(session: AnySession, group_id: int, leader_id: int, list_id: int, digest: str, now: datetime) -> bool:
    """Carry a list out as its preview showed it, all or nothing; tell whether it is carried out, now or before.

    It is not where anything is no longer as it was shown: then only user names that somebody has taken since are made
    anew, for the next preview. Raises ListEnded, GroupArchived.
    """
    group = lock_led_group(session, group_id, leader_id)
    row = store.lock_list(session, group_id, leader_id, list_id)
    if group is None or row is None:
        raise ListEnded
    if row.applied_at is not None:
        return True
    if row.read_at <= now - store.STAGED_LASTS:
        raise ListEnded
    if group.archived_at is not None:
        raise GroupArchived
    staged = store.read_staged(row.listed)
    state = store.read_state(session, group_id, staged, now)
    preview = preview_of(staged, state)
    new = preview.of(NEW)
    if preview.digest != digest or preview.has_problems or any(one.person.account_name in state.taken for one in new):
        return _name_again(session, row, staged)
    accounts = [NewAccount(one.person.account_name, one.person.full_name, one.person.keys[0]) for one in new]
    try:
        made = make_accounts(session, group_id, leader_id, accounts, now)
    except (NameTaken, GroupFull):  # a moment ago, by somebody else
        made = None
    if made is None:
        return _name_again(session, row, staged)
    invited = []
    for one in preview.of(INVITED):
        if one.account and invite(
            session, group_id, one.account, MEMBER, now, one.person.full_name, one.person.keys[0]
        ):
            invited.append(one.account)
    row.listed, row.applied_at = {}, now
    row.added = {"accounts": list(made), "invited": invited}
    return True


def undo_list(session: AnySession, group_id: int, leader_id: int, list_id: int, now: datetime) -> list[int]:
    """Take back what a list has done; return the accounts that were deleted, as nobody had used them.

    Whoever has used their account keeps it, outside of the group. Raises ListEnded after a day.
    """
    group = lock_led_group(session, group_id, leader_id)
    row = store.lock_list(session, group_id, leader_id, list_id)
    if group is None or row is None or row.applied_at is None or row.applied_at <= now - store.UNDO_LASTS:
        raise ListEnded
    made, invited = row.added["accounts"], row.added["invited"]
    still = session.scalars(
        select(Membership.user_id).where(Membership.group_id == group_id, Membership.user_id.in_(made))
    ).all()
    # Locked first: whoever comes in at this moment has done so and keeps their account, or waits and finds none.
    session.scalars(select(User.id).where(User.id.in_(still)).order_by(User.id).with_for_update()).all()
    used = accounts_used(session, still)
    for user_id in still:
        if user_id in used:
            end_membership(session, group_id, user_id)
    unused = [user_id for user_id in still if user_id not in used]
    rows.erase(session, unused)
    session.execute(delete(Invitation).where(Invitation.group_id == group_id, Invitation.user_id.in_(invited)))
    session.delete(row)
    return unused


def _name_again(session: AnySession, row: RosterImport, staged: StagedList) -> Literal[False]:
    """Give the rows of a list that is not carried out other user names where somebody has taken them since."""
    row.listed = store.write_staged(_with_names(session, staged))
    return False


def _with_names(session: AnySession, staged: StagedList) -> StagedList:
    """Return a list with a user name for each account that it would make, none of them anybody's.

    The list's own name is taken where it may be one and is free.
    """
    offered = [one for one in staged.people if not one.left_out]
    wanted = {one.row: _wanted_name(one) for one in offered}
    taken = store.taken_names(session, [name for name in wanted.values() if name])
    looks: set[str] = set()
    chosen: dict[int, str] = {}
    for one in offered:
        name = wanted[one.row]
        if name and name not in taken and names.look_key(name) not in looks:
            chosen[one.row] = name
            looks.add(names.look_key(name))

    def find_taken(some: Sequence[str]) -> set[str]:
        return store.taken_names(session, some) | {name for name in some if names.look_key(name) in looks}

    unnamed = [one for one in offered if one.row not in chosen]
    site = current_settings().site_name
    proposed = propose_names([one.full_name for one in unnamed], find_taken, site)
    chosen |= {one.row: name for one, name in zip(unnamed, proposed, strict=True)}
    people = tuple(replace(one, account_name=chosen.get(one.row, "")) for one in staged.people)
    return replace(staged, people=people)


def _wanted_name(person: StagedPerson) -> str:
    """Return the user name that the list has for somebody, "" where it can be none here."""
    try:
        return names.validate_name(person.user_name, site=current_settings().site_name)
    except InvalidInput:
        return ""
