"""Membership as frozen values: a code that is open, a group as somebody sees it who may come in."""

from dataclasses import dataclass
from datetime import datetime

from learnapp.groups.membership.codes import show_code


@dataclass(frozen=True, slots=True)
class OpenCode:
    """A code of a group, as its leaders show it."""

    code: str
    created_at: datetime
    expires_at: datetime

    @property
    def shown(self) -> str:
        """Return the code in fours."""
        return show_code(self.code)


@dataclass(frozen=True, slots=True)
class Entrance:
    """A group before one comes in: whose it is, and why one may not; `own_role` is that of who asks, if any.

    `role` is the one in which one comes in.
    """

    group_id: int
    kind: str
    name: str
    archived: bool
    full: bool
    leaders: tuple[str, ...]
    role: str
    own_role: str | None


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that its person may still answer; `in_place_of` is the leader who hands the group over to them."""

    group_id: int
    kind: str
    group_name: str
    role: str
    invited_at: datetime
    in_place_of: str | None
