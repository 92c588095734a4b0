"""Account tables: people, the browsers they are signed in with, their links, counted tries, sent forms.

A guest is a person without a name key and password; signing up turns the row into a learner's, in place.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from learnapp.accounts.email.addresses import EMAIL_ROOM
from learnapp.accounts.names.rules import KEY_ROOM, LONGEST
from learnapp.database.db import Base, column_rule
from learnapp.web.display import CONTRASTS, THEMES
from learnapp.web.login import ACCOUNT_ROLES, GUEST, STAFF

BANDS = (12, 14, 16, 18)  # the youngest age of each band; nobody is asked for a date of birth

_OWN = column_rule(keep="as long as the account; a guest’s {guest_days} days after the last use", erase="delete")
_SECRET = {**_OWN, "secret": "yes"}
_SESSION = column_rule(
    keep="until sign-out, or {session_days} days without use, or {session_longest_days} days in any case"
    " (staff: {staff_idle_minutes} minutes, {staff_session_hours} hours)",
    erase="delete",
)
_RESET = column_rule(keep="a day after the link has ended", erase="delete")
_INVITED = column_rule(keep="a day after the link has ended; of whom it made a teacher is not kept", erase="none")
_TRY = column_rule(keep="a day; the key is a keyed hash, no name and no address", erase="none")
_SENT = column_rule(keep="a day, so that the same form sent again gets the same answer", erase="delete")


class User(Base):
    """A person: a guest, a learner or staff."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(f"role IN {(GUEST, *ACCOUNT_ROLES)}", name="role"),
        CheckConstraint(f"(role = '{GUEST}') = (name_key IS NULL)", name="guest_has_no_key"),
        CheckConstraint(f"theme IN {tuple(THEMES)}", name="theme"),
        CheckConstraint(f"contrast IN {tuple(CONTRASTS)}", name="contrast"),
        CheckConstraint(f"band IN {BANDS}", name="band"),
        # The number of somebody who left is never given to somebody else.
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, info=_OWN)
    name: Mapped[str] = mapped_column(String(LONGEST), default="", info=_OWN)
    name_key: Mapped[str | None] = mapped_column(String(KEY_ROOM), unique=True, info=_OWN)
    # Unique but not for all: of names from before it that look alike, only the first has one.
    look_key: Mapped[str | None] = mapped_column(String(KEY_ROOM), index=True, unique=True, info=_OWN)
    email: Mapped[str | None] = mapped_column(String(EMAIL_ROOM), info=_OWN)
    # Not unique: a refusal would tell a stranger that this address has an account here.
    email_key: Mapped[str | None] = mapped_column(String(EMAIL_ROOM), index=True, info=_OWN)
    email_confirmed_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    password_hash: Mapped[str | None] = mapped_column(String(200), info=_SECRET)
    role: Mapped[str] = mapped_column(String(20), default=GUEST, info=_OWN)
    theme: Mapped[str] = mapped_column(String(10), default="auto", server_default=text("'auto'"), info=_OWN)
    contrast: Mapped[str] = mapped_column(String(10), default="auto", server_default=text("'auto'"), info=_OWN)
    language: Mapped[str | None] = mapped_column(String(16), info=_OWN)
    time_zone: Mapped[str | None] = mapped_column(String(64), info=_OWN)
    band: Mapped[int | None] = mapped_column(info=_OWN)
    # The lowest age group of the groups whose member this is: counts while the person has told none.
    group_band: Mapped[int | None] = mapped_column(info=_OWN)
    neutral_titles: Mapped[bool] = mapped_column(default=False, server_default=text("false"), info=_OWN)
    # The group whose leaders may rename this account and hand out a new secret, as the group made it.
    managed_by: Mapped[int | None] = mapped_column(ForeignKey("groups.id", ondelete="SET NULL"), index=True, info=_OWN)
    # The password was handed out: until then it works, and must be changed before anything else.
    secret_expires_at: Mapped[datetime | None] = mapped_column(info=_OWN)
    failed_in_a_row: Mapped[int] = mapped_column(default=0, server_default=text("0"), info=_OWN)
    created_at: Mapped[datetime] = mapped_column(info=_OWN)
    seen_at: Mapped[datetime] = mapped_column(index=True, info=_OWN)

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF


class LoginSession(Base):
    """A browser that is signed in; it holds the token, we hold its hash."""

    __tablename__ = "login_sessions"

    id: Mapped[int] = mapped_column(primary_key=True, info=_SESSION)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True, info=_SESSION)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info={**_SESSION, "secret": "yes"})
    created_at: Mapped[datetime] = mapped_column(info=_SESSION)
    seen_at: Mapped[datetime] = mapped_column(index=True, info=_SESSION)
    # What its person knows it by, such as Firefox and Android: no version, no model.
    browser: Mapped[str | None] = mapped_column(String(20), info=_SESSION)
    system: Mapped[str | None] = mapped_column(String(20), info=_SESSION)


class PasswordReset(Base):
    """A link, used once at most, with which somebody chooses a new password; of nobody where there was no account."""

    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True, info=_RESET)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True, info=_RESET)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info={**_RESET, "secret": "yes"})
    created_at: Mapped[datetime] = mapped_column(info=_RESET)
    expires_at: Mapped[datetime] = mapped_column(index=True, info=_RESET)
    used_at: Mapped[datetime | None] = mapped_column(info=_RESET)


class TeacherInvitation(Base):
    """A link, used once at most, with which somebody makes a teacher's account, or their own account one."""

    __tablename__ = "teacher_invitations"

    id: Mapped[int] = mapped_column(primary_key=True, info=_INVITED)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info={**_INVITED, "secret": "yes"})
    expires_at: Mapped[datetime] = mapped_column(index=True, info=_INVITED)
    used_at: Mapped[datetime | None] = mapped_column(info=_INVITED)


class EmailConfirmation(Base):
    """A link, used once at most, with which somebody shows that mail to an address reaches them."""

    __tablename__ = "email_confirmations"

    id: Mapped[int] = mapped_column(primary_key=True, info=_RESET)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True, info=_RESET)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True, info={**_RESET, "secret": "yes"})
    email_key: Mapped[str] = mapped_column(String(EMAIL_ROOM), info=_RESET)
    expires_at: Mapped[datetime] = mapped_column(index=True, info=_RESET)


class CountedTry(Base):
    """A try that is counted against guessing: a wrong password, a new account, a mail asked for."""

    __tablename__ = "counted_tries"
    __table_args__ = (Index(None, "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True, info=_TRY)
    key: Mapped[str] = mapped_column(String(80), info=_TRY)
    name: Mapped[str] = mapped_column(String(16), default="", server_default=text("''"), info=_TRY)
    open_until: Mapped[datetime | None] = mapped_column(info=_TRY)
    at: Mapped[datetime] = mapped_column(index=True, info=_TRY)


class FormSubmission(Base):
    """A form that was carried out, and what it led to; a login session that it opened only its sender can read."""

    __tablename__ = "form_submissions"

    id: Mapped[int] = mapped_column(primary_key=True, info=_SENT)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True, info=_SENT)
    digest: Mapped[str] = mapped_column(String(64), unique=True, info={**_SENT, "secret": "yes"})
    outcome: Mapped[dict[str, Any]] = mapped_column(info=_SENT)
    sealed_token: Mapped[str] = mapped_column(String(64), default="", info={**_SENT, "secret": "yes"})
    created_at: Mapped[datetime] = mapped_column(index=True, info=_SENT)
