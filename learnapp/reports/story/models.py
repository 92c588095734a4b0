"""Board table: which leader looked at one member's page or made them a new login card, by days; shown to them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

LOOK, CARD = "look", "card"
_LOOK = column_rule(keep="90 days", erase="delete")


class Look(Base):
    """What a leader did on a day of the group's zone; whose account has ended is nobody.

    A look at the page of one member stands here once a day; of new login cards for them, how many there were.
    """

    __tablename__ = "looks"
    __table_args__ = (
        CheckConstraint(f"kind IN ('{LOOK}', '{CARD}')", name="kind"),
        UniqueConstraint("user_id", "day", "leader_id", "group_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=_LOOK)
    # Kept where the group ends: whoever looked hides nothing by ending it.
    group_id: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="SET NULL"), index=True, info=_LOOK)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), info=_LOOK)
    leader_id: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), index=True, info={**_LOOK, "erase": "none"}
    )
    day: Mapped[date] = mapped_column(index=True, info=_LOOK)
    kind: Mapped[str] = mapped_column(String(10), default=LOOK, server_default=text(f"'{LOOK}'"), info=_LOOK)
    times: Mapped[int] = mapped_column(default=1, server_default=text("1"), info=_LOOK)
