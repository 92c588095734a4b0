"""Looks at one member's page: noted once a day, shown to that member, deleted after 90 days."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select

from learnapp.accounts.models import User
from learnapp.accounts.own_data.rows import lock_person
from learnapp.database.db import AnySession, begin_write, execute, insert
from learnapp.groups.models import Group
from learnapp.groups.values import GroupSummary
from learnapp.reports.story.models import Look

KEPT_DAYS = 90
LOOKS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class SeenLook:
    """A look as the member sees it: the day, the group, and the leader's name, None where that account has ended."""

    day: date
    group: str
    leader: str | None


@dataclass(frozen=True, slots=True)
class LooksPage:
    """Some of the looks at somebody's page, newest first: page `number` of `pages`."""

    looks: tuple[SeenLook, ...]
    number: int
    pages: int


def note_look(session: AnySession, group: GroupSummary, user_id: int, leader_id: int, now: datetime) -> None:
    """Note that a leader looks at a member's page, if it is the first look of the group's local day."""
    day = now.astimezone(group.local_zone).date()
    row = {"group_id": group.id, "user_id": user_id, "leader_id": leader_id, "day": day}
    noted = select(Look.id).where(
        Look.user_id == user_id, Look.day == day, Look.leader_id == leader_id, Look.group_id == group.id
    )
    if session.scalar(noted) is not None:
        return
    begin_write(session)
    lock_person(session, user_id)
    session.execute(insert(session, Look).values(row).on_conflict_do_nothing())


def looks_at(session: AnySession, user_id: int, page: int = 1) -> LooksPage:
    """Return a page of the looks at this person's page, newest first; beyond the last, that."""
    count = session.scalar(select(func.count()).select_from(Look).where(Look.user_id == user_id)) or 0
    pages = max(1, -(-count // LOOKS_A_PAGE))
    number = max(1, min(page, pages))
    newest_first = (
        select(Look.day, Group.name, User.name)
        .join(Group, Group.id == Look.group_id)
        .outerjoin(User, User.id == Look.leader_id)
        .where(Look.user_id == user_id)
        .order_by(Look.day.desc(), Look.id.desc())
        .limit(LOOKS_A_PAGE)
        .offset((number - 1) * LOOKS_A_PAGE)
    )
    return LooksPage(tuple(SeenLook(*row) for row in session.execute(newest_first)), number, pages)


def purge_looks(session: AnySession, now: datetime) -> int:
    """Delete looks that are older than 90 days; return how many."""
    begin_write(session)
    oldest = now.date() - timedelta(days=KEPT_DAYS)
    return execute(session, delete(Look).where(Look.day < oldest), {}).rowcount
