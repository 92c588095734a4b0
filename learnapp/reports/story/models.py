"""Board table: which leader looked at one member's page, and on which day; shown to that member."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

_LOOK = column_rule(keep="90 days", erase="delete")


class Look(Base):
    """A leader's look at the page of one member, once a day of the group's zone; whose account has ended is nobody."""

    __tablename__ = "looks"
    __table_args__ = (UniqueConstraint("user_id", "day", "leader_id", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=_LOOK)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True, info=_LOOK)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), info=_LOOK)
    leader_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, info={**_LOOK, "erase": "none"}
    )
    day: Mapped[date] = mapped_column(index=True, info=_LOOK)
