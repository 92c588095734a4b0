"""Rules of certificates: what a passed final earns, and which one it has earned. Pure."""

from collections.abc import Sequence
from datetime import date

from learnapp.content.programs import Program
from learnapp.learning.models import RENEWAL
from learnapp.training.certificates.dates import local_day, valid_until
from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.final.rules import FinalAttempt


def earned_until(
    program: Program, passed: FinalAttempt, earlier: Sequence[IssuedCertificate], zone: str
) -> date | None:
    """Return the last day of the certificate that a final earns, None for one that was not passed.

    It counts from the day of the pass, in the organization's zone; a renewal that was passed while the one before was
    valid adds its months to that one's last day. `earlier` has the newest first; one that was withdrawn adds nothing.
    """
    if passed.finished_at is None or not passed.passed:
        return None
    before = next((one for one in earlier[:1] if passed.kind == RENEWAL and one.revoked_at is None), None)
    day = local_day(passed.finished_at, zone)
    return valid_until(day, program.valid_months, before.valid_until if before else None)


def certificate_for(passed: FinalAttempt, issued: Sequence[IssuedCertificate]) -> IssuedCertificate | None:
    """Return the certificate that was issued for a form, None where none was."""
    return next((certificate for certificate in issued if certificate.attempt_id == passed.id), None)
