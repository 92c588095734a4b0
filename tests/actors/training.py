"""Vera, who volunteers: she has read what a program asks, takes its final, and gets her certificate."""

from collections.abc import Callable
from datetime import datetime, timedelta

from learnapp.content.ages import ADULT
from learnapp.content.catalog import Catalog
from learnapp.database.db import AnySession
from learnapp.learning.attempts.answer import Submission, take_action
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.store import attempt_detail, find_attempt_item
from learnapp.learning.attempts.values import AttemptDetail, AttemptItem
from learnapp.learning.progress.service import course_progress
from learnapp.learning.review.queue import ReviewQueue
from learnapp.training.certificates.service import issue_certificate
from learnapp.training.certificates.store import find_certificate
from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.overview.service import ProgramStatus, begin_final, program_statuses
from tests.actors.attempts import right, wrong
from tests.courses.training import SERVER
from tests.factories.base import NOON
from tests.factories.learning import ProgressFactory

Db = AnySession
Answers = Callable[[AttemptItem], Submission]
SEED, ZONE = 20261121, "UTC"
A_DAY = timedelta(hours=24)


def read_all(catalog: Catalog, user_id: int, at: datetime = NOON) -> None:
    """Store that somebody has completed every lesson."""
    for key in catalog.lessons:
        ProgressFactory(user_id=user_id, lesson=key, read_at=at, passed_at=at, completed_at=at)


def status_of(
    session: Db, catalog: Catalog, user_id: int, now: datetime = NOON, slug: str = SERVER, zone: str = ZONE
) -> ProgramStatus:
    """Return a program as it stands for somebody who has nothing to review."""
    courses = [course_progress(session, course, user_id) for course in catalog.courses.values()]
    statuses = program_statuses(session, catalog, courses, user_id, ReviewQueue((), now.date()), zone, now, ADULT)
    return next(status for status in statuses if status.program.slug == slug)


def begin(session: Db, catalog: Catalog, user_id: int, now: datetime = NOON, seed: int = SEED) -> AttemptDetail:
    """Begin the final, commit, and return the form."""
    status = status_of(session, catalog, user_id, now)
    attempt_id = begin_final(session, catalog, user_id, status, seed, now)
    session.commit()
    return attempt_detail(session, user_id, attempt_id)


def answer(session: Db, attempt: AttemptDetail, given: Answers = right, now: datetime = NOON) -> None:
    """Answer every question of a form, conversations to their end."""
    for item in attempt.items:
        stored = find_attempt_item(session, attempt.summary.user_id, attempt.summary.id, item.item.id)
        take_action(session, stored, "save", given(stored), stored.summary.seq, now)
        session.commit()


def finish(session: Db, attempt: AttemptDetail, given: Answers = right, now: datetime = NOON) -> AttemptDetail:
    """Answer a form and finish it; return it as it is then."""
    answer(session, attempt, given, now)
    finished = finish_attempt(session, attempt.summary.user_id, attempt.summary.id, now)
    session.commit()
    return finished


def wrong_in(*item_ids: str) -> Answers:
    """Return answers that are right but in these items."""
    return lambda item: wrong(item) if item.item.id in item_ids else right(item)


def issue(
    session: Db, catalog: Catalog, user_id: int, now: datetime = NOON, zone: str = ZONE, name: str = "Vera Light"
) -> IssuedCertificate:
    """Issue the certificate that was earned, commit, and return it."""
    program = catalog.programs[SERVER]
    number = issue_certificate(session, user_id, program, catalog.safety, zone, now, name=name)
    session.commit()
    return find_certificate(session, user_id, number)


def certified(session: Db, catalog: Catalog, user_id: int, now: datetime = NOON, zone: str = ZONE) -> IssuedCertificate:
    """Have somebody read everything, pass the final and get the certificate, all at one moment."""
    read_all(catalog, user_id, now)
    finish(session, begin(session, catalog, user_id, now), now=now)
    return issue(session, catalog, user_id, now, zone)
