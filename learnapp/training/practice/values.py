"""Values of practice: a run as it is stored, and what was practiced without a network."""

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


@dataclass(frozen=True, slots=True)
class SentWords:
    """Words that were written without a network, and the digest of those that their page had before."""

    words: str
    seen: str


@dataclass(frozen=True, slots=True)
class SentRun:
    """What was practiced without a network: from which path it went on, to which, and the last way to an end.

    The path is None where the talk was not gone on with, words where none were written.
    """

    before: tuple[str, ...]
    path: tuple[str, ...] | None
    ended: tuple[str, ...]
    anticipated: SentWords | None = None
    note: SentWords | None = None
