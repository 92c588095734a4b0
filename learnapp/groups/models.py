"""Group tables: classes and teams, their members and leaders, codes to join by, invitations.

A class and an outreach team are one thing; `kind` chooses the words. The limits that must survive any race stand here
as constraints.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

CLASS, TEAM = "class", "team"
LEADER, MEMBER = "leader", "member"
JOIN, SIGN_IN = "join", "sign_in"
GROUP_BANDS = (12, 14, 16)  # nobody is taken for grown up because a leader says so
NAME_ROOM, FULL_NAME_ROOM = 80, 120
CODE_SYMBOLS = 9
MOST_STANDING_DAYS = 14

_GROUP = column_rule(keep="as long as the group; once it is archived, {archived_group_days} days", erase="none")
_MEMBER = column_rule(keep="until the member leaves, is removed, or the group ends", erase="delete")
_CODE = column_rule(keep="until it ends or is closed, and a day after that", erase="none")
_INVITED = column_rule(keep="until it is answered, or 30 days", erase="delete")


class Group(Base):
    """A class or a team; `version` counts changes, so that the second of two leaders who edit is told."""

    __tablename__ = "groups"
    __table_args__ = (
        CheckConstraint(f"kind IN ('{CLASS}', '{TEAM}')", name="kind"),
        CheckConstraint(f"band IN {GROUP_BANDS}", name="band"),
        # The number of a group that has ended is never given to another.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=_GROUP)
    kind: Mapped[str] = mapped_column(String(10), default=CLASS, info=_GROUP)
    name: Mapped[str] = mapped_column(String(NAME_ROOM), info=_GROUP)
    zone: Mapped[str] = mapped_column(String(64), info=_GROUP)
    band: Mapped[int | None] = mapped_column(info=_GROUP)
    seats: Mapped[int] = mapped_column(info=_GROUP)
    # Whether members see the button "Ask my teacher".
    takes_help_requests: Mapped[bool] = mapped_column(default=True, server_default=text("true"), info=_GROUP)
    # Whether accounts made for it get two-word pseudonyms, and no full name is ever stored.
    pseudonymous: Mapped[bool] = mapped_column(default=False, server_default=text("false"), info=_GROUP)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"), info=_GROUP)
    created_at: Mapped[datetime] = mapped_column(info=_GROUP)
    archived_at: Mapped[datetime | None] = mapped_column(index=True, info=_GROUP)
    # Stored when its people begin to be warned, so that they are for as long as they were promised.
    ends_at: Mapped[datetime | None] = mapped_column(index=True, info=_GROUP)


class Membership(Base):
    """A person in a group, as a leader or as a member.

    `full_name` is the name by which the leader's list has them; `list_key` stands for their row in that list, by a
    keyed hash. Standing days move the due and closing dates of everything that is assigned to them.
    """

    __tablename__ = "memberships"
    __table_args__ = (
        CheckConstraint(f"role IN ('{LEADER}', '{MEMBER}')", name="role"),
        CheckConstraint(f"standing_days BETWEEN 0 AND {MOST_STANDING_DAYS}", name="standing_days"),
        UniqueConstraint("group_id", "list_key"),
    )

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, info=_MEMBER)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True, info=_MEMBER
    )
    role: Mapped[str] = mapped_column(String(10), default=MEMBER, info=_MEMBER)
    full_name: Mapped[str | None] = mapped_column(String(FULL_NAME_ROOM), info=_MEMBER)
    list_key: Mapped[str | None] = mapped_column(String(64), info={**_MEMBER, "secret": "yes"})
    standing_days: Mapped[int] = mapped_column(default=0, server_default=text("0"), info=_MEMBER)
    joined_at: Mapped[datetime] = mapped_column(info=_MEMBER)
    help_asked_at: Mapped[datetime | None] = mapped_column(info=_MEMBER)
    help_handled_at: Mapped[datetime | None] = mapped_column(info=_MEMBER)


class GroupCode(Base):
    """A code of a group: to join it, or for half an hour to sign in at its own window. Readable, as leaders show it."""

    __tablename__ = "group_codes"
    __table_args__ = (
        CheckConstraint(f"purpose IN ('{JOIN}', '{SIGN_IN}')", name="purpose"),
        UniqueConstraint("group_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=_CODE)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), info=_CODE)
    purpose: Mapped[str] = mapped_column(String(10), info=_CODE)
    code: Mapped[str] = mapped_column(String(CODE_SYMBOLS), unique=True, info={**_CODE, "secret": "yes"})
    created_at: Mapped[datetime] = mapped_column(info=_CODE)
    expires_at: Mapped[datetime] = mapped_column(index=True, info=_CODE)


class Invitation(Base):
    """A group that somebody with an account may enter or lead, if they accept.

    Whoever accepts `in_place_of` a leader takes it over: that one leads it no more.
    """

    __tablename__ = "invitations"
    __table_args__ = (CheckConstraint(f"role IN ('{LEADER}', '{MEMBER}')", name="role"),)

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True, info=_INVITED)
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True, info=_INVITED
    )
    role: Mapped[str] = mapped_column(String(10), default=MEMBER, info=_INVITED)
    full_name: Mapped[str | None] = mapped_column(String(FULL_NAME_ROOM), info=_INVITED)
    list_key: Mapped[str | None] = mapped_column(String(64), info={**_INVITED, "secret": "yes"})
    in_place_of: Mapped[int | None] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), index=True, info={**_INVITED, "erase": "none"}
    )
    invited_at: Mapped[datetime] = mapped_column(index=True, info=_INVITED)
