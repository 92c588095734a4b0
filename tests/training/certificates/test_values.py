"""A certificate says how it stands at a moment: to the second, and in the order in which words count."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from learnapp.training.certificates.values import is_number
from tests.factories.base import NOON
from tests.training.credentials.samples import CERTIFICATE, certificate

NUMBER = "aB-_efghijklmnopqrstu0"
SECOND, DAY, MOMENT = timedelta(seconds=1), timedelta(days=1), timedelta(microseconds=1)
# The last one has no midnight on the day after.
LAST_DAYS = (date(2029, 2, 28), date(2028, 8, 31), date(2028, 12, 31), date(2027, 3, 27))
ZONES = ("Asia/Seoul", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Beirut")


def test_it_is_valid_to_the_last_second_of_its_last_day() -> None:
    assert CERTIFICATE.status(CERTIFICATE.ends_at - SECOND) == "valid"
    assert CERTIFICATE.status(CERTIFICATE.ends_at) == "expired"


@pytest.mark.parametrize("zone", ZONES)
def test_it_is_valid_at_the_last_moment_of_a_local_day_and_expired_at_the_first_of_the_next(zone: str) -> None:
    for last in LAST_DAYS:
        made = certificate(valid_until=last, zone=zone)
        latest = datetime.combine(last, time.max, ZoneInfo(zone))
        assert (latest.hour, latest.microsecond) == (23, 999_999)
        assert made.status(latest) == "valid"
        assert made.status(latest.astimezone(UTC)) == "valid"
        assert made.status(latest.astimezone(UTC) + MOMENT) == "expired"
        assert made.ends_at == latest.astimezone(UTC) + MOMENT


def test_of_all_that_can_have_happened_withdrawn_goes_before_renewed_and_renewed_before_expired() -> None:
    order = ("revoked", "renewed", "expired", "valid")
    for revoked, renewed, expired in product((True, False), repeat=3):
        made = certificate(
            revoked_at=NOON if revoked else None,
            revoke_reason="by mistake" if revoked else None,
            renewed_at=NOON if renewed else None,
            valid_until=NOON.date() - DAY if expired else NOON.date() + DAY,
        )
        holds = [word for word, is_so in zip(order, (revoked, renewed, expired, True), strict=True) if is_so]
        assert made.status(NOON) == holds[0]


def test_it_is_withdrawn_and_renewed_from_that_very_moment() -> None:
    for about in ({"revoked_at": NOON, "revoke_reason": "by mistake"}, {"renewed_at": NOON}):
        made = certificate(**about)
        assert made.status(NOON - MOMENT) == "valid"
        assert made.status(NOON) in {"revoked", "renewed"}


@pytest.mark.parametrize(
    ("about", "status"),
    [
        ({"revoked_at": NOON}, "revoked"),
        ({"revoked_at": NOON, "renewed_at": NOON}, "revoked"),
        ({"renewed_at": NOON}, "renewed"),
        ({"revoked_at": NOON + 2 * DAY}, "valid"),
        ({"renewed_at": NOON + 2 * DAY}, "valid"),
    ],
)
def test_what_was_withdrawn_stays_so_and_what_was_renewed_is_not_called_expired(
    about: dict[str, Any], status: str
) -> None:
    made = certificate(**about)
    assert made.status(NOON + DAY) == status
    assert made.status(made.ends_at + DAY) in {"revoked", "renewed"}


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (NUMBER, True),
        ("0" * 22, True),
        (NUMBER[:-1], False),
        (NUMBER + "0", False),
        (NUMBER + "\n", False),
        (NUMBER[:-1] + "é", False),
        (NUMBER[:-1] + "٣", False),
        ("", False),
    ],
)
def test_a_number_has_22_letters_digits_hyphens_and_underscores(text: str, is_one: bool) -> None:
    assert is_number(text) is is_one
