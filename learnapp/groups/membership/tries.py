"""Tries of codes: wrong ones are counted, for whoever types them and for their network.

What fails the check symbol never comes here: a slip of the finger is no guess.
"""

from datetime import datetime

from learnapp.accounts.limits.throttle import Limit, Throttle, throttle_key
from learnapp.database.db import AnySession, end_read
from learnapp.groups.errors import CodeUnknown
from learnapp.groups.membership.store import group_of_code

WRONG_CODES = Limit("wrong-codes", 10, 3600)
WRONG_CODES_OF_NETWORK = Limit("wrong-codes-of-network", 200, 3600)
# Each of a leader counts, as the answer is the same whether there is such an account or not.
INVITATIONS = Limit("invitations", 60, 3600)


def try_code(
    session: AnySession, code: str, purpose: str, now: datetime, throttle: Throttle, person: str, network: str
) -> int:
    """Return the id of the group that has this open code; raises CodeUnknown, TooManyTries.

    Reserved before it is looked at, so that side by side no more are answered than one after the other.
    """
    end_read(session)
    own = throttle.reserve(WRONG_CODES, throttle_key("person", person))
    near = throttle.reserve(WRONG_CODES_OF_NETWORK, throttle_key("address", network))
    with own, near:
        group_id = group_of_code(session, code, purpose, now)
        end_read(session)
    for attempt in (own, near):
        if group_id is None:
            attempt.keep()
        else:
            attempt.give_back()
    if group_id is None:
        raise CodeUnknown
    return group_id
