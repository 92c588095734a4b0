"""Signatures of credentials: VC-JWT by RS256, as Open Badges 3.0 demands it."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from learnapp.training.credentials.keys import CredentialKey
from learnapp.training.credentials.values import Issuer

if TYPE_CHECKING:
    from joserfc.jwk import RSAKey

MIMETYPE = "application/vc+jwt"


def sign(document: Mapping[str, Any], key: CredentialKey, issuer: Issuer) -> str:
    """Return a credential, or the list of statuses, as a signed text; the same document gives the same text."""
    from joserfc import jwt  # 0.1 s and 20 MB, for those processes alone that sign

    header = {"alg": "RS256", "typ": "JWT", "kid": issuer.key(key.thumbprint)}
    return jwt.encode(header, {**document, **claims_of(document, issuer)}, _private_key(key))


def claims_of(document: Mapping[str, Any], issuer: Issuer) -> dict[str, Any]:
    """Return what a document says of itself, as a JWT says it: from whom, of whom, from when and until when."""
    return {
        "iss": issuer.id,
        "jti": document["id"],
        "sub": document["credentialSubject"]["id"],
        "nbf": _seconds(document["validFrom"]),
        "exp": _seconds(document["validUntil"]),
    }


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


@lru_cache(maxsize=1)  # reading it checks its numbers, which takes 50 ms
def _private_key(key: CredentialKey) -> "RSAKey":
    from joserfc.jwk import RSAKey

    return RSAKey.import_key(json.loads(key.private))
