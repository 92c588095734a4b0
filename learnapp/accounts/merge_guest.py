"""What a guest did becomes an account's: features register how their rows move over."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from learnapp.db import AnySession

Adopter: TypeAlias = Callable[[AnySession, int, int], None]

_adopters: list[Adopter] = []


def on_adopt(adopter: Adopter) -> Adopter:
    """Have `adopter(session, guest_id, user_id)` move a guest's rows when the guest signs in; once each.

    It runs in the transaction of the sign-in. What it leaves with the guest is deleted with the guest.
    """
    if adopter not in _adopters:
        _adopters.append(adopter)
    return adopter


def adopt(session: AnySession, guest_id: int, user_id: int) -> None:
    """Move all that a guest did to an account."""
    session.flush()
    for adopter in _adopters:
        adopter(session, guest_id, user_id)
    session.flush()
