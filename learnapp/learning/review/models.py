"""Review tables: a card a question, every review of it, and the date somebody aims at.

Reviewing is counted in days of the reader's own calendar, so that days stand here as dates.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

FROM_QUIZ, FROM_REVIEW = "quiz", "review"

_OWN = column_rule(keep="as long as the account", erase="delete")
_DRAFT = column_rule(keep="until the card is answered", erase="delete", withheld="as long as it is a draft")
_REVISION = column_rule(keep="as long as the account", erase="delete", withheld="for good: a digest stands for it")


class ReviewCard(Base):
    """One question that one person keeps in mind: how firmly, and on which day it is asked again.

    `times` counts its reviews, the quiz it began with included. `seq` counts what was stored, hints too.
    `hints` and `draft` belong to the review under way and end with it.
    """

    __tablename__ = "review_cards"
    __table_args__ = (
        UniqueConstraint("user_id", "lesson", "item_id"),
        CheckConstraint("stability > 0", name="stability"),
        CheckConstraint("difficulty BETWEEN 1 AND 10", name="difficulty"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=_OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), info=_OWN)
    lesson: Mapped[str] = mapped_column(String(161), info=_OWN)
    item_id: Mapped[str] = mapped_column(String(80), info=_OWN)
    stability: Mapped[float] = mapped_column(info=_OWN)
    difficulty: Mapped[float] = mapped_column(info=_OWN)
    reviewed_on: Mapped[date] = mapped_column(Date, info=_OWN)
    due_on: Mapped[date] = mapped_column(Date, info=_OWN)
    times: Mapped[int] = mapped_column(default=1, info=_OWN)
    seq: Mapped[int] = mapped_column(default=0, info=_OWN)
    hints: Mapped[int] = mapped_column(default=0, info=_OWN)
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info=_DRAFT)
    saved_at: Mapped[datetime] = mapped_column(info=_OWN)


class Review(Base):
    """One answer to a card and what followed from it; rows are added and never edited.

    `rating`: 1 again, 2 hard, 3 good, 4 easy. The first comes from the lesson's quiz, whose attempt holds the
    answer. `revision` is the quiz as it was asked, so that an answer is never shown beside another question.
    """

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("card_id", "number"),
        CheckConstraint(f"origin IN ('{FROM_QUIZ}', '{FROM_REVIEW}')", name="origin"),
        CheckConstraint("rating BETWEEN 1 AND 4", name="rating"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=_OWN)
    card_id: Mapped[int] = mapped_column(ForeignKey("review_cards.id", ondelete="CASCADE"), info=_OWN)
    number: Mapped[int] = mapped_column(info=_OWN)
    origin: Mapped[str] = mapped_column(String(10), info=_OWN)
    reviewed_on: Mapped[date] = mapped_column(Date, info=_OWN)
    reviewed_at: Mapped[datetime] = mapped_column(info=_OWN)
    rating: Mapped[int] = mapped_column(info=_OWN)
    hints: Mapped[int] = mapped_column(default=0, info=_OWN)
    certainty: Mapped[int | None] = mapped_column(info=_OWN)
    points: Mapped[float] = mapped_column(info=_OWN)
    response: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), info=_OWN)
    revision: Mapped[str] = mapped_column(String(64), info=_REVISION)


class ReviewAim(Base):
    """The day by which somebody wants to know it."""

    __tablename__ = "review_aims"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, info=_OWN)
    aim_on: Mapped[date] = mapped_column(Date, info=_OWN)
