"""Guest merge: what a guest did becomes an account's; features register how their rows move over."""

from collections.abc import Callable
from typing import TypeAlias

from learnapp.db import AnySession

GuestMerge: TypeAlias = Callable[[AnySession, int, int], None]

_merges: list[GuestMerge] = []


def on_guest_merge(merge: GuestMerge) -> GuestMerge:
    """Have `merge(session, guest_id, user_id)` move a guest's rows when the guest signs in to an account.

    It runs in the transaction of the sign-in. What it leaves with the guest is deleted with the guest.
    """
    if merge not in _merges:
        _merges.append(merge)
    return merge


def merge_guest(session: AnySession, guest_id: int, user_id: int) -> None:
    """Move all that a guest did to an account."""
    session.flush()
    for merge in _merges:
        merge(session, guest_id, user_id)
    session.flush()
