"""What a passed final earns: months from the day of the pass, or from the last day of the one before."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from learnapp.training.certificates.rules import certificate_for, earned_until, is_claimable
from learnapp.training.final.rules import FinalAttempt
from tests.courses.training import program
from tests.factories.base import NOON
from tests.training.credentials.samples import CERTIFICATE

PASSED = FinalAttempt(2, "final", "finished", ("a",), NOON, NOON, True)
RENEWED = replace(PASSED, kind="renewal")
BEFORE = replace(CERTIFICATE, attempt_id=1, valid_until=date(2026, 12, 24), zone="UTC")


def test_a_final_earns_the_months_of_its_program_from_the_day_of_the_pass() -> None:
    assert earned_until(program(), PASSED, (), "UTC") == date(2027, 11, 21)
    assert earned_until(program(valid_months=6), PASSED, (), "UTC") == date(2027, 5, 21)


def test_the_day_of_the_pass_is_the_organization_s() -> None:
    late = replace(PASSED, finished_at=datetime(2026, 11, 21, 23, 30, tzinfo=NOON.tzinfo))
    assert earned_until(program(), late, (), "Asia/Seoul") == date(2027, 11, 22)
    assert earned_until(program(), late, (), "America/Los_Angeles") == date(2027, 11, 21)


def test_an_early_renewal_costs_no_day_and_a_late_one_counts_from_the_pass() -> None:
    assert earned_until(program(), RENEWED, (BEFORE,), "UTC") == date(2027, 12, 24)
    ended = replace(BEFORE, valid_until=date(2026, 11, 1))
    assert earned_until(program(), RENEWED, (ended,), "UTC") == date(2027, 11, 21)


def test_a_whole_final_and_a_withdrawn_certificate_add_nothing_to_the_old_day() -> None:
    assert earned_until(program(), PASSED, (BEFORE,), "UTC") == date(2027, 11, 21)
    withdrawn = replace(BEFORE, revoked_at=NOON - timedelta(days=1), revoke_reason="Shared.")
    assert earned_until(program(), PASSED, (withdrawn,), "UTC") == date(2027, 11, 21)


def test_a_renewal_of_what_was_withdrawn_earns_nothing() -> None:
    withdrawn = replace(BEFORE, revoked_at=NOON - timedelta(days=1), revoke_reason="Shared.")
    assert earned_until(program(), RENEWED, (withdrawn,), "UTC") is None
    assert not is_claimable(program(), RENEWED, (withdrawn,), NOON, "UTC")


def test_what_was_not_passed_earns_nothing() -> None:
    assert earned_until(program(), replace(PASSED, passed=False), (), "UTC") is None
    assert earned_until(program(), replace(PASSED, finished_at=None), (), "UTC") is None


def test_the_certificate_of_a_form_is_the_one_that_was_issued_for_it_and_no_other() -> None:
    own = replace(BEFORE, id="d" * 22, attempt_id=PASSED.id)
    assert certificate_for(PASSED, (own, BEFORE)) is own
    assert certificate_for(PASSED, (BEFORE, own)) is own
    assert certificate_for(PASSED, (BEFORE,)) is None
