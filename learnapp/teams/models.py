"""Team tables: events, and the volunteers of one: who is expected, who comes with a partner, who was ready at the end.

How somebody stands for a day is stored nowhere before an event is closed: it is worked out of dated facts.
"""

from datetime import date, datetime, time, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule
from learnapp.groups.models import FULL_NAME_ROOM

TITLE_ROOM, PLACE_ROOM = 80, 200
LARGEST_PLACES = 500
KEPT = timedelta(days=90)  # of who was ready after the event was closed, of the event itself after its day

_EVENT = column_rule(keep="90 days after its day, or after it was closed; at most as long as the team", erase="none")
_KEPT = column_rule(keep="90 days after the event was closed, at most as long as the membership", erase="delete")
_VOLUNTEER = column_rule(keep="as long as the event and the membership", erase="delete")


class Event(Base):
    """An event of a team, on a day and at a time as the clocks of its zone show them; `version` counts changes.

    `program` is what volunteers have to be ready in, by its name, `places` how many are wanted, None where nobody said.
    `for_all`: everybody in the team is expected, also who joins later.
    """

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint(f"places BETWEEN 1 AND {LARGEST_PLACES}", name="places"),
        Index("ix_events_group_id_day", "group_id", "day"),
        # The number of an event that has ended is never given to another.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=_EVENT)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), info=_EVENT)
    program: Mapped[str] = mapped_column(String(80), info=_EVENT)
    title: Mapped[str] = mapped_column(String(TITLE_ROOM), info=_EVENT)
    day: Mapped[date] = mapped_column(index=True, info=_EVENT)
    starts: Mapped[time] = mapped_column(info=_EVENT)
    zone: Mapped[str] = mapped_column(String(64), info=_EVENT)
    place: Mapped[str] = mapped_column(String(PLACE_ROOM), default="", info=_EVENT)
    places: Mapped[int | None] = mapped_column(info=_EVENT)
    for_all: Mapped[bool] = mapped_column(default=True, server_default=text("true"), info=_EVENT)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"), info=_EVENT)
    created_at: Mapped[datetime] = mapped_column(info=_EVENT)
    closed_at: Mapped[datetime | None] = mapped_column(index=True, info=_EVENT)


class EventVolunteer(Base):
    """What is stored of a volunteer and an event; it goes with the event, the membership or the account.

    `expected` counts where not everybody is. `partnered_at` is when a coordinator noted that they come with an
    experienced partner, `partnered_by` whose account did so. `name` and `ready` are None until the event is closed, and
    then what they were at that moment, `ready` by the rule alone.
    """

    __tablename__ = "event_volunteers"
    __table_args__ = (
        # Who leaves a team leaves its events.
        ForeignKeyConstraint(
            ["group_id", "user_id"], ["memberships.group_id", "memberships.user_id"], ondelete="CASCADE"
        ),
        Index("ix_event_volunteers_group_id_user_id", "group_id", "user_id"),
    )

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True, info=_VOLUNTEER
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True, info=_VOLUNTEER
    )
    group_id: Mapped[int] = mapped_column(info=_VOLUNTEER | {"erase": "none"})
    expected: Mapped[bool] = mapped_column(default=False, server_default=text("false"), info=_VOLUNTEER)
    partnered_at: Mapped[datetime | None] = mapped_column(info=_VOLUNTEER)
    partnered_by: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, info=_VOLUNTEER | {"erase": "none"}
    )
    name: Mapped[str | None] = mapped_column(String(FULL_NAME_ROOM), info=_KEPT)
    ready: Mapped[bool | None] = mapped_column(info=_KEPT)
