"""Looks at one member's page, and new login cards for them: noted by days, shown to them, deleted after 90 days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import case, delete, func, select

from learnapp.accounts.models import User
from learnapp.accounts.own_data.rows import Rows, lock_person
from learnapp.database.db import AnySession, begin_write, execute, insert, table_of
from learnapp.groups.models import Group
from learnapp.groups.values import GroupSummary
from learnapp.reports.story.models import CARD, LOOK, Look

KEPT_DAYS = 90
TOLD_DAYS = 7  # so long a new card is told on pages of learning, too
LOOKS_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class SeenLook:
    """A look as the member sees it: the day, the group and the leader by name, None where these have ended.

    `cards` is how many new login cards were made instead, 0 where it was a look.
    """

    day: date
    group: str | None
    leader: str | None
    cards: int = 0


@dataclass(frozen=True, slots=True)
class LooksPage:
    """Some of the looks at somebody's page, newest first: page `number` of `pages`."""

    looks: tuple[SeenLook, ...]
    number: int
    pages: int


_SEEN = (
    select(Look.day, Group.name, User.name, case((Look.kind == CARD, Look.times), else_=0))
    .outerjoin(Group, Group.id == Look.group_id)
    .outerjoin(User, User.id == Look.leader_id)
    .order_by(Look.day.desc(), Look.id.desc())
)


def note_look(session: AnySession, group: GroupSummary, user_id: int, leader_id: int, now: datetime) -> None:
    """Note that a leader looks at a member's page, if it is the first look of the group's local day."""
    day = now.astimezone(group.local_zone).date()
    row = {"group_id": group.id, "user_id": user_id, "leader_id": leader_id, "day": day}
    noted = select(Look.id).where(
        *(Look.user_id == user_id, Look.day == day, Look.leader_id == leader_id),
        *(Look.group_id == group.id, Look.kind == LOOK),
    )
    if session.scalar(noted) is not None:
        return
    begin_write(session)
    lock_person(session, user_id)
    session.execute(insert(session, Look).values(row).on_conflict_do_nothing())


def note_cards(session: AnySession, group: Group, leader_id: int, user_ids: Iterable[int], now: datetime) -> None:
    """Note that a leader has made new login cards for people who had a password, in a write that has begun."""
    day = now.astimezone(ZoneInfo(group.zone)).date()
    about = {"group_id": group.id, "leader_id": leader_id, "day": day, "kind": CARD}
    rows = [{**about, "user_id": user_id} for user_id in sorted(user_ids)]
    if rows:
        made = insert(session, Look).values(rows)
        once = ["user_id", "day", "leader_id", "group_id", "kind"]
        session.execute(made.on_conflict_do_update(index_elements=once, set_={"times": table_of(Look).c.times + 1}))


def latest_cards(session: AnySession, user_id: int, now: datetime) -> list[SeenLook]:
    """Return the new login cards that were made for a person in the last days, the newest first."""
    lately = (Look.user_id == user_id) & (Look.kind == CARD) & (Look.day > now.date() - timedelta(days=TOLD_DAYS))
    return [SeenLook(*row) for row in session.execute(_SEEN.where(lately))]


def looks_at(session: AnySession, user_id: int, page: int = 1) -> LooksPage:
    """Return a page of the looks at this person's page, newest first; beyond the last, that."""
    count = session.scalar(select(func.count()).select_from(Look).where(Look.user_id == user_id)) or 0
    pages = max(1, -(-count // LOOKS_A_PAGE))
    number = max(1, min(page, pages))
    some = _SEEN.where(Look.user_id == user_id).limit(LOOKS_A_PAGE).offset((number - 1) * LOOKS_A_PAGE)
    return LooksPage(tuple(SeenLook(*row) for row in session.execute(some)), number, pages)


def with_names(session: AnySession, user_id: int, rows: Rows) -> Rows:
    """Return the rows of somebody's looks with the names of group and leader, to be handed over."""
    names = select(Look.id, Group.name, User.name).outerjoin(Group, Group.id == Look.group_id)
    named = session.execute(names.outerjoin(User, User.id == Look.leader_id).where(Look.user_id == user_id))
    found = {look_id: {"group": group, "leader": leader} for look_id, group, leader in named}
    return [{**row, **found[row["id"]]} for row in rows]


def purge_looks(session: AnySession, now: datetime) -> int:
    """Delete looks that are older than 90 days; return how many."""
    begin_write(session)
    oldest = now.date() - timedelta(days=KEPT_DAYS)
    return execute(session, delete(Look).where(Look.day < oldest), {}).rowcount
