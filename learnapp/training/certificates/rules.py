"""Rules of certificates: what a passed final earns, and which one it has earned. Pure."""

from collections.abc import Sequence
from datetime import date, datetime

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
    valid adds its months to that one's last day, and earns nothing where that one was withdrawn. `earlier` has the
    newest first.
    """
    if passed.finished_at is None or not passed.passed:
        return None
    before = earlier[0] if earlier and passed.kind == RENEWAL else None
    if before is not None and before.revoked_at is not None:
        return None
    day = local_day(passed.finished_at, zone)
    return valid_until(day, program.valid_months, before.valid_until if before else None)


def is_claimable(
    program: Program, passed: FinalAttempt, earlier: Sequence[IssuedCertificate], now: datetime, zone: str
) -> bool:
    """Tell whether the certificate that a form earns is not over yet."""
    until = earned_until(program, passed, earlier, zone)
    return until is not None and local_day(now, zone) <= until


def certificate_for(passed: FinalAttempt, issued: Sequence[IssuedCertificate]) -> IssuedCertificate | None:
    """Return the certificate that was issued for a form, None where none was."""
    return next((certificate for certificate in issued if certificate.attempt_id == passed.id), None)
