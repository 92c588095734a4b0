"""Groups as frozen values: what pages and other rooms are handed."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from learnapp.groups.models import LEADER, TEAM


@dataclass(frozen=True, slots=True)
class GroupSettings:
    """What leaders choose of a group."""

    name: str
    zone: str
    band: int | None
    seats: int
    takes_help_requests: bool = True


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """A group as one person in it sees it: `role` is theirs."""

    id: int
    kind: str
    name: str
    zone: str
    band: int | None
    seats: int
    takes_help_requests: bool
    pseudonymous: bool
    version: int
    created_at: datetime
    archived_at: datetime | None
    role: str
    joined_at: datetime
    ends_at: datetime | None = None

    @property
    def led(self) -> bool:
        """Tell whether the person leads it."""
        return self.role == LEADER

    @property
    def archived(self) -> bool:
        return self.archived_at is not None

    @property
    def is_team(self) -> bool:
        """Tell whether it is a team of volunteers: it has events, and no lesson is assigned to it."""
        return self.kind == TEAM

    @property
    def settings(self) -> GroupSettings:
        """Return what leaders have chosen of it."""
        return GroupSettings(self.name, self.zone, self.band, self.seats, self.takes_help_requests)

    @property
    def local_zone(self) -> ZoneInfo:
        """Return the zone in which its dates are chosen and shown."""
        return ZoneInfo(self.zone)


@dataclass(frozen=True, slots=True)
class Member:
    """A person in a group: `user_name` is their account's, `full_name` the one of the leader's list, if any."""

    user_id: int
    user_name: str
    full_name: str | None
    role: str
    joined_at: datetime
    standing_days: int
    help_asked_at: datetime | None
    help_handled_at: datetime | None
    managed: bool
    may_lead: bool = False  # by the role of their account; whoever lost it leads nothing, whatever stands here

    @property
    def name(self) -> str:
        """Return the name by which leaders know them."""
        return self.full_name or self.user_name


@dataclass(frozen=True, slots=True)
class GroupContents:
    """How much goes when a group ends: members, assignments, and the accounts that it made and no other group has."""

    members: int
    assignments: int
    accounts: int


@dataclass(frozen=True, slots=True)
class GroupEnd:
    """When an archived group ends by itself, and whether that is so near that its people are warned."""

    at: datetime
    near: bool
