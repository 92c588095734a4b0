"""A certificate says how it stands at a moment: to the second, and in the order in which words count."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories.base import NOON
from tests.training.credentials.samples import CERTIFICATE, certificate

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)


def test_it_is_valid_to_the_last_second_of_its_last_day() -> None:
    assert CERTIFICATE.status(CERTIFICATE.ends_at - SECOND) == "valid"
    assert CERTIFICATE.status(CERTIFICATE.ends_at) == "expired"


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
