"""A credential holds what the specification asks for, ends with its certificate, and names nobody unasked."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft201909Validator

from learnapp.training.credentials.credential import achievement_of, build_credential
from learnapp.training.credentials.sign import claims_of
from learnapp.training.credentials.values import Achievement
from tests.courses.tea import catalog_of
from tests.courses.training import SERVER, training_course
from tests.training.credentials.samples import CERTIFICATE, ISSUER, OUTREACH, certificate

SCHEMA = json.loads(Path(__file__).with_name("ob_v3p0_achievementcredential_schema.json").read_text(encoding="utf-8"))
OFFICIAL = Draft201909Validator(SCHEMA, format_checker=Draft201909Validator.FORMAT_CHECKER)


def built(*, with_name: bool = False, **about: Any) -> dict[str, Any]:
    return build_credential(certificate(**about), ISSUER, OUTREACH, with_name=with_name)


@pytest.mark.parametrize("with_name", [False, True])
def test_the_schema_of_its_publisher_finds_no_error(with_name: bool) -> None:
    assert list(OFFICIAL.iter_errors(built(with_name=with_name))) == []


def test_the_schema_takes_the_claims_of_the_signature_too() -> None:
    document = built()
    assert list(OFFICIAL.iter_errors({**document, **claims_of(document, ISSUER)})) == []


@pytest.mark.parametrize("name", ["@context", "issuer", "validFrom", "credentialSubject"])
def test_the_schema_misses_each_member_that_is_taken_away(name: str) -> None:
    document = built()
    del document[name]
    assert [error.message for error in OFFICIAL.iter_errors(document)] == [f"'{name}' is a required property"]


def test_it_is_about_the_certificate_and_nothing_else() -> None:
    assert built() == {
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ],
        "id": "https://learn.example/verify/aBcdefghijklmnopqrstu0",
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": "Volunteer outreach, first edition",
        "issuer": {
            "id": "https://learn.example/credentials/issuer",
            "type": ["Profile"],
            "name": "Learn",
            "url": "https://learn.example/",
        },
        "validFrom": "2026-11-21T12:00:00Z",
        "validUntil": "2027-11-21T23:00:00Z",
        "credentialSubject": {
            "id": CERTIFICATE.subject,
            "type": ["AchievementSubject"],
            "achievement": {
                "id": "https://learn.example/credentials/programs/outreach",
                "type": ["Achievement"],
                "name": "Volunteer outreach",
                "description": "What to say at the table.",
                "criteria": {
                    "narrative": "The final of the program was passed, with full marks on its questions on safety."
                },
            },
        },
        "credentialStatus": {
            "id": "https://learn.example/credentials/status/1#4711",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": "4711",
            "statusListCredential": "https://learn.example/credentials/status/1",
        },
    }


def test_the_holder_is_named_only_if_they_want_that() -> None:
    assert "Hölder" not in json.dumps(built(), ensure_ascii=False)
    named = built(with_name=True)["credentialSubject"]["identifier"]
    assert named == [{"type": "IdentityObject", "hashed": False, "identityType": "name", "identityHash": "Ben Hölder"}]


def test_a_program_without_a_lead_is_described_by_its_title() -> None:
    document = build_credential(CERTIFICATE, ISSUER, Achievement("outreach", "Now", ""), with_name=False)
    assert document["credentialSubject"]["achievement"]["description"] == "Now"
    assert list(OFFICIAL.iter_errors(document)) == []


# The last day of a certificate, its zone, and the moment at which that day is over, by UTC's clock.
ENDS = [
    (date(2028, 2, 29), "Asia/Seoul", (2028, 2, 29, 15)),
    (date(2028, 2, 29), "America/Los_Angeles", (2028, 3, 1, 8)),
    (date(2028, 2, 29), "Pacific/Kiritimati", (2028, 2, 29, 10)),
    (date(2027, 8, 31), "Asia/Seoul", (2027, 8, 31, 15)),
    (date(2027, 8, 31), "America/Los_Angeles", (2027, 9, 1, 7)),
    (date(2027, 8, 31), "Pacific/Kiritimati", (2027, 8, 31, 10)),
    (date(2027, 12, 31), "Asia/Seoul", (2027, 12, 31, 15)),
    (date(2027, 12, 31), "America/Los_Angeles", (2028, 1, 1, 8)),
    (date(2027, 12, 31), "Pacific/Kiritimati", (2027, 12, 31, 10)),
]


@pytest.mark.parametrize(("day", "zone", "ends"), ENDS)
def test_it_ends_with_its_certificate_in_every_zone(day: date, zone: str, ends: tuple[int, int, int, int]) -> None:
    moment = datetime(*ends, tzinfo=UTC)
    document = built(valid_until=day, zone=zone)
    claims = claims_of(document, ISSUER)
    assert certificate(valid_until=day, zone=zone).ends_at == moment
    assert datetime.fromisoformat(document["validUntil"]) == moment
    assert claims["exp"] == int(moment.timestamp())


def test_a_program_of_the_course_is_an_achievement_under_its_slug() -> None:
    assert achievement_of(training_course(), SERVER) == Achievement(SERVER, "Tea server", "For whoever pours.")
    assert achievement_of(training_course(), "coffee") is None


def test_a_course_without_programs_has_no_achievement() -> None:
    assert achievement_of(catalog_of(), SERVER) is None
