"""Access: the current user as somebody of whom something can be kept."""

from flask_login import current_user

from learnapp.accounts import identity
from learnapp.accounts.errors import TooManyGuests, TooManyTries
from learnapp.accounts.guests import service as guests
from learnapp.accounts.identity import CurrentUser
from learnapp.accounts.limits.throttle import GUEST_LIMITS, throttle_key
from learnapp.accounts.responses import client_network, current_throttle
from learnapp.database.db import db
from learnapp.web import clock
from learnapp.web.browser.form_tokens import browser_key, new_browser_key


def get_or_create_user() -> CurrentUser:
    """Return the current user; a visitor becomes a guest now, with a row of its own, which the caller commits.

    Call it at a deliberate act only, such as an answer or a choice. The requests of one browser make one guest,
    whichever comes first, and send the same cookie. Raises TooManyGuests.
    """
    user = current_user._get_current_object()
    if isinstance(user, CurrentUser):
        return user
    guest = identity.find_user(browser_key())
    if guest is None:
        _count_guest()  # in a transaction of its own, so before this one writes
        guest = _create_guest(browser_key()) or _create_guest(new_browser_key())
    if guest is None:
        raise RuntimeError("a guest who has just been made is not there")
    identity.keep_login(guest, stay=True)
    identity.set_user(guest)
    return guest


def _create_guest(token: str) -> CurrentUser | None:
    """Return the guest of a key; None if that has ended, in a browser that stayed open for longer."""
    guests.create_guest(db.session, token, clock.now())
    return identity.find_user(token)


def _count_guest() -> None:
    """Count a new guest of this network address; raises TooManyGuests."""
    address = throttle_key("address", client_network())
    try:
        for limit in GUEST_LIMITS:
            current_throttle().count(limit, address)
    except TooManyTries as error:
        raise TooManyGuests from error
