"""Accounts of a group as frozen values: one that it made, and a login card."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be made: its user name, and the name by which the leader's list has its person, if any.

    `list_key` stands for their row in a school's list, see `lists/service.py`.
    """

    user_name: str
    full_name: str | None
    list_key: str | None = None


@dataclass(frozen=True, slots=True)
class ManagedAccount:
    """An account that a group made. Without a password nobody has got a card for it yet."""

    user_id: int
    user_name: str
    full_name: str | None
    has_password: bool
    secret_expires_at: datetime | None

    @property
    def name(self) -> str:
        """Return the name by which leaders know its person."""
        return self.full_name or self.user_name


@dataclass(frozen=True, slots=True)
class LoginCard:
    """What is printed for one person; the secret is the first password, shown this once."""

    user_id: int
    user_name: str
    full_name: str | None
    secret: str
    expires_at: datetime
