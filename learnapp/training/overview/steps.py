"""Steps: what comes next for somebody in a program, decided by what is stored of them and the moment. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from learnapp.content.programs import FormKind, Program
from learnapp.training.certificates.dates import local_day
from learnapp.training.certificates.rules import certificate_for, is_claimable
from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.final.rules import FinalAttempt, last_pass, open_form, waits_until
from learnapp.training.programs.progress import ProgramPart

StepKind = Literal["learn", "practice", "go_on", "claim", "wait", "review", "begin", "rest"]
REMINDER_DAYS = (60, 30, 7)


@dataclass(frozen=True, slots=True)
class ProgramReview:
    """How well a person's questions of a program are known on a day: `fresh`, else `minutes` of review that would do.

    `known` is the share that is likely known, from 0 to 1.
    """

    fresh: bool = True
    minutes: int = 0
    known: float = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: a lesson, a conversation, a form to go on with or to begin, a certificate, a wait, or nothing.

    `form` is what kind of form is or would be begun, `attempt` one that is open or was passed, `until` when a wait or
    a form that is open ends, `opens_on` the day from which a certificate can be renewed.
    """

    kind: StepKind
    form: FormKind = "final"
    attempt: FinalAttempt | None = None
    until: datetime | None = None
    opens_on: date | None = None


def next_step(
    program: Program,
    missing: ProgramPart | None,
    attempts: Sequence[FinalAttempt],
    certificates: Sequence[IssuedCertificate],
    review: ProgramReview,
    now: datetime,
    zone: str,
    *,
    allowed_by_age: bool = True,
) -> Step:
    """Return what comes next; attempts and certificates have the newest first, days are those of the zone.

    `missing` is the part of the program that is not done, None where all is.

    A form that is open goes on whatever has changed since, unless the certificate that it would renew was withdrawn. A
    certificate that was not is renewed by the shorter form, from some days before its end on, and with fresh review;
    else the whole final is taken. Whom the age group keeps from a part of the program is asked no final.
    """
    if certificates and certificates[0].revoked_at is not None:
        withdrawn = certificates[0].attempt_id
        attempts = [one for one in attempts if one.kind != "renewal" or one.id <= withdrawn]
    if allowed_by_age and (current := open_form(attempts, now)) is not None:
        return Step("go_on", current.kind, current, until=current.over_at)
    passed, newest = last_pass(attempts), certificates[0] if certificates else None
    unclaimed = passed is not None and certificate_for(passed, certificates) is None
    if passed is not None and unclaimed and is_claimable(program, passed, certificates, now, zone):
        return Step("claim", passed.kind, passed)
    form: FormKind = "final"
    if newest is not None and newest.revoked_at is None:
        form, opens_on = "renewal", renewable_from(newest, program)
        if not is_renewable(newest, program, now):
            return Step("rest", form, opens_on=opens_on)
    elif missing is not None:
        return Step(missing)
    if not allowed_by_age:
        return Step("learn")
    if (until := waits_until(attempts, now)) is not None:
        return Step("wait", form, until=until)
    if form == "renewal" and not review.fresh:
        return Step("review", form)
    return Step("begin", form)


def renewable_from(certificate: IssuedCertificate, program: Program) -> date:
    """Return the day from which a certificate can be renewed."""
    return certificate.valid_until - timedelta(days=program.renewal.opens_days)


def is_renewable(certificate: IssuedCertificate, program: Program, now: datetime) -> bool:
    """Tell whether a certificate can be renewed at a moment."""
    return local_day(now, certificate.zone) >= renewable_from(certificate, program)


def reminder(certificate: IssuedCertificate, now: datetime) -> int | None:
    """Return the stage at which a holder is reminded: one of REMINDER_DAYS before the end, 0 after it, None earlier.

    Nobody is reminded of a certificate that was renewed or withdrawn.
    """
    status = certificate.status(now)
    if status not in ("valid", "expired"):
        return None
    left = (certificate.valid_until - local_day(now, certificate.zone)).days
    return 0 if status == "expired" else min((days for days in REMINDER_DAYS if left <= days), default=None)
