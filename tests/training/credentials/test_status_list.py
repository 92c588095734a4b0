"""The list of statuses: one bit a place, packed as the W3C says, the same bytes for the same bits."""

import gzip
from datetime import datetime, timedelta

import pytest

from learnapp.training.credentials.sign import claims_of
from learnapp.training.credentials.status_list import build_status_list, encode_places
from learnapp.training.models import STATUS_PLACES
from tests.factories.base import NOON
from tests.training.credentials.samples import ISSUER, decoded


def set_places(encoded: str) -> list[int]:
    """Return the places whose bit is set, as the specification counts them: from the left."""
    assert encoded[0] == "u"
    bits = gzip.decompress(decoded(encoded[1:]))
    assert len(bits) * 8 == 131_072
    return [place for place in range(STATUS_PLACES) if bits[place // 8] >> (7 - place % 8) & 1]


@pytest.mark.parametrize("places", [[], [0], [7], [8], [131_071], [3, 4711, 65_536]])
def test_the_bits_of_these_places_are_set_and_no_other(places: list[int]) -> None:
    assert set_places(encode_places(places)) == places


def test_the_first_place_is_the_highest_bit_of_the_first_byte() -> None:
    assert gzip.decompress(decoded(encode_places([0])[1:]))[0] == 0x80


def test_the_same_bits_give_the_same_text_whenever_and_in_whatever_order() -> None:
    assert encode_places([5, 900]) == encode_places([900, 5])
    assert decoded(encode_places([])[1:])[4:8] == bytes(4)  # no time of packing


def test_a_list_is_small() -> None:
    assert len(encode_places([])) < 100
    assert len(encode_places(range(0, STATUS_PLACES, 131))) < 4000


def test_it_says_what_the_specification_asks_for() -> None:
    document = build_status_list([9], ISSUER, NOON)
    subject = document.pop("credentialSubject")
    assert document == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "https://learn.example/credentials/status/1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "https://learn.example/credentials/issuer",
        "validFrom": "2026-11-21T11:55:00Z",
        "validUntil": "2026-11-22T12:00:00Z",
    }
    assert set_places(subject.pop("encodedList")) == [9]
    assert subject == {
        "id": "https://learn.example/credentials/status/1#list",
        "type": "BitstringStatusList",
        "statusPurpose": "revocation",
        "ttl": 300_000,
    }


def test_a_clock_that_is_a_little_behind_takes_a_new_list() -> None:
    claims = claims_of(build_status_list([], ISSUER, NOON), ISSUER)
    assert claims["nbf"] <= datetime.timestamp(NOON - timedelta(minutes=4)) < claims["exp"]
