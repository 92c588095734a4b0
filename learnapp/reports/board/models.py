"""Board table: which leader looked at one member's page, and when; shown to that member."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

_LOOK = column_rule(keep="90 days", erase="delete")


class Look(Base):
    """A leader's look at the page of one member; whose account has ended since is nobody (None)."""

    __tablename__ = "looks"
    __table_args__ = (Index("ix_looks_user_id_at", "user_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=_LOOK)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True, info=_LOOK)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), info=_LOOK)
    leader_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, info={**_LOOK, "erase": "none"}
    )
    at: Mapped[datetime] = mapped_column(index=True, info=_LOOK)
