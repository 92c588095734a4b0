"""A signed credential is believed by libraries that did not make it, and no changed bit is."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from joserfc import jws
from joserfc.jwk import KeySet, RSAKey
from jwcrypto.jwk import JWK
from jwcrypto.jwt import JWT, JWTExpired

from learnapp.training.credentials.credential import build_credential
from learnapp.training.credentials.keys import CredentialKey, ensure_keys, read_keys, rotate_key
from learnapp.training.credentials.sign import claims_of, sign
from tests.factories.base import NOON
from tests.training.credentials.samples import (
    CERTIFICATE,
    ISSUER,
    OUTREACH,
    joined,
    kid_of,
    parts_of,
    passes_by_hand,
    passes_jwcrypto,
    payload_of,
)

DOCUMENT = build_credential(CERTIFICATE, ISSUER, OUTREACH, with_name=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("instance")


@pytest.fixture(scope="module")
def key(folder: Path) -> CredentialKey:
    return ensure_keys(folder, NOON)[0]


@pytest.fixture(scope="module")
def token(key: CredentialKey) -> str:
    return sign(DOCUMENT, key, ISSUER)


def jwk_of(key: CredentialKey) -> dict[str, str]:
    return key.public_jwk(ISSUER.key(key.thumbprint))


def test_it_is_verified_by_two_that_did_not_make_it(key: CredentialKey, token: str) -> None:
    assert passes_jwcrypto(token, jwk_of(key))
    assert passes_by_hand(token, jwk_of(key))


def test_a_library_finds_its_key_among_all_by_name(key: CredentialKey, token: str, tmp_path: Path) -> None:
    others = [rotate_key(tmp_path, NOON) for _ in range(2)]
    known = KeySet([RSAKey.import_key(dict(jwk_of(one))) for one in (*others, key)])
    assert json.loads(jws.deserialize_compact(token, known).payload) == payload_of(token)


def test_the_header_holds_nothing_but_what_the_specification_allows(key: CredentialKey, token: str) -> None:
    address = f"https://learn.example/credentials/keys/{key.thumbprint}"
    assert json.loads(parts_of(token)[0]) == {"alg": "RS256", "typ": "JWT", "kid": address}


def test_the_payload_is_the_credential_with_its_claims(token: str) -> None:
    payload = payload_of(token)
    claims = {name: payload.pop(name) for name in ("iss", "jti", "sub", "nbf", "exp")}
    assert payload == DOCUMENT
    assert claims == claims_of(DOCUMENT, ISSUER)
    assert claims == {
        "iss": DOCUMENT["issuer"]["id"],
        "jti": DOCUMENT["id"],
        "sub": CERTIFICATE.subject,
        "nbf": int(NOON.timestamp()),
        "exp": int(CERTIFICATE.ends_at.timestamp()),
    }


def test_the_moments_of_claims_and_members_are_the_same(token: str) -> None:
    payload = payload_of(token)
    for claim, member in (("nbf", "validFrom"), ("exp", "validUntil")):
        assert datetime.fromtimestamp(payload[claim], UTC) == datetime.fromisoformat(payload[member])


@pytest.mark.parametrize("number", range(3), ids=["header", "payload", "signature"])
def test_one_flipped_bit_anywhere_is_refused(key: CredentialKey, token: str, number: int) -> None:
    """Each byte with another one of its bits."""
    parts, jwk = parts_of(token), jwk_of(key)
    assert joined(parts) == token
    for place in range(len(parts[number])):
        spoilt = bytearray(parts[number])
        spoilt[place] ^= 1 << place % 8
        changed = joined([*parts[:number], bytes(spoilt), *parts[number + 1 :]])
        assert not passes_by_hand(changed, jwk), f"bit {place % 8} of byte {place}"
        assert not passes_jwcrypto(changed, jwk), f"bit {place % 8} of byte {place}"


def test_another_s_key_verifies_nothing(token: str, tmp_path: Path) -> None:
    other = ensure_keys(tmp_path, NOON)[0]
    assert not passes_jwcrypto(token, jwk_of(other))
    assert not passes_by_hand(token, jwk_of(other))


def test_what_was_signed_is_verified_by_the_public_part_that_stays(tmp_path: Path) -> None:
    old = sign(DOCUMENT, ensure_keys(tmp_path, NOON)[0], ISSUER)
    rotate_key(tmp_path, NOON)
    new = sign(DOCUMENT, read_keys(tmp_path)[0], ISSUER)
    newest, former = map(jwk_of, read_keys(tmp_path))
    assert (kid_of(new), kid_of(old)) == (newest["kid"], former["kid"])
    assert passes_jwcrypto(old, former)
    assert passes_jwcrypto(new, newest)
    assert not passes_jwcrypto(new, former)


def test_the_same_document_gives_the_same_text(key: CredentialKey, token: str) -> None:
    assert sign(DOCUMENT, key, ISSUER) == token


def test_a_library_takes_it_for_expired_from_the_first_second_of_the_next_day(key: CredentialKey, token: str) -> None:
    def read(moment: datetime) -> None:
        with time_machine.travel(moment, tick=False):
            reader = JWT(check_claims={"exp": None, "nbf": None})
            reader.leeway = 0
            reader.deserialize(token, JWK(**jwk_of(key)))

    read(CERTIFICATE.ends_at - timedelta(seconds=1))
    with pytest.raises(JWTExpired):
        read(CERTIFICATE.ends_at + timedelta(seconds=1))
