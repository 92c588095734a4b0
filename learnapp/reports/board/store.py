"""Members' age groups and last activity in the database, in one statement; and what a leader has handled.

Work in a care lesson is no activity here: a reason that goes by it would tell who has begun one, and when.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, func, select, update

from learnapp.accounts.models import User
from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Catalog, Lesson
from learnapp.database.db import AnySession, begin_write, execute, table_of
from learnapp.groups.assignments.counting import is_care_lesson
from learnapp.groups.models import MEMBER, Membership
from learnapp.learning.access import counting_band
from learnapp.learning.models import Attempt, Progress

_USERS, _PROGRESS, _ATTEMPTS = table_of(User), table_of(Progress), table_of(Attempt)


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What the board needs to know of a member beside their work: what their age group opens, when they last worked."""

    access: AgeAccess
    last_active_at: datetime | None

    def can_open(self, lesson: Lesson) -> bool:
        """Tell whether their age group opens a lesson; what it closes is not asked of them."""
        return self.access.can_open(lesson)


def _newest(table: Table, column: str, *of: ColumnElement[bool]) -> Any:
    open_lessons = table.c.lesson.not_in(bindparam("care", expanding=True))
    return select(func.max(table.c[column])).where(table.c.user_id == _USERS.c.id, open_lessons, *of).scalar_subquery()


_FACTS = select(
    *_USERS.c["id", "band", "group_band", "role"],
    *(_newest(_PROGRESS, name) for name in ("place_at", "read_at", "passed_at")),
    # An attempt in which nothing was done is no activity.
    _newest(_ATTEMPTS, "saved_at", _ATTEMPTS.c.seq > 0),
).where(_USERS.c.id.in_(bindparam("users", expanding=True)))


def member_facts(session: AnySession, catalog: Catalog, user_ids: Collection[int]) -> dict[int, MemberFacts]:
    """Return the facts about these members, by their ids."""
    care = [name for one in catalog.lessons.values() if is_care_lesson(one) for name in (*one.was, one.key)]
    facts = {}
    for user_id, band, group_band, role, *moments in execute(session, _FACTS, {"users": list(user_ids), "care": care}):
        last_active_at = max((moment for moment in moments if moment), default=None)
        facts[user_id] = MemberFacts(AgeAccess(counting_band(band, group_band, role)), last_active_at)
    return facts


def set_handled(session: AnySession, group_id: int, user_id: int, handled_at: datetime | None) -> bool:
    """Note when a leader has handled what a member may need help with, None shows it again; tell whether they are one.

    A second press changes nothing but the moment.
    """
    begin_write(session)
    own = (Membership.group_id == group_id, Membership.user_id == user_id, Membership.role == MEMBER)
    return execute(session, update(Membership).where(*own), {"help_handled_at": handled_at}).rowcount == 1
