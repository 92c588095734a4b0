"""Parts of pages about membership: what a code opens, its link, the current user's invitations."""

from flask_login import current_user

from learnapp.accounts.limits.throttle import throttle_key
from learnapp.accounts.responses import client_network, current_throttle
from learnapp.config.settings import current_settings
from learnapp.database.db import db
from learnapp.groups.membership import store
from learnapp.groups.membership.tries import sign_in_window, try_code
from learnapp.groups.membership.values import OpenCode, OpenInvitation
from learnapp.groups.models import JOIN, SIGN_IN
from learnapp.web import clock
from learnapp.web.browser.form_tokens import browser_key
from learnapp.web.policy import MEMBERS
from learnapp.web.qr import QRCode, qr_code


def join_code(group_id: int) -> OpenCode | None:
    """Return the open code of a group, as its leaders show it."""
    return store.code_of_group(db.session, group_id, JOIN, clock.now())


def join_address() -> str:
    """Return the address at which a code is typed; the operator names its host, never a request."""
    return f"{current_settings().address}/join"


def join_link(code: OpenCode) -> str:
    """Return the address that opens that page with the code filled in."""
    return f"{join_address()}?code={code.code}"


def join_square(code: OpenCode) -> QRCode:
    """Return that link as a QR code."""
    return qr_code(join_link(code))


def window_square(code: OpenCode) -> QRCode:
    """Return the link to a sign-in window, with its code filled in, as a QR code."""
    return qr_code(f"{window_address()}?code={code.code}")


def window_code(group_id: int) -> OpenCode | None:
    """Return the code of a group's sign-in window, while it is open."""
    return store.code_of_group(db.session, group_id, SIGN_IN, clock.now())


def keys_of_failures(group_id: int, name_key: str) -> list[str]:
    """Return the keys under which failures of an account are counted: everywhere, and at its group's open window."""
    everywhere, window = throttle_key("account", name_key), window_code(group_id)
    return [everywhere, sign_in_window(group_id, window.code).count_apart(everywhere)] if window else [everywhere]


def window_address() -> str:
    """Return the address of sign-in windows."""
    return f"{join_address()}/window"


def own_invitations() -> list[OpenInvitation]:
    """Return the invitations that the current user may answer."""
    if current_user.role not in MEMBERS:
        return []
    return store.invitations_of(db.session, current_user.id, clock.now())


def group_behind(code: str, purpose: str) -> int:
    """Return the id of the group that has this code; raises CodeUnknown, TooManyTries, and counts a wrong one.

    For an account or a guest, and for who is neither for the browser.
    """
    person = f"user {current_user.id}" if current_user.id is not None else f"browser {browser_key()}"
    return try_code(db.session, code, purpose, clock.now(), current_throttle(), person, client_network())
