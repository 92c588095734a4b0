"""Certificates: issued once for a passed final, renewed by a newer one, withdrawn with a reason for their holder."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select, update

from learnapp.content.programs import Program, SafetyPoint
from learnapp.database.db import AnySession, begin_write
from learnapp.learning.attempts.store import attempt_detail
from learnapp.learning.models import RENEWAL
from learnapp.training.certificates.places import reserve_place
from learnapp.training.certificates.rules import certificate_for, earned_until, is_claimable
from learnapp.training.certificates.store import certificates_of, certificates_of_program
from learnapp.training.certificates.values import Statements
from learnapp.training.errors import CertificateNotFound, NothingToCertify
from learnapp.training.final.rules import last_pass
from learnapp.training.final.store import lock_finals, set_aside
from learnapp.training.models import Certificate

ID_BYTES = 16


def issue_certificate(
    session: AnySession,
    user_id: int,
    program: Program,
    safety: Sequence[SafetyPoint],
    zone: str,
    now: datetime,
    *,
    name: str,
) -> str:
    """Issue the certificate for the final that was passed last, and return its number; asked again, it is the same one.

    `name` is the one that its holder has chosen; the version of the course is that of the form, not of today. Until
    when it is valid, `earned_until` says. Raises NothingToCertify, also where that day is over already.
    """
    attempts = lock_finals(session, user_id, program, now)
    passed = last_pass(attempts)
    earlier = certificates_of_program(certificates_of(session, user_id), program)
    if passed is None:
        raise NothingToCertify(program.slug)
    if found := certificate_for(passed, earlier):
        return found.id
    until = earned_until(program, passed, earlier, zone)
    if until is None or not is_claimable(program, passed, earlier, now, zone):
        raise NothingToCertify(program.slug)
    certificate = Certificate(
        id=secrets.token_urlsafe(ID_BYTES),
        user_id=user_id,
        attempt_id=passed.id,
        program=program.slug,
        program_title=program.title,
        name_shown=name,
        content_version=attempt_detail(session, user_id, passed.id).quiz.course_version or "",
        statements=Statements(lead=program.lead, can=list(program.can), safety=[point.title for point in safety]),
        issued_at=now,
        valid_until=until,
        zone=zone,
        subject=uuid4().urn,
    )
    session.add(certificate)
    session.flush()
    reserve_place(session, certificate.id)
    if earlier:
        session.execute(update(Certificate).where(Certificate.id == earlier[0].id).values(renewed_at=now))
    return certificate.id


def revoke_certificate(session: AnySession, certificate_id: str, reason: str, now: datetime) -> None:
    """Withdraw a certificate, for a reason that its holder is told; one that was withdrawn stays as it is.

    A renewal of it that is open is set aside. Raises CertificateNotFound.
    """
    begin_write(session)
    found = session.scalars(select(Certificate).where(Certificate.id == certificate_id).with_for_update()).one_or_none()
    if found is None:
        raise CertificateNotFound(certificate_id)
    if found.revoked_at is None:
        found.revoked_at, found.revoke_reason = now, reason
        session.flush()
        if found.renewed_at is None:
            set_aside(session, found.user_id, [found.program], RENEWAL)
