"""Holds: what keeps an account from being deleted or losing its role, found by rooms above accounts.

So accounts need not know what hangs on a person there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from learnapp.database.db import AnySession


@dataclass(frozen=True, slots=True)
class Hold:
    """Something that would be left without anybody: its name, and the page where somebody else can be found for it."""

    name: str
    endpoint: str
    values: Mapping[str, Any]


class FindHolds(Protocol):
    """Returns what one person holds; with `lock` nobody can change that until the transaction ends."""

    def __call__(self, session: AnySession, user_id: int, /, *, lock: bool) -> Sequence[Hold]: ...


class AccountHeld(Exception):
    """The account is needed for something, so it can neither be deleted nor lose its role."""

    def __init__(self, holds: Sequence[Hold]) -> None:
        super().__init__(", ".join(hold.name for hold in holds))
        self.holds = holds


_finders: dict[FindHolds, None] = {}


def register_holds(find: FindHolds) -> None:
    """Have a room asked what an account holds; registered twice, it is asked once."""
    _finders[find] = None


def holds_on(session: AnySession, user_id: int, *, lock: bool = False) -> list[Hold]:
    """Return what this account holds, by the rooms' own order."""
    return [hold for find in _finders for hold in find(session, user_id, lock=lock)]


def require_free(session: AnySession, user_id: int) -> None:
    """Raise AccountHeld where an account holds something; else it holds nothing until the transaction ends."""
    holds = holds_on(session, user_id, lock=True)
    if holds:
        raise AccountHeld(holds)
