"""Certificates: one for each passed final however often it is asked for, renewed, withdrawn, earned anew."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy.orm import Session

from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from learnapp.training.certificates.service import issue_certificate, revoke_certificate
from learnapp.training.certificates.store import certificates_of, find_certificate
from learnapp.training.certificates.values import is_number
from learnapp.training.errors import CertificateNotFound, FinalNotOpen, NothingToCertify
from learnapp.training.models import Certificate, CredentialStatus
from tests.actors.attempts import wrong
from tests.actors.training import A_DAY, Db, begin, certified, finish, issue, read_all, status_of
from tests.courses.training import HELPER, SERVER
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON

pytestmark = pytest.mark.both_databases
LAST_DAY = date(2027, 11, 21)
EVENING = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)  # the next day already in Seoul and on Kiritimati


def days_before_its_end(days: int) -> datetime:
    """Return noon of the day so many days before the last one of a certificate that was issued at noon."""
    return datetime.combine(LAST_DAY - timedelta(days=days), NOON.timetz())


def renew(session: Db, catalog: Catalog, user_id: int, now: datetime, kind: str = "renewal") -> None:
    """Pass the form that is open then."""
    form = begin(session, catalog, user_id, now)
    assert form.summary.kind == kind
    assert finish(session, form, now=now).summary.passed


def test_a_certificate_is_issued_for_the_final_that_was_passed(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    passed = finish(db_session, begin(db_session, catalog, vera))
    later = NOON + timedelta(days=20)
    made = issue(db_session, catalog, vera, later, "Asia/Seoul", "Vera Light")

    assert is_number(made.id)
    assert (made.user_id, made.attempt_id) == (vera, passed.summary.id)
    assert (made.program, made.program_title) == (SERVER, "Tea server")
    assert (made.name_shown, made.content_version, made.zone) == ("Vera Light", catalog.digest[:12], "Asia/Seoul")
    assert made.issued_at == later
    assert made.valid_until == LAST_DAY  # the months begin with the pass
    assert made.subject.startswith("urn:uuid:")
    assert (made.renewed_at, made.revoked_at, made.revoke_reason) == (None, None, None)
    assert db_session.get_one(CredentialStatus, made.place).certificate_id == made.id


@pytest.mark.parametrize(
    ("zone", "last"),
    [
        ("America/Los_Angeles", date(2027, 11, 21)),
        ("Asia/Seoul", date(2027, 11, 22)),
        ("Pacific/Kiritimati", date(2027, 11, 22)),
    ],
)
def test_its_months_begin_on_the_day_of_the_pass_where_the_organization_is(
    db_session: Db, catalog: Catalog, vera: int, zone: str, last: date
) -> None:
    made = certified(db_session, catalog, vera, EVENING, zone)
    assert (made.valid_until, made.zone) == (last, zone)


def test_asked_again_it_is_the_same_with_the_words_of_the_first_time(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    first = certified(db_session, catalog, vera)
    for again in (NOON, NOON + timedelta(days=400)):
        assert issue(db_session, catalog, vera, again, "Asia/Seoul", "Vera Else") == first
    assert db_session.query(Certificate).count() == db_session.query(CredentialStatus).count() == 1


@pytest.mark.both_databases(always=True)
def test_of_twenty_who_ask_at_once_all_get_one_number(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    finish(db_session, begin(db_session, catalog, vera))
    engine, together = db.engine, Barrier(20)

    def ask(number: int) -> str:
        together.wait()
        with Session(engine) as session:
            program, name = catalog.programs[SERVER], f"Vera {number}"
            found = issue_certificate(session, vera, program, catalog.safety, "UTC", NOON, name=name)
            session.commit()
            return found

    with ThreadPoolExecutor(20) as pool:
        numbers = set(pool.map(ask, range(20)))
    (made,) = db_session.query(Certificate).all()
    assert numbers == {made.id}
    assert db_session.query(CredentialStatus).count() == 1


def test_nothing_is_issued_before_a_final_is_passed(db_session: Db, catalog: Catalog, vera: int) -> None:
    def refused() -> bool:
        with pytest.raises(NothingToCertify):
            issue(db_session, catalog, vera)
        db_session.rollback()
        return db_session.query(Certificate).count() == 0

    read_all(catalog, vera)
    assert refused()
    form = begin(db_session, catalog, vera)
    assert refused()
    finish(db_session, form, wrong)
    assert refused()
    assert db_session.query(CredentialStatus).count() == 0


def test_what_another_passed_or_in_another_program_earns_nothing(db_session: Db, catalog: Catalog, vera: int) -> None:
    certified(db_session, catalog, vera)
    ben = UserFactory(name="Ben").id
    for user_id, slug in ((ben, SERVER), (vera, HELPER)):
        program = catalog.programs[slug]
        with pytest.raises(NothingToCertify):
            issue_certificate(db_session, user_id, program, catalog.safety, "UTC", NOON, name="Ben")
        db_session.rollback()


@pytest.mark.parametrize(
    ("days_left", "last"),
    [
        (60, date(2028, 11, 21)),
        (1, date(2028, 11, 21)),
        (0, date(2028, 11, 21)),
        (-1, date(2028, 11, 22)),
        (-400, date(2029, 12, 25)),
    ],
)
def test_renewal_adds_to_the_last_day_while_it_is_valid_and_counts_from_the_pass_after(
    db_session: Db, catalog: Catalog, vera: int, days_left: int, last: date
) -> None:
    old, now = certified(db_session, catalog, vera), days_before_its_end(days_left)
    assert old.valid_until == LAST_DAY
    renew(db_session, catalog, vera, now)
    assert find_certificate(db_session, vera, old.id).renewed_at is None  # until the new one is there
    new = issue(db_session, catalog, vera, now, name="Vera Bright")

    assert new.valid_until == last
    assert new.status(now) == "valid"
    assert (new.id == old.id, new.subject == old.subject, new.place == old.place) == (False, False, False)
    before = find_certificate(db_session, vera, old.id)
    assert (before.status(now), before.renewed_at) == ("renewed", now)
    assert (before.valid_until, before.name_shown) == (LAST_DAY, "Vera Light")
    assert certificates_of(db_session, vera) == {SERVER: (new, before)}


def test_renewal_does_not_open_61_days_before_the_end(db_session: Db, catalog: Catalog, vera: int) -> None:
    certified(db_session, catalog, vera)
    with pytest.raises(FinalNotOpen):
        begin(db_session, catalog, vera, days_before_its_end(61))


@pytest.mark.parametrize(
    ("passed_on", "ends"),
    [
        (date(2028, 2, 29), (date(2029, 2, 28), date(2030, 2, 28))),
        (date(2027, 8, 31), (date(2028, 8, 31), date(2029, 8, 31))),
        (date(2027, 12, 31), (date(2028, 12, 31), date(2029, 12, 31))),
    ],
)
def test_a_last_day_of_a_month_stays_one_from_year_to_year(
    db_session: Db, catalog: Catalog, vera: int, passed_on: date, ends: tuple[date, date]
) -> None:
    first = certified(db_session, catalog, vera, datetime.combine(passed_on, NOON.timetz()))
    at = datetime.combine(first.valid_until, NOON.timetz()) - timedelta(days=30)
    renew(db_session, catalog, vera, at)
    assert (first.valid_until, issue(db_session, catalog, vera, at).valid_until) == ends


def test_a_renewal_that_is_claimed_after_the_end_still_adds_to_the_last_day(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    old = certified(db_session, catalog, vera)
    renew(db_session, catalog, vera, days_before_its_end(1))
    late = days_before_its_end(-30)
    assert find_certificate(db_session, vera, old.id).status(late) == "expired"
    assert issue(db_session, catalog, vera, late).valid_until == date(2028, 11, 21)


def test_the_number_of_one_that_was_renewed_stays_its_own(db_session: Db, catalog: Catalog, vera: int) -> None:
    old, now = certified(db_session, catalog, vera), days_before_its_end(30)
    renew(db_session, catalog, vera, now)
    new = issue(db_session, catalog, vera, now)
    assert issue(db_session, catalog, vera, now + A_DAY) == new
    assert find_certificate(db_session, vera, old.id).renewed_at == now


def test_a_withdrawn_one_says_why_to_its_holder_and_is_withdrawn_once(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    made = certified(db_session, catalog, vera)
    for reason, at in (("issued by mistake", NOON + A_DAY), ("another reason", NOON + 2 * A_DAY)):
        revoke_certificate(db_session, made.id, reason, at)
        db_session.commit()
    found = find_certificate(db_session, vera, made.id)
    assert (found.revoked_at, found.revoke_reason) == (NOON + A_DAY, "issued by mistake")
    assert (found.status(NOON), found.status(NOON + A_DAY)) == ("valid", "revoked")
    assert found.place == made.place


def test_only_a_certificate_that_there_is_can_be_withdrawn(db_session: Db, catalog: Catalog, vera: int) -> None:
    made = certified(db_session, catalog, vera)
    for number in ("x" * 22, made.id.swapcase(), made.id[:-1], ""):
        with pytest.raises(CertificateNotFound):
            revoke_certificate(db_session, number, "by mistake", NOON)
        db_session.rollback()
    assert find_certificate(db_session, vera, made.id) == made


def test_a_withdrawn_one_is_not_issued_again_and_not_renewed_but_earned_anew(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    old = certified(db_session, catalog, vera)
    revoke_certificate(db_session, old.id, "by mistake", NOON)
    db_session.commit()
    assert issue(db_session, catalog, vera, NOON + A_DAY).id == old.id

    now = days_before_its_end(30)
    renew(db_session, catalog, vera, now, kind="final")
    new = issue(db_session, catalog, vera, now)
    assert new.valid_until == date(2028, 10, 22)  # nothing of the old one is added
    assert new.status(now) == "valid"
    assert find_certificate(db_session, vera, old.id).status(now) == "revoked"


def test_the_renewal_of_one_that_is_withdrawn_meanwhile_earns_nothing(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    old, now = certified(db_session, catalog, vera), days_before_its_end(30)
    renew(db_session, catalog, vera, now)
    revoke_certificate(db_session, old.id, "by mistake", now)
    db_session.commit()
    with pytest.raises(NothingToCertify):
        issue(db_session, catalog, vera, now)
    db_session.rollback()
    assert find_certificate(db_session, vera, old.id).status(now) == "revoked"


def test_certificates_of_two_programs_do_not_touch_each_other(db_session: Db, catalog: Catalog, vera: int) -> None:
    server = certified(db_session, catalog, vera)
    status = status_of(db_session, catalog, vera, slug=HELPER)
    assert (status.step.kind, status.certificates) == ("begin", ())
    assert status_of(db_session, catalog, vera).certificates == (server,)


def test_no_certificate_is_issued_that_would_be_over_already(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    finish(db_session, begin(db_session, catalog, vera))
    with pytest.raises(NothingToCertify):
        issue(db_session, catalog, vera, NOON + timedelta(days=366))
    db_session.rollback()
    assert issue(db_session, catalog, vera, NOON + timedelta(days=365)).valid_until == date(2027, 11, 21)
