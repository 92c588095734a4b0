"""Account errors: what can go wrong, one name each; views turn them into words beside a field."""

from datetime import datetime


class InvalidInput(ValueError):
    """A name or a password (`what`) that cannot be used; `numbers` are what its `reason` is about."""

    def __init__(self, what: str, reason: str, **numbers: int) -> None:
        super().__init__(reason)
        self.what, self.reason, self.numbers = what, reason, numbers


class NameTaken(Exception):
    """Somebody has this name, or one that looks the same."""


class WrongPassword(Exception):
    """The name and the password do not belong together, or sign-in is locked: never say which."""


class TooManyTries(Exception):
    """No more tries for now; `until` is the moment from which one may try again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until.isoformat())
        self.until = until


class AddressUnreadable(Exception):
    """What came as the client's address is none, so nothing can be counted for it."""


class LinkEnded(Exception):
    """A link that was mailed or handed out is unknown, used or too old."""


class SentBefore(Exception):
    """This very form was carried out a moment ago: nothing is to be changed again."""


class TooManyGuests(Exception):
    """So many people without an account have begun at one network address that no more can for now."""
