"""Credentials in the database: the places in the list of statuses whose bit is set."""

from datetime import datetime

from sqlalchemy import bindparam, select

from learnapp.database.db import AnySession, execute, table_of
from learnapp.training.models import Certificate, CredentialStatus

_STATUSES, _CERTIFICATES = table_of(CredentialStatus), table_of(Certificate)
_REVOKED = (
    select(_STATUSES.c.place)
    .select_from(_STATUSES.outerjoin(_CERTIFICATES, _CERTIFICATES.c.id == _STATUSES.c.certificate_id))
    .where(_CERTIFICATES.c.id.is_(None) | (_CERTIFICATES.c.revoked_at <= bindparam("now")))
)


def revoked_places(session: AnySession, now: datetime) -> list[int]:
    """Return the places of certificates that were revoked or are gone, in one statement."""
    return list(execute(session, _REVOKED, {"now": now}).scalars())
