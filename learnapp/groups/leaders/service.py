"""Leader actions: invite somebody to lead along or instead, take that back, stop leading, remove another leader.

Each function runs in the caller's transaction and leaves its commit to the caller. The row of the group is locked by
whoever makes its leaders fewer, so that of the last two who leave at once one stays.
"""

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.orm import aliased

from learnapp.accounts.models import User
from learnapp.accounts.own_data.holds import Hold
from learnapp.database.db import AnySession, begin_write, execute
from learnapp.groups.errors import LastLeader
from learnapp.groups.membership.service import lock_group, row_of
from learnapp.groups.models import LEADER, Group, Invitation, Membership
from learnapp.web.login import LEADING_ROLES


def end_leadership(session: AnySession, group_id: int, user_id: int) -> bool:
    """Have somebody lead a group no more; tell whether they did. Raises LastLeader where nobody else may lead it.

    To whom they wanted to hand it over does not take their place any more.
    """
    lock_group(session, group_id)
    own = row_of(Membership, group_id, user_id) & (Membership.role == LEADER)
    if not session.scalar(select(exists().where(own))):
        return False
    if session.scalar(_groups_without(user_id).where(Group.id == group_id)):
        raise LastLeader
    session.execute(delete(Membership).where(own))
    session.execute(delete(Invitation).where(Invitation.group_id == group_id, Invitation.in_place_of == user_id))
    return True


def take_back_invitations(session: AnySession, group_id: int) -> int:
    """Forget whom the leaders of a group have invited to lead; return how many there were."""
    begin_write(session)
    open_ones = (Invitation.group_id == group_id) & (Invitation.role == LEADER)
    return execute(session, delete(Invitation).where(open_ones), {}).rowcount


def groups_held(session: AnySession, user_id: int, *, lock: bool = False) -> list[Hold]:
    """Return the groups that nobody but this person leads who may; `lock` keeps the leaders of all as they are."""
    if lock:
        own = select(Membership.group_id).where(Membership.user_id == user_id, Membership.role == LEADER)
        session.execute(select(Group.id).where(Group.id.in_(own)).order_by(Group.id).with_for_update())
    rows = session.execute(_groups_without(user_id).order_by(Group.name, Group.id))
    return [Hold(name, "leaders.leaders", {"group_id": group_id}) for group_id, name in rows]


def _groups_without(user_id: int) -> Select[int, str]:
    """Return the groups that a person leads and nobody else, where roles that may lead count alone."""
    own, leader = aliased(Membership), aliased(User)
    other, other_leader = aliased(Membership), aliased(User)
    shared = exists().where(
        *(other.group_id == Group.id, other.role == LEADER, other.user_id != user_id),
        *(other_leader.id == other.user_id, other_leader.role.in_(LEADING_ROLES)),
    )
    led = select(Group.id, Group.name).join(own, own.group_id == Group.id).join(leader, leader.id == own.user_id)
    return led.where(own.user_id == user_id, own.role == LEADER, leader.role.in_(LEADING_ROLES), ~shared)
