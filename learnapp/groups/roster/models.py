"""Roster table: a list of people that a leader brought, between preview and undo.

It holds what the preview shows: names, user names and addresses, never a password, a date of birth or a phone number.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

_LIST = column_rule(keep="an hour; once it is carried out, a day without the list, for the undo", erase="delete")


class RosterImport(Base):
    """A list as it was read, see `StagedList`.

    Once it is applied, `listed` is emptied, and `added` names the users whom it made (`accounts`) or `invited`.
    """

    __tablename__ = "roster_imports"

    id: Mapped[int] = mapped_column(primary_key=True, info=_LIST)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True, info=_LIST)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True, info=_LIST)
    # Other people's names: not the leader's to take away.
    listed: Mapped[dict[str, Any]] = mapped_column(info={**_LIST, "secret": "yes"})
    added: Mapped[dict[str, Any]] = mapped_column(info={**_LIST, "secret": "yes"})
    read_at: Mapped[datetime] = mapped_column(index=True, info=_LIST)
    applied_at: Mapped[datetime | None] = mapped_column(index=True, info=_LIST)
