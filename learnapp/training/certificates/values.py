"""Certificates as frozen values, with their numbers and their status at a moment."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypedDict

from learnapp.training.certificates.dates import day_ends

CertificateStatus = Literal["valid", "expired", "revoked", "renewed"]
_NUMBER = re.compile(r"[A-Za-z0-9_-]{22}")


def is_number(text: str) -> bool:
    """Tell whether a text could be the number of a certificate: 128 random bits, see `ID_BYTES`."""
    return _NUMBER.fullmatch(text) is not None


class Statements(TypedDict):
    """What a certificate says of its program, as it was at the issue: lead, what one can do then, safety points."""

    lead: str
    can: list[str]
    safety: list[str]


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A certificate as it was issued; `place` is that of its bit in the list of statuses.

    It is valid to the end of the day `valid_until` in its zone. Nothing is stored when it expires.
    """

    id: str
    user_id: int
    attempt_id: int
    program: str
    program_title: str
    name_shown: str
    content_version: str
    statements: Statements
    issued_at: datetime
    valid_until: date
    zone: str
    subject: str
    place: int
    renewed_at: datetime | None = None
    revoked_at: datetime | None = None
    revoke_reason: str | None = None

    @property
    def ends_at(self) -> datetime:
        """Return the first moment at which it is not valid any more."""
        return day_ends(self.valid_until, self.zone)

    def status(self, now: datetime) -> CertificateStatus:
        """Return how it stands at a moment: what was withdrawn stays so, what was renewed is not called expired."""
        if self.revoked_at is not None and self.revoked_at <= now:
            return "revoked"
        if self.renewed_at is not None and self.renewed_at <= now:
            return "renewed"
        return "valid" if now < self.ends_at else "expired"
