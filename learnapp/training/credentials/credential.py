"""Credential of a certificate: an AchievementCredential of Open Badges 3.0. Pure.

What it may hold is bound by 1EdTech's schema, https://purl.imsglobal.org/spec/ob/v3p0/schema/json/.
"""

from datetime import UTC, datetime
from typing import Any

from learnapp.content.catalog import Catalog
from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.credentials.values import Achievement, Issuer

VC_CONTEXT = "https://www.w3.org/ns/credentials/v2"
CONTEXTS = [VC_CONTEXT, "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"]
# What a description may not lack; it is told in the language of the specification.
CRITERIA = "The final of the program was passed, with full marks on its questions on safety."


def build_credential(
    certificate: IssuedCertificate, issuer: Issuer, achievement: Achievement, *, with_name: bool
) -> dict[str, Any]:
    """Return what is signed of a certificate; it tells the holder's name only if they want that."""
    subject: dict[str, Any] = {"id": certificate.subject, "type": ["AchievementSubject"]}
    if with_name:
        name = {"identityType": "name", "identityHash": certificate.name_shown, "hashed": False}
        subject["identifier"] = [{"type": "IdentityObject", **name}]
    return {
        "@context": CONTEXTS,
        "id": issuer.certificate(certificate.id),
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": certificate.program_title,
        "issuer": profile(issuer),
        "validFrom": utc_text(certificate.issued_at),
        "validUntil": utc_text(certificate.ends_at),
        "credentialSubject": {**subject, "achievement": describe(achievement, issuer)},
        "credentialStatus": status_entry(certificate.place, issuer),
    }


def achievement_of(catalog: Catalog, slug: str) -> Achievement | None:
    """Return what a certificate of a program of this name stands for, None where the course has and had none."""
    program = catalog.program_by_name(slug)
    return Achievement(slug, program.title, program.lead) if program else None


def profile(issuer: Issuer) -> dict[str, Any]:
    """Return who issues."""
    return {"id": issuer.id, "type": ["Profile"], "name": issuer.name, "url": f"{issuer.address}/"}


def describe(achievement: Achievement, issuer: Issuer) -> dict[str, Any]:
    """Return what was achieved."""
    return {
        "id": issuer.achievement(achievement.program),
        "type": ["Achievement"],
        "name": achievement.title,
        "description": achievement.description or achievement.title,
        "criteria": {"narrative": CRITERIA},
    }


def status_entry(place: int, issuer: Issuer) -> dict[str, str]:
    """Return where the list of statuses tells whether a credential still holds."""
    return {
        "id": f"{issuer.status_list}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place),
        "statusListCredential": issuer.status_list,
    }


def utc_text(moment: datetime) -> str:
    """Return a moment to the second: a signature's `nbf` and `exp`, which must equal it, know no parts of one."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
