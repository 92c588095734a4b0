"""Samples for credentials: a certificate, an issuer, keys, and what others make of a signed text."""

import base64
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256
from jwcrypto.common import JWException
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.credentials.values import Achievement, Issuer
from tests.factories.base import NOON

ISSUER = Issuer("https://learn.example", "Learn")
OUTREACH = Achievement("outreach", "Volunteer outreach", "What to say at the table.")
CERTIFICATE = IssuedCertificate(
    id="aBcdefghijklmnopqrstu0",
    user_id=7,
    attempt_id=3,
    program="outreach",
    program_title="Volunteer outreach, first edition",
    name_shown="Ben Hölder",
    content_version="v1",
    statements={"lead": "What to say at the table.", "can": ["Say what is known"], "safety": ["Somebody tells"]},
    issued_at=NOON.replace(microsecond=987_654),
    valid_until=date(2027, 11, 21),
    zone="Europe/Berlin",
    subject="urn:uuid:0b1c7f5e-9d4c-4a52-8c7e-5f0c7d9a1b2c",
    place=4711,
)


def certificate(**about: Any) -> IssuedCertificate:
    """Return the sample with other fields."""
    return replace(CERTIFICATE, **about)


def parts_of(token: str) -> list[bytes]:
    """Return header, payload and signature of a signed text."""
    return [decoded(part) for part in token.split(".")]


def joined(parts: list[bytes]) -> str:
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def payload_of(token: str) -> dict[str, Any]:
    """Return what a signed text says, without a look at its signature."""
    found: dict[str, Any] = json.loads(parts_of(token)[1])
    return found


def kid_of(token: str) -> str:
    return str(json.loads(parts_of(token)[0])["kid"])


def passes_jwcrypto(token: str, jwk: Mapping[str, str]) -> bool:
    """Tell what jwcrypto says of a signature."""
    read = JWS()
    try:
        read.deserialize(token, JWK(**jwk), alg="RS256")
    except (JWException, ValueError):
        return False
    return bool(read.is_valid)


def passes_by_hand(token: str, jwk: Mapping[str, str]) -> bool:
    """Tell what the formula of RFC 7515 says of a signature, by cryptography alone."""
    e, n = (int.from_bytes(decoded(jwk[name]), "big") for name in ("e", "n"))
    signed, _, signature = token.rpartition(".")
    try:
        RSAPublicNumbers(e, n).public_key().verify(decoded(signature), signed.encode(), PKCS1v15(), SHA256())
    except InvalidSignature:
        return False
    return True
