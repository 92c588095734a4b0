"""Words of certificates: how one stands, its days as they are in its zone, and the address that checks it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import get_args

import pytest
from flask import Flask, url_for

from learnapp.training.certificates.values import CertificateStatus
from learnapp.training.certificates.wording import (
    STATUS_WORDS,
    certificate_status_words,
    check_address,
    issued_words,
    valid_until_words,
    verify_address,
    verify_square,
)
from learnapp.web.qr import qr_code
from tests.training.credentials.samples import certificate

NUMBER = "aBcdefghijklmnopqrstu0"
HOST, BELOW = "https://learn.example", "https://learn.example/below/a/path"
VERSION_4 = 33  # modules a side


def test_each_status_has_words_of_its_own(app: Flask) -> None:
    assert set(STATUS_WORDS) == set(get_args(CertificateStatus))
    with app.test_request_context():
        words = {status: certificate_status_words(status) for status in get_args(CertificateStatus)}
    assert words == {
        "valid": "Valid today",
        "expired": "Expired",
        "revoked": "Withdrawn",
        "renewed": "Renewed by a newer one",
    }


@pytest.mark.parametrize(
    ("zone", "day"), [("America/Los_Angeles", 21), ("UTC", 21), ("Asia/Seoul", 22), ("Pacific/Kiritimati", 22)]
)
@pytest.mark.parametrize("reader", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_days_are_those_of_the_certificate_s_zone_wherever_it_is_read(
    app: Flask, zone: str, day: int, reader: str
) -> None:
    issued = datetime(2026, 11, 21, 20, 0, tzinfo=UTC)
    made = certificate(issued_at=issued, valid_until=date(2028, 2, 29), zone=zone)
    with app.test_request_context(headers={"Cookie": f"display=time_zone={reader}"}):
        assert issued_words(made) == f"{day} November 2026"
        assert valid_until_words(made) == "29 February 2028"


@pytest.mark.parametrize(("public_url", "address"), [(HOST, HOST), (f"{HOST}/", HOST), (BELOW, BELOW)])
def test_the_addresses_are_those_of_the_pages_and_name_the_host_that_the_operator_has_named(
    make_app: Callable[..., Flask], public_url: str, address: str
) -> None:
    with make_app(public_url=public_url).test_request_context(base_url=address):
        assert verify_address(NUMBER) == url_for("certificates.verify", certificate_id=NUMBER, _external=True)
        assert verify_address(NUMBER) == f"{address}/verify/{NUMBER}"
        assert check_address() == f"{address}/verify".removeprefix("https://")


def test_the_square_holds_the_address_and_is_small_enough_for_paper(make_app: Callable[..., Flask]) -> None:
    with make_app(public_url=HOST).test_request_context():
        square = verify_square(NUMBER)
        assert square == qr_code(f"{HOST}/verify/{NUMBER}")
        assert square.size == VERSION_4
        assert verify_square("0" * 22) != square
