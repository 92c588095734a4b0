"""Submissions: what a form led to, kept for a day, so that the same form sent again gets the same answer.

A form that must not be carried out twice holds a random key, made with the page. Of key, address and fields
together only a keyed hash is kept: who reads the database can try no password with it, and the same key with
other fields is another submission.
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from learnapp.accounts import sessions
from learnapp.accounts.errors import SentBefore
from learnapp.accounts.models import FormSubmission, LoginSession
from learnapp.accounts.purges import ColumnPurge
from learnapp.database.db import AnySession, begin_write

KEPT = timedelta(days=1)
KEY = re.compile("[A-Za-z0-9_-]{43}")  # as `sessions.new_token` makes them


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form as it was sent: the key of its page, and a hash of that with all else."""

    key: str
    digest: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a form led to: the address that comes next, a message there, what becomes of this browser's session.

    `token` is that of a login session that was opened, `stay` tells whether it outlives the browser; `ends` the
    session, and `clears` what the browser has stored, less, where it `keeps_known`, that it has signed in before.
    """

    location: str
    status: int = 302
    message: str = ""
    token: str = ""
    stay: bool = False
    ends: bool = False
    clears: bool = False
    keeps_known: bool = False


def read_sent_form(key: str, address: str, fields: Iterable[tuple[str, str]]) -> SentForm | None:
    """Return the form of these fields, None where its key is none."""
    if not KEY.fullmatch(key):
        return None
    return SentForm(key, _keyed(key, repr((address, list(fields)))).hex())


def keep_outcome(
    session: AnySession, sent: SentForm | None, outcome: Outcome, user_id: int | None, now: datetime
) -> None:
    """Keep what a form led to, in the transaction of its change; raises SentBefore where it was carried out already.

    `user_id` is whose change it was: the row goes with them. A session that was opened is its person's.
    """
    if sent is None:
        return
    begin_write(session)
    if outcome.token:
        opened = LoginSession.token_hash == sessions.token_hash(outcome.token)
        user_id = session.scalars(select(LoginSession.user_id).where(opened)).one()
    row = FormSubmission(user_id=user_id, digest=sent.digest, created_at=now)
    row.outcome = asdict(replace(outcome, token=""))
    row.sealed_token = _mask(sent.key, outcome.token)
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:
        raise SentBefore from error


def find_outcome(session: AnySession, sent: SentForm) -> tuple[Outcome, int | None] | None:
    """Return what the same form led to before, and whose change it was; None where it is new."""
    row = session.scalar(select(FormSubmission).where(FormSubmission.digest == sent.digest))
    if row is None:
        return None
    return Outcome(**{**row.outcome, "token": _mask(sent.key, row.sealed_token)}), row.user_id


def carried_out_at(session: AnySession, sent: SentForm, user_id: int) -> datetime | None:
    """Return when this person's same form was carried out before; None where it is new, or another's."""
    own = (FormSubmission.digest == sent.digest) & (FormSubmission.user_id == user_id)
    return session.scalar(select(FormSubmission.created_at).where(own))


def _mask(key: str, token: str) -> str:
    """Return a token so that only this key shows it again; a masked one, the token.

    A key masks one token in its life, which is as long as the mask: to keep the token itself would let whoever
    reads the database sign in.
    """
    if not token:
        return ""
    pairs = zip(urlsafe_b64decode(f"{token}="), _keyed(key, "token"), strict=True)
    return urlsafe_b64encode(bytes(one ^ other for one, other in pairs)).decode().rstrip("=")


def _keyed(key: str, text: str) -> bytes:
    return hmac.digest(key.encode(), text.encode("utf-8", "replace"), hashlib.sha256)


purge_submissions = ColumnPurge(FormSubmission.created_at, KEPT)
