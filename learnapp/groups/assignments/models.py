"""Assignment tables: what is asked of a group, of which members, and what differs for one of them.

Dates are read by `learnapp.groups.assignments.dates` alone: whoever else needs one asks it.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

COURSE, MODULE, LESSON, REVIEW = "course", "module", "lesson", "review"
TARGETS = (COURSE, MODULE, LESSON, REVIEW)
DRAFT, PUBLISHED, ARCHIVED = "draft", "published", "archived"
AT_ONCE, AFTER_RELEASE = "at_once", "after_release"
REASONS = ("ill", "access", "late_join", "technical", "other")
LARGEST_NUMBER_OF_TRIES = 99

_KEY = String(161)  # a course's or module's name, or a lesson's key
_GROUP = column_rule(keep="as long as the group", erase="none")
_MEMBER = column_rule(keep="as long as the assignment and the membership", erase="delete")


class Assignment(Base):
    """A course, module, lesson or review that is asked of a group; `version` counts changes, as in a group.

    `due_all_day`: no time was chosen, so that what is handed in late is counted from the end of that day.
    `release` is when feedback is shown, where it waits; None is when the assignment closes.
    """

    __tablename__ = "assignments"
    __table_args__ = (
        CheckConstraint(f"target_kind IN {TARGETS}", name="target_kind"),
        CheckConstraint(f"state IN ('{DRAFT}', '{PUBLISHED}', '{ARCHIVED}')", name="state"),
        CheckConstraint(f"feedback IN ('{AT_ONCE}', '{AFTER_RELEASE}')", name="feedback"),
        CheckConstraint(f"tries BETWEEN 1 AND {LARGEST_NUMBER_OF_TRIES}", name="tries"),
        Index("ix_assignments_group_id_state", "group_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=_GROUP)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), info=_GROUP)
    target_kind: Mapped[str] = mapped_column(String(10), info=_GROUP)
    target: Mapped[str] = mapped_column(_KEY, info=_GROUP)
    state: Mapped[str] = mapped_column(String(10), default=DRAFT, info=_GROUP)
    for_all: Mapped[bool] = mapped_column(default=True, server_default=text("true"), info=_GROUP)
    opens: Mapped[datetime | None] = mapped_column(info=_GROUP)
    due: Mapped[datetime | None] = mapped_column(info=_GROUP)
    due_all_day: Mapped[bool] = mapped_column(default=False, server_default=text("false"), info=_GROUP)
    closes: Mapped[datetime | None] = mapped_column(info=_GROUP)
    feedback: Mapped[str] = mapped_column(String(20), default=AT_ONCE, info=_GROUP)
    release: Mapped[datetime | None] = mapped_column(info=_GROUP)
    tries: Mapped[int | None] = mapped_column(info=_GROUP)
    version: Mapped[int] = mapped_column(default=1, server_default=text("1"), info=_GROUP)
    created_at: Mapped[datetime] = mapped_column(info=_GROUP)
    published_at: Mapped[datetime | None] = mapped_column(info=_GROUP)


class AssignmentMember(Base):
    """A member to whom an assignment goes that is not for all."""

    __tablename__ = "assignment_members"

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True, info=_MEMBER
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True, info=_MEMBER
    )


class Extension(Base):
    """What differs for one member: later dates, more tries, or that nothing is asked; each None is as for the others.

    The reason is one of a list or none, never a text.
    """

    __tablename__ = "extensions"
    __table_args__ = (
        CheckConstraint(f"reason IN {REASONS}", name="reason"),
        CheckConstraint(f"extra_tries BETWEEN 0 AND {LARGEST_NUMBER_OF_TRIES}", name="extra_tries"),
    )

    assignment_id: Mapped[int] = mapped_column(
        ForeignKey("assignments.id", ondelete="CASCADE"), primary_key=True, info=_MEMBER
    )
    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True, info=_MEMBER
    )
    opens: Mapped[datetime | None] = mapped_column(info=_MEMBER)
    due: Mapped[datetime | None] = mapped_column(info=_MEMBER)
    closes: Mapped[datetime | None] = mapped_column(info=_MEMBER)
    extra_tries: Mapped[int] = mapped_column(default=0, server_default=text("0"), info=_MEMBER)
    excused: Mapped[bool] = mapped_column(default=False, server_default=text("false"), info=_MEMBER)
    reason: Mapped[str | None] = mapped_column(String(20), info=_MEMBER)
    changed_at: Mapped[datetime] = mapped_column(info=_MEMBER)
