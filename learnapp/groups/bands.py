"""Bands of groups: the lowest age group of the groups that a person is a member of, kept with the person.

It counts while they have told none themselves. Leaders are not concerned, nor are groups that are archived.
"""

from collections.abc import Iterable

from sqlalchemy import func, select, update

from learnapp.accounts.models import User
from learnapp.database.db import AnySession, begin_write
from learnapp.groups.models import MEMBER, Group, Membership


def update_bands(session: AnySession, user_ids: Iterable[int]) -> None:
    """Store for people what their groups' age groups come to, after who is in them or what these are has changed."""
    begin_write(session)
    session.flush()
    people = User.id.in_(sorted(user_ids))
    # Locked before their groups are read: whoever leaves one at this moment has done so, or finds the new age group.
    session.execute(select(User.id).where(people).order_by(User.id).with_for_update(key_share=True))
    lowest = (
        select(func.min(Group.band))
        .join(Membership, Membership.group_id == Group.id)
        .where(Membership.user_id == User.id, Membership.role == MEMBER, Group.archived_at.is_(None))
        .scalar_subquery()
    )
    concerned = people & User.group_band.is_distinct_from(lowest)
    session.execute(
        update(User).where(concerned).values(group_band=lowest), execution_options={"synchronize_session": False}
    )
