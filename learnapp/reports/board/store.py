"""Board in the database: what a leader has handled."""

from datetime import datetime

from sqlalchemy import update

from learnapp.database.db import AnySession, begin_write, execute
from learnapp.groups.models import MEMBER, Membership


def set_handled(session: AnySession, group_id: int, user_id: int, handled_at: datetime | None) -> bool:
    """Note when a leader has handled what a member may need help with, None shows it again; tell whether they are one.

    A second press changes nothing but the moment.
    """
    begin_write(session)
    own = (Membership.group_id == group_id, Membership.user_id == user_id, Membership.role == MEMBER)
    return execute(session, update(Membership).where(*own), {"help_handled_at": handled_at}).rowcount == 1
