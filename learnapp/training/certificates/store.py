"""Certificates in the database: one's own, or anybody's by its number, with the place of its status."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, select

from learnapp.content.programs import Program
from learnapp.database.db import AnySession, execute, table_of
from learnapp.training.certificates.values import IssuedCertificate, is_number
from learnapp.training.errors import CertificateNotFound
from learnapp.training.models import Certificate, CredentialStatus

_CERTIFICATES, _STATUSES = table_of(Certificate), table_of(CredentialStatus)
_C = _CERTIFICATES.c
ISSUED_COLUMNS = (
    _C.id,
    _C.user_id,
    _C.attempt_id,
    _C.program,
    _C.program_title,
    _C.name_shown,
    _C.content_version,
    _C.statements,
    _C.issued_at,
    _C.valid_until,
    _C.zone,
    _C.subject,
    _STATUSES.c.place,
    _C.renewed_at,
    _C.revoked_at,
    _C.revoke_reason,
)
_ISSUED = select(*ISSUED_COLUMNS).select_from(_CERTIFICATES.join(_STATUSES, _STATUSES.c.certificate_id == _C.id))
_BY_ID = _ISSUED.where(_C.id == bindparam("id"))
_OWN = _BY_ID.where(_C.user_id == bindparam("user"))
_ALL_OWN = _ISSUED.where(_C.user_id == bindparam("user")).order_by(_C.issued_at.desc(), _C.attempt_id.desc())


def find_certificate(session: AnySession, user_id: int, certificate_id: str) -> IssuedCertificate:
    """Return a person's own certificate; raises CertificateNotFound, for somebody else's, too."""
    row = execute(session, _OWN, {"id": _looked_up(certificate_id), "user": user_id}).first()
    if row is None:
        raise CertificateNotFound(certificate_id)
    return IssuedCertificate(*row)


def certificate_by_id(session: AnySession, certificate_id: str) -> IssuedCertificate | None:
    """Return anybody's certificate, None where there is none with this number."""
    row = execute(session, _BY_ID, {"id": _looked_up(certificate_id)}).first()
    return IssuedCertificate(*row) if row else None


def certificates_of(session: AnySession, user_id: int) -> dict[str, tuple[IssuedCertificate, ...]]:
    """Return all certificates of a person by program, the newest first."""
    found: dict[str, list[IssuedCertificate]] = {}
    for row in execute(session, _ALL_OWN, {"user": user_id}):
        certificate = IssuedCertificate(*row)
        found.setdefault(certificate.program, []).append(certificate)
    return {program: tuple(certificates) for program, certificates in found.items()}


def _looked_up(number: str) -> str:
    """Return what to look up: what can be no number is looked up as none, as quickly, and no database trips over it."""
    return number if is_number(number) else ""


def certificates_of_program(
    certificates: Mapping[str, Sequence[IssuedCertificate]], program: Program
) -> tuple[IssuedCertificate, ...]:
    """Return those of a program, under the names that it has and had, the newest first."""
    own = (certificate for name in program.names for certificate in certificates.get(name, ()))
    return tuple(sorted(own, key=lambda certificate: (certificate.issued_at, certificate.attempt_id), reverse=True))
