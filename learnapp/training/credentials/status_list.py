"""Status list: a BitstringStatusListCredential (W3C Bitstring Status List 1.0), one bit a credential. Pure.

Whoever asks for the list does not tell which credential they look at, and the list names none.
"""

import base64
import gzip
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from learnapp.training.credentials.credential import VC_CONTEXT, utc_text
from learnapp.training.credentials.values import Issuer
from learnapp.training.models import STATUS_PLACES

TTL_SECONDS = 300  # for so long verifiers may rely on a list that they have
# Clocks of verifiers may be behind, and a list that is to hold from now on would not hold there yet.
CLOCK_SKEW, LASTS = timedelta(minutes=5), timedelta(days=1)


def build_status_list(places: Iterable[int], issuer: Issuer, now: datetime) -> dict[str, Any]:
    """Return the list in which the bits of these places are set."""
    return {
        "@context": [VC_CONTEXT],
        "id": issuer.status_list,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.id,
        "validFrom": utc_text(now - CLOCK_SKEW),
        "validUntil": utc_text(now + LASTS),
        "credentialSubject": {
            "id": f"{issuer.status_list}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encode_places(places),
            "ttl": TTL_SECONDS * 1000,
        },
    }


def encode_places(places: Iterable[int]) -> str:
    """Return the bits as multibase text: the first place is the highest bit of the first byte; packed by GZIP."""
    bits = bytearray(STATUS_PLACES // 8)
    for place in places:
        bits[place // 8] |= 0b1000_0000 >> place % 8
    packed = gzip.compress(bits, mtime=0)  # the same bits, the same bytes
    return "u" + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()
