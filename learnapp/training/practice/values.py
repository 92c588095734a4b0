"""Values of practice: a run as it is stored."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A practice run as it is stored; the usual one is of somebody who has not begun."""

    path: tuple[str, ...] = ()
    anticipated: str = ""
    note: str = ""
    done_at: datetime | None = None
    begun: bool = False
