"""Steps of a program: what comes next for everybody who could stand in one, and when a certificate reminds."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from learnapp.content.programs import FormKind
from learnapp.learning.models import ASIDE, FINAL, FINISHED, OPEN, RENEWAL
from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.final.rules import FinalAttempt
from learnapp.training.overview.steps import ProgramReview, Step, is_renewable, next_step, reminder, renewable_from
from learnapp.training.programs.progress import ProgramPart
from tests.courses.training import program
from tests.factories.base import NOON
from tests.training.credentials.samples import CERTIFICATE

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
PROGRAM = program()
FRESH, STALE = ProgramReview(), ProgramReview(fresh=False, minutes=9)
ENDS = date(2027, 11, 21)
OPENS = ENDS - 60 * DAY


def form(number: int, state: str = OPEN, *, ago: timedelta = HOUR, kind: FormKind = FINAL) -> FinalAttempt:
    """Make a form that was begun so long before noon."""
    return FinalAttempt(number, kind, state, ("one",), NOON - ago, None, None)


def ended(number: int, *, passed: bool, ago: timedelta = HOUR, kind: FormKind = FINAL) -> FinalAttempt:
    """Make a form that was finished so long before noon."""
    return FinalAttempt(number, kind, FINISHED, ("one",), NOON - ago - HOUR, NOON - ago, passed)


def certificate(
    attempt: int = 1,
    *,
    valid_until: date = ENDS,
    renewed_at: datetime | None = None,
    revoked_at: datetime | None = None,
    zone: str = "UTC",
) -> IssuedCertificate:
    reason = "by mistake" if revoked_at else None
    return replace(
        CERTIFICATE,
        attempt_id=attempt,
        valid_until=valid_until,
        zone=zone,
        renewed_at=renewed_at,
        revoked_at=revoked_at,
        revoke_reason=reason,
    )


IN_RENEWAL = datetime(2027, 10, 1, 12, tzinfo=UTC)
AFTER_END = datetime(2027, 12, 24, 12, tzinfo=UTC)

LATE = [ended(1, passed=True, ago=400 * DAY)]
NONE: list[IssuedCertificate] = []

# Lessons done, attempts, certificates, review, moment: what comes next.
TABLE: dict[
    str, tuple[ProgramPart | None, list[FinalAttempt], list[IssuedCertificate], ProgramReview, datetime, Step]
] = {
    "lessons come first": ("learn", [], NONE, FRESH, NOON, Step("learn")),
    "then the final": (None, [], NONE, FRESH, NOON, Step("begin", "final")),
    "a first final asks no review": (None, [], NONE, STALE, NOON, Step("begin", "final")),
    "an open form is gone on with": (
        None,
        [form(1)],
        NONE,
        FRESH,
        NOON,
        Step("go_on", "final", form(1), until=NOON - HOUR + 30 * DAY),
    ),
    "also once a lesson was added": (
        "learn",
        [form(1)],
        NONE,
        STALE,
        NOON,
        Step("go_on", "final", form(1), until=NOON - HOUR + 30 * DAY),
    ),
    "to its last second": (
        None,
        [form(1, ago=30 * DAY - SECOND)],
        NONE,
        FRESH,
        NOON,
        Step("go_on", "final", form(1, ago=30 * DAY - SECOND), until=NOON + SECOND),
    ),
    "an over-aged form is waited for": (
        None,
        [form(1, ago=30 * DAY)],
        NONE,
        FRESH,
        NOON,
        Step("wait", "final", until=NOON + DAY),
    ),
    "to the last second of its day": (
        None,
        [form(1, ago=31 * DAY - SECOND)],
        NONE,
        FRESH,
        NOON,
        Step("wait", "final", until=NOON + SECOND),
    ),
    "and no longer": (None, [form(1, ago=31 * DAY)], NONE, FRESH, NOON, Step("begin", "final")),
    "one that was set aside as well": (
        None,
        [form(1, ASIDE, ago=30 * DAY)],
        NONE,
        FRESH,
        NOON,
        Step("wait", "final", until=NOON + DAY),
    ),
    "not passed waits a day": (
        None,
        [ended(1, passed=False)],
        NONE,
        FRESH,
        NOON,
        Step("wait", "final", until=NOON - HOUR + DAY),
    ),
    "to its last second, too": (
        None,
        [ended(1, passed=False, ago=DAY - SECOND)],
        NONE,
        FRESH,
        NOON,
        Step("wait", "final", until=NOON + SECOND),
    ),
    "then a new form": (None, [ended(1, passed=False, ago=DAY)], NONE, FRESH, NOON, Step("begin", "final")),
    "the newest form is what is waited for": (
        None,
        [ended(2, passed=False), ended(1, passed=False, ago=9 * DAY)],
        NONE,
        FRESH,
        NOON,
        Step("wait", "final", until=NOON - HOUR + DAY),
    ),
    "lessons before the wait": ("learn", [ended(1, passed=False)], NONE, FRESH, NOON, Step("learn")),
    "passed claims": (None, [ended(1, passed=True)], NONE, FRESH, NOON, Step("claim", "final", ended(1, passed=True))),
    "also much later, with lessons added": (
        "learn",
        [ended(1, passed=True, ago=300 * DAY)],
        NONE,
        STALE,
        NOON,
        Step("claim", "final", ended(1, passed=True, ago=300 * DAY)),
    ),
    "but not once it would be over already": (
        None,
        [ended(1, passed=True, ago=400 * DAY)],
        NONE,
        FRESH,
        NOON,
        Step("begin", "final"),
    ),
    "a certificate rests": (
        None,
        [ended(1, passed=True)],
        [certificate()],
        FRESH,
        NOON,
        Step("rest", "renewal", opens_on=OPENS),
    ),
    "whatever lessons were added": (
        "learn",
        [ended(1, passed=True)],
        [certificate()],
        STALE,
        NOON,
        Step("rest", "renewal", opens_on=OPENS),
    ),
    "rests to the last second before its renewal": (
        None,
        LATE,
        [certificate()],
        FRESH,
        datetime(2027, 9, 21, 23, 59, 59, tzinfo=UTC),
        Step("rest", "renewal", opens_on=OPENS),
    ),
    "is renewed from that day on": (
        None,
        LATE,
        [certificate()],
        FRESH,
        datetime(2027, 9, 22, tzinfo=UTC),
        Step("begin", "renewal"),
    ),
    "in days of its own zone": (
        None,
        LATE,
        [certificate(zone="America/New_York")],
        FRESH,
        datetime(2027, 9, 22, 3, 59, 59, tzinfo=UTC),
        Step("rest", "renewal", opens_on=OPENS),
    ),
    "which begin there later": (
        None,
        LATE,
        [certificate(zone="America/New_York")],
        FRESH,
        datetime(2027, 9, 22, 4, tzinfo=UTC),
        Step("begin", "renewal"),
    ),
    "a renewal asks for review": (None, LATE, [certificate()], STALE, IN_RENEWAL, Step("review", "renewal")),
    "a renewal asks no lessons": ("learn", LATE, [certificate()], FRESH, IN_RENEWAL, Step("begin", "renewal")),
    "an expired one is renewed as well": (None, LATE, [certificate()], FRESH, AFTER_END, Step("begin", "renewal")),
    "with review": (None, LATE, [certificate()], STALE, AFTER_END, Step("review", "renewal")),
    "a renewal that is open goes on": (
        None,
        [form(2, kind=RENEWAL), ended(1, passed=True, ago=400 * DAY)],
        [certificate(valid_until=NOON.date())],
        STALE,
        NOON,
        Step("go_on", "renewal", form(2, kind=RENEWAL), until=NOON - HOUR + 30 * DAY),
    ),
    "a renewal that was not passed waits before review": (
        None,
        [ended(2, passed=False, kind=RENEWAL), ended(1, passed=True, ago=400 * DAY)],
        [certificate(valid_until=NOON.date())],
        STALE,
        NOON,
        Step("wait", "renewal", until=NOON - HOUR + DAY),
    ),
    "a renewal that was passed claims": (
        None,
        [ended(2, passed=True, kind=RENEWAL), ended(1, passed=True, ago=400 * DAY)],
        [certificate(valid_until=NOON.date())],
        FRESH,
        NOON,
        Step("claim", "renewal", ended(2, passed=True, kind=RENEWAL)),
    ),
    "the newest certificate counts": (
        None,
        [ended(2, passed=True, kind=RENEWAL), ended(1, passed=True, ago=400 * DAY)],
        [certificate(2), certificate(1, valid_until=NOON.date(), renewed_at=NOON)],
        FRESH,
        NOON,
        Step("rest", "renewal", opens_on=OPENS),
    ),
    "withdrawn needs the whole final": (
        None,
        LATE,
        [certificate(revoked_at=NOON)],
        STALE,
        IN_RENEWAL,
        Step("begin", "final"),
    ),
    "and all lessons": ("learn", LATE, [certificate(revoked_at=NOON)], FRESH, IN_RENEWAL, Step("learn")),
    "and waits a day after the pass that was withdrawn": (
        None,
        [ended(1, passed=True)],
        [certificate(revoked_at=NOON)],
        FRESH,
        NOON,
        Step("wait", "final", until=NOON - HOUR + DAY),
    ),
    "passed again after a withdrawal claims": (
        None,
        [ended(2, passed=True), ended(1, passed=True, ago=9 * DAY)],
        [certificate(1, revoked_at=NOON)],
        FRESH,
        NOON,
        Step("claim", "final", ended(2, passed=True)),
    ),
    "conversations come after the lessons": ("practice", [], NONE, FRESH, NOON, Step("practice")),
    "a form that is open goes on before a conversation": (
        "practice",
        [form(1)],
        NONE,
        FRESH,
        NOON,
        Step("go_on", "final", form(1), until=form(1).over_at),
    ),
    "a certificate that is valid asks for no conversation": (
        "practice",
        [ended(1, passed=True)],
        [certificate()],
        FRESH,
        NOON,
        Step("rest", "renewal", opens_on=OPENS),
    ),
    "a later failure takes no pass away": (
        None,
        [ended(2, passed=False), ended(1, passed=True, ago=9 * DAY)],
        NONE,
        FRESH,
        NOON,
        Step("claim", "final", ended(1, passed=True, ago=9 * DAY)),
    ),
}


@pytest.mark.parametrize(
    ("missing", "attempts", "certificates", "review", "now", "expected"), TABLE.values(), ids=TABLE
)
def test_what_comes_next(
    missing: ProgramPart | None,
    attempts: list[FinalAttempt],
    certificates: list[IssuedCertificate],
    review: ProgramReview,
    now: datetime,
    expected: Step,
) -> None:
    assert next_step(PROGRAM, missing, attempts, certificates, review, now, "UTC") == expected


def test_the_table_has_every_step() -> None:
    assert {expected.kind for *_rest, expected in TABLE.values()} == {
        *("learn", "practice", "go_on", "claim", "wait", "review", "begin", "rest")
    }


def test_the_program_says_from_which_day_on_it_is_renewed() -> None:
    short = program(renewal={"strata": {"1-tea": 1}, "pass_points": 1, "opens_days": 1})
    assert renewable_from(certificate(), short) == ENDS - DAY
    assert is_renewable(certificate(), short, datetime(2027, 11, 20, tzinfo=UTC))
    assert not is_renewable(certificate(), short, datetime(2027, 11, 19, 23, 59, 59, tzinfo=UTC))


@pytest.mark.parametrize(
    ("left", "expected"),
    [(61, None), (60, 60), (31, 60), (30, 30), (8, 30), (7, 7), (1, 7), (0, 7), (-1, 0), (-900, 0)],
)
def test_a_certificate_reminds_60_30_and_7_days_before_its_end_and_after_it(left: int, expected: int | None) -> None:
    for hour in (0, 23):
        now = datetime(ENDS.year, ENDS.month, ENDS.day, hour, 59, tzinfo=UTC) - left * DAY
        assert reminder(certificate(), now) == expected


@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/Los_Angeles", "Pacific/Kiritimati"])
def test_a_reminder_comes_at_midnight_of_the_certificate_s_zone(zone: str) -> None:
    held = certificate(zone=zone)
    first = datetime(2027, 9, 22, tzinfo=ZoneInfo(held.zone)).astimezone(UTC)
    assert (reminder(held, first - SECOND), reminder(held, first)) == (None, 60)
    assert (reminder(held, held.ends_at - SECOND), reminder(held, held.ends_at)) == (7, 0)


def test_what_was_renewed_or_withdrawn_reminds_of_nothing() -> None:
    for now in (NOON, IN_RENEWAL, AFTER_END):
        assert reminder(certificate(renewed_at=NOON), now) is None
        assert reminder(certificate(revoked_at=NOON), now) is None
