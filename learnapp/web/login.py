"""Login: roles, and the anonymous user. Who else is the current user, accounts tell."""

from dataclasses import dataclass, field
from datetime import datetime

from flask import g
from flask_login import UserMixin

ANONYMOUS, GUEST, LEARNER, TEACHER = "anonymous", "guest", "learner", "teacher"
COORDINATOR = "coordinator"
STAFF = (TEACHER, COORDINATOR, "author", "admin")
# Roles of accounts that may lead classes and teams: whoever loses theirs sees none of them at the next request.
LEADING_ROLES = (TEACHER, COORDINATOR, "admin")
ACCOUNT_ROLES = (LEARNER, *STAFF)


@dataclass(frozen=True, slots=True)
class Visitor(UserMixin):  # type: ignore[misc]
    """The anonymous user, who has not answered anything yet: the attributes of an account, all at rest."""

    id: int | None = None
    name: str = ""
    role: str = ANONYMOUS
    theme: str = "auto"
    contrast: str = "auto"
    language: str | None = None
    time_zone: str | None = None
    band: int | None = None
    group_band: int | None = None
    managed_by: int | None = None
    neutral_titles: bool = False
    # Where the password was handed out: until then it works, and comes before anything else to be changed.
    secret_expires_at: datetime | None = None
    session_id: int | None = None
    # Which of the facts hold that rooms above accounts have registered.
    facts: frozenset[str] = frozenset()
    token: str = field(default="", repr=False)

    @property
    def is_guest(self) -> bool:
        return self.role == GUEST

    @property
    def is_staff(self) -> bool:
        return self.role in STAFF

    @property
    def is_authenticated(self) -> bool:
        return self.role in ACCOUNT_ROLES

    def get_id(self) -> str:
        return self.token


def give_up_user() -> None:
    """Take a user who is not loaded yet for a visitor: error pages must not need the database."""
    g.user_unavailable = True
