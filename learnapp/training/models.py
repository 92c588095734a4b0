"""Training tables: certificates, the status of their credentials, updates that were acknowledged, and practice runs.

The rules that must survive any race stand here as constraints: one certificate for each passed final, one place in the
list of statuses for each certificate.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.database.db import Base, column_rule

NAME_MAX, REASON_MAX, WORDS_MAX = 80, 400, 2000
STATUS_PLACES = 131_072  # bits of the list of statuses, so that a place in it tells nobody apart

_SLUG = String(80)
_OWN = column_rule(keep="as long as the account", erase="delete")
# A number in a list, of nobody once its certificate is gone; then the bit there says that nothing is valid any more.
_PLACE = column_rule(keep="for ever; nothing of a person once the certificate is deleted", erase="none")


class Certificate(Base):
    """A certificate of a program, for one passed final; whether it is valid follows from its columns and the moment.

    `statements` are what it says that its holder can do, and the safety points of the final, as they were at the issue.
    `id` is 128 random bits as 22 letters, `valid_until` the last day, as days are in `zone`. `subject` names the holder
    in the signed credential, afresh for each certificate. `renewed_at` tells that a newer one has taken its place.
    """

    __tablename__ = "certificates"
    __table_args__ = (CheckConstraint("(revoked_at IS NULL) = (revoke_reason IS NULL)", name="revoked"),)

    id: Mapped[str] = mapped_column(String(22), primary_key=True, info=_OWN)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True, info=_OWN)
    attempt_id: Mapped[int] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), unique=True, info=_OWN)
    program: Mapped[str] = mapped_column(_SLUG, info=_OWN)
    program_title: Mapped[str] = mapped_column(String(200), info=_OWN)
    name_shown: Mapped[str] = mapped_column(String(NAME_MAX), info=_OWN)
    content_version: Mapped[str] = mapped_column(String(64), info=_OWN)
    statements: Mapped[dict[str, Any]] = mapped_column(info=_OWN)
    issued_at: Mapped[datetime] = mapped_column(info=_OWN)
    valid_until: Mapped[date] = mapped_column(info=_OWN)
    zone: Mapped[str] = mapped_column(String(64), info=_OWN)
    subject: Mapped[str] = mapped_column(String(45), info=_OWN)
    renewed_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    revoked_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    revoke_reason: Mapped[str | None] = mapped_column(String(REASON_MAX), info=_OWN)


class CredentialStatus(Base):
    """A random place in the list of statuses that credentials point to.

    Its bit is set where the certificate was revoked or is gone: what was signed before then stops being valid.
    """

    __tablename__ = "credential_statuses"

    place: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, info=_PLACE)
    certificate_id: Mapped[str | None] = mapped_column(
        ForeignKey("certificates.id", ondelete="SET NULL"), unique=True, info=_PLACE
    )


class Acknowledgement(Base):
    """An update of a program that somebody has read and acknowledged."""

    __tablename__ = "acknowledgements"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, info=_OWN)
    program: Mapped[str] = mapped_column(_SLUG, primary_key=True, info=_OWN)
    update: Mapped[str] = mapped_column(_SLUG, primary_key=True, info=_OWN)
    acknowledged_at: Mapped[datetime] = mapped_column(info=_OWN)


class PracticeRun(Base):
    """Where somebody is in a conversation that they practice, and what they wrote down beside it, for them alone.

    `path` has the names of the replies so far, `anticipated` and `note` are "" where nothing was written. `done_at` is
    when an end was reached first, whatever was practiced since.
    """

    __tablename__ = "practice_runs"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, info=_OWN)
    conversation: Mapped[str] = mapped_column(_SLUG, primary_key=True, info=_OWN)
    path: Mapped[list[str]] = mapped_column(info=_OWN)
    anticipated: Mapped[str] = mapped_column(String(WORDS_MAX), info=_OWN)
    note: Mapped[str] = mapped_column(String(WORDS_MAX), info=_OWN)
    changed_at: Mapped[datetime] = mapped_column(info=_OWN)
    done_at: Mapped[datetime | None] = mapped_column(info=_OWN)
