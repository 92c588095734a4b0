"""Programs of one person: how far they are, read in a few statements; and the form of a final that they begin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from learnapp.content.catalog import Catalog
from learnapp.content.programs import Program, ProgramUpdate
from learnapp.database.db import AnySession
from learnapp.learning.progress.overview import CourseProgress
from learnapp.learning.review.queue import ReviewQueue
from learnapp.training.certificates.dates import local_day
from learnapp.training.certificates.store import certificates_of, certificates_of_program
from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.errors import FinalNotOpen, FinalWaits
from learnapp.training.final.rules import FinalAttempt, last_pass
from learnapp.training.final.store import finals_of, finals_of_program, lock_finals, store_form
from learnapp.training.overview.review import program_review
from learnapp.training.overview.steps import ProgramReview, Step, next_step, reminder
from learnapp.training.practice.store import practice_runs
from learnapp.training.programs.progress import ProgramProgress, practice_progress, program_progress
from learnapp.training.programs.updates import acknowledged_updates, updates_to_read

FinalAttempts = Mapping[str, tuple[FinalAttempt, ...]]  # by program, the newest first
Certificates = Mapping[str, tuple[IssuedCertificate, ...]]  # likewise


@dataclass(frozen=True, slots=True)
class ProgramStatus:
    """A program for one person at a moment; attempts and certificates have the newest first."""

    progress: ProgramProgress
    attempts: tuple[FinalAttempt, ...]
    certificates: tuple[IssuedCertificate, ...]
    review: ProgramReview
    updates: tuple[ProgramUpdate, ...]
    acknowledged: frozenset[str]
    step: Step
    now: datetime
    zone: str

    @property
    def program(self) -> Program:
        return self.progress.program

    @property
    def begun(self) -> bool:
        """Tell whether anything of the program itself was done, besides lessons."""
        return bool(self.attempts or self.certificates)

    @property
    def certificate(self) -> IssuedCertificate | None:
        """Return the newest certificate."""
        return self.certificates[0] if self.certificates else None

    @property
    def reminder(self) -> int | None:
        """Return the stage at which the holder is reminded to renew, see `steps.reminder`."""
        return reminder(self.certificate, self.now) if self.certificate else None

    @property
    def ended(self) -> tuple[FinalAttempt, ...]:
        """Return the forms that take no more answers."""
        return tuple(one for one in self.attempts if one.status(self.now) != "open")


def program_statuses(
    session: AnySession,
    catalog: Catalog,
    courses: Sequence[CourseProgress],
    user_id: int | None,
    queue: ReviewQueue,
    zone: str,
    now: datetime,
    age: int,
    finals: FinalAttempts | None = None,
    certificates: Certificates | None = None,
) -> tuple[ProgramStatus, ...]:
    """Return all programs for a person, or for nobody (None), in the order of the file.

    `zone` is the organization's, `age` that up to which the person is shown things; `finals` and `certificates` are
    the person's, where they were read before.
    """
    if finals is None:
        finals = finals_of(session, user_id) if user_id is not None else {}
    if certificates is None:
        certificates = certificates_of(session, user_id) if user_id is not None else {}
    read = acknowledged_updates(session, user_id) if user_id is not None else {}
    runs = practice_runs(session, user_id) if catalog.conversations else {}
    practice = practice_progress(catalog.conversations, runs, age)

    def status(program: Program) -> ProgramStatus:
        progress = program_progress(program, courses, practice)
        attempts, issued = finals_of_program(finals, program), certificates_of_program(certificates, program)
        acknowledged = frozenset(update for name in program.names for update in read.get(name, ()))
        return program_status(progress, attempts, issued, program_review(program, queue), acknowledged, zone, now)

    return tuple(status(program) for program in catalog.programs.values())


def program_status(
    progress: ProgramProgress,
    attempts: tuple[FinalAttempt, ...],
    certificates: tuple[IssuedCertificate, ...],
    review: ProgramReview,
    acknowledged: frozenset[str],
    zone: str,
    now: datetime,
) -> ProgramStatus:
    """Return a program as it stands for somebody of whom this is stored, of each the newest first. Pure."""
    program, open_to = progress.program, progress.opens_at is None
    updates = updates_to_read(program, acknowledged, _trained_on(attempts, zone), local_day(now, zone))
    step = next_step(program, progress.missing, attempts, certificates, review, now, zone, allowed_by_age=open_to)
    return ProgramStatus(progress, attempts, certificates, review, updates, acknowledged, step, now, zone)


def begin_final(
    session: AnySession, catalog: Catalog, user_id: int, status: ProgramStatus, seed: int, now: datetime
) -> int:
    """Begin a form of the final, or go on with the one that is open; return the attempt's id.

    Whoever does so at the same moment gets the same form. Raises FinalNotOpen, FinalWaits.
    """
    program = status.program
    attempts = lock_finals(session, user_id, program, now)
    certificates = certificates_of_program(certificates_of(session, user_id), program)
    progress, open_to = status.progress, status.progress.opens_at is None
    step = next_step(
        program, progress.missing, attempts, certificates, status.review, now, status.zone, allowed_by_age=open_to
    )
    if step.kind == "go_on" and step.attempt is not None:
        return step.attempt.id
    if step.until is not None:
        raise FinalWaits(step.until)
    if step.kind != "begin":
        raise FinalNotOpen(program.slug)
    bank = catalog.finals[f"{program.slug}/{step.form}"]
    return store_form(session, user_id, program, step.form, bank, attempts, seed, now)


def former_certificates(catalog: Catalog, issued: Certificates) -> tuple[IssuedCertificate, ...]:
    """Return those certificates that are of programs which the course does not have any more, the newest first."""
    gone = (certificates for name, certificates in issued.items() if catalog.program_by_name(name) is None)
    former = (certificate for certificates in gone for certificate in certificates)
    return tuple(sorted(former, key=lambda certificate: certificate.issued_at, reverse=True))


def _trained_on(attempts: Sequence[FinalAttempt], zone: str) -> date | None:
    """Return the day of which the questions were that somebody passed: a form asks what it was drawn of."""
    passed = last_pass(attempts)
    return local_day(passed.started_at, zone) if passed else None
