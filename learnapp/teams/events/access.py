"""Access to events: one of a team in which the current user is, or an answer as if it were missing."""

from flask_login import current_user

from learnapp.database.db import db
from learnapp.groups.access import is_leader
from learnapp.groups.values import GroupSummary
from learnapp.teams.events import store
from learnapp.teams.events.values import TeamEvent
from learnapp.web.errors import NotFound


def own_event_or_404(group_id: int, event_id: int) -> tuple[GroupSummary, TeamEvent]:
    """Return an event with its team, in which the current user is, in one statement; raises NotFound for any other."""
    found = store.find_event(db.session, current_user.id, group_id, event_id) if current_user.id is not None else None
    if found is None:
        raise NotFound
    return found


def led_event_or_404(group_id: int, event_id: int) -> tuple[GroupSummary, TeamEvent]:
    """Return an event with its team, which the current user coordinates; raises NotFound for any other."""
    team, event = own_event_or_404(group_id, event_id)
    if not is_leader(team):
        raise NotFound
    return team, event
