"""Access to groups: one of the current user's, as its leader or in it, or an answer as if it were missing."""

from flask_login import current_user

from learnapp.database.db import db
from learnapp.groups import store
from learnapp.groups.errors import GroupArchived
from learnapp.groups.models import CLASS, TEAM
from learnapp.groups.values import GroupSummary, Member
from learnapp.web.errors import NotFound
from learnapp.web.login import LEADING_ROLES

# The address of one group, below which all that belongs to it stands.
GROUP = "/groups/<int(max=2147483647):group_id>"


def led_group_or_404(group_id: int) -> GroupSummary:
    """Return a group that the current user leads; raises NotFound for any other, and for whoever may lead no longer."""
    group = own_group_or_404(group_id)
    if not is_leader(group):
        raise NotFound
    return group


def is_leader(group: GroupSummary) -> bool:
    """Tell whether the current user leads a group of theirs, and still has a role that may."""
    return group.led and current_user.role in LEADING_ROLES


def led_class_or_404(group_id: int) -> GroupSummary:
    """Return a class that the current user leads; raises NotFound for a team, too, of which nothing is assigned."""
    return _of_kind_or_404(led_group_or_404(group_id), CLASS)


def led_team_or_404(group_id: int) -> GroupSummary:
    """Return a team that the current user leads; raises NotFound for a class, too, which has no events."""
    return _of_kind_or_404(led_group_or_404(group_id), TEAM)


def own_group_or_404(group_id: int) -> GroupSummary:
    """Return a group in which the current user is; raises NotFound for any other."""
    group = store.find_group(db.session, current_user.id, group_id) if current_user.id is not None else None
    if group is None:
        raise NotFound
    return group


def member_or_404(group: GroupSummary, user_id: int) -> Member:
    """Return a member of a group; raises NotFound for anybody else, leaders too."""
    found = next((member for member in store.members_of(db.session, group.id) if member.user_id == user_id), None)
    if found is None:
        raise NotFound
    return found


def _of_kind_or_404(group: GroupSummary, kind: str) -> GroupSummary:
    if group.kind != kind:
        raise NotFound
    return group


def require_running(group: GroupSummary) -> None:
    """Raise GroupArchived before a form is shown or taken that could not be carried out."""
    if group.archived:
        raise GroupArchived
