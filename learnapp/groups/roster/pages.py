"""Words of pages on accounts that groups manage: who manages the current user's, where cards lead."""

from dataclasses import dataclass
from urllib.parse import quote

from flask import url_for
from flask_login import current_user

from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.groups.roster import store
from learnapp.web.qr import QRCode, qr_code


@dataclass(frozen=True, slots=True)
class ManagingGroup:
    """The group whose leaders may rename somebody's account and hand out a new first password."""

    kind: str
    name: str


def managing_group() -> ManagingGroup | None:
    """Return the group that manages the current user's account, None where it is their own."""
    found = store.managing_group_of(db.session, current_user.id) if current_user.id is not None else None
    return ManagingGroup(*found) if found else None


def sign_in_address() -> str:
    """Return the address that cards name, without what browsers add."""
    return _address().partition("://")[2]


def sign_in_code(user_name: str) -> QRCode:
    """Return a code that opens sign-in with a user name, never with a password.

    The name stands behind a "#", which browsers send to no server: so it is in no log. One that is too long for a
    square that can be read is left out.
    """
    try:
        return qr_code(f"{_address()}#name={quote(user_name, safe='')}")
    except ValueError:
        return qr_code(_address())


def _address() -> str:
    own = current_settings()
    return f"{own.address.removesuffix(own.prefix)}{url_for('accounts.sign_in')}"
