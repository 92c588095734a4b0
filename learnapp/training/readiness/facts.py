"""Facts of readiness, gathered from how somebody stands in a program and how well they remember. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from learnapp.learning.review.queue import ReviewQueue
from learnapp.training.certificates.dates import local_day
from learnapp.training.final.rules import last_pass
from learnapp.training.overview.review import program_recalls, review_of
from learnapp.training.overview.service import ProgramStatus
from learnapp.training.overview.steps import renewable_from
from learnapp.training.programs.updates import updates_to_read
from learnapp.training.readiness.rules import ReadinessFacts

NOON = time(12)


def readiness_facts(status: ProgramStatus, queue: ReviewQueue, day: date) -> ReadinessFacts:
    """Return what bears on a day, as days are in the organization's zone, at its noon."""
    recalls = program_recalls(status.program, queue, day)
    return facts_of(status, recalls, day, datetime.combine(day, NOON, ZoneInfo(status.zone)))


def facts_of(status: ProgramStatus, recalls: Sequence[float], day: date, moment: datetime) -> ReadinessFacts:
    """Return what bears on an event of that local day which begins at the moment.

    `recalls` are the predicted recalls on the day of those questions of the program that come back to the person.
    """
    program, progress, newest = status.program, status.progress, status.certificate
    passed = last_pass(status.attempts)
    trained_on = local_day(passed.started_at, status.zone) if passed else None
    review = review_of(recalls)
    step = status.step
    in_time = step.until is None or step.until < moment
    renews = newest is not None and newest.revoked_at is None and renewable_from(newest, program) <= day
    return ReadinessFacts(
        day=day,
        moment=moment,
        lessons_left=len(progress.left),
        conversations_left=len(progress.practice_left),
        minutes_left=progress.minutes_left,
        passed=passed is not None,
        final_next=step.kind in ("begin", "go_on") or (step.kind == "wait" and in_time),
        certificate=newest,
        certificate_next=step.kind == "claim" or renews,
        updates_left=len(updates_to_read(program, status.acknowledged, trained_on, day)),
        questions=len(recalls),
        known=review.known,
        review_minutes=review.minutes,
    )
