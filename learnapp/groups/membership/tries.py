"""Tries of codes: wrong ones are counted, for whoever types them and for their network; those at a sign-in window.

What fails the check symbol never comes here: a slip of the finger is no guess.
"""

from datetime import datetime

from sqlalchemy import select

from learnapp.accounts.limits.throttle import Limit, Throttle, throttle_key
from learnapp.accounts.models import User
from learnapp.accounts.service import SignInWindow
from learnapp.database.db import AnySession, end_read
from learnapp.groups.errors import CodeUnknown
from learnapp.groups.membership.store import group_of_code
from learnapp.groups.models import MEMBER, Membership
from learnapp.web.login import LEARNER

WRONG_CODES = Limit("wrong-codes", 10, 3600)
WRONG_CODES_OF_NETWORK = Limit("wrong-codes-of-network", 200, 3600)
# Wrong names and passwords at a sign-in window, as long as one is open.
WINDOW_FAILURES = Limit("window-failures", 200, 30 * 60)
# Each of a leader counts, as the answer is the same whether there is such an account or not.
INVITATIONS = Limit("invitations", 60, 3600)


def try_code(
    session: AnySession, code: str, purpose: str, now: datetime, throttle: Throttle, person: str, network: str
) -> int:
    """Return the id of the group that has this open code; raises CodeUnknown, TooManyTries.

    Reserved before it is looked at, so that side by side no more are answered than one after the other.
    """
    end_read(session)
    attempt = throttle.reserve_each(
        (WRONG_CODES, throttle_key("person", person)), (WRONG_CODES_OF_NETWORK, throttle_key("address", network))
    )
    with attempt:
        group_id = group_of_code(session, code, purpose, now)
        end_read(session)
    if group_id is None:
        attempt.keep()
        raise CodeUnknown
    attempt.give_back()
    return group_id


def sign_in_window(group_id: int, code: str) -> SignInWindow:
    """Return the place at which the members of a group sign in, and accounts that it made, while it has this code.

    Its leaders are left out: theirs shall be guessed nowhere without a limit for the network.
    """
    members = select(Membership.user_id).where(Membership.group_id == group_id, Membership.role == MEMBER)
    among = User.id.in_(members) | ((User.managed_by == group_id) & (User.role == LEARNER))
    return SignInWindow(throttle_key("window", code), WINDOW_FAILURES, among)
