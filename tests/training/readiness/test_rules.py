"""Readiness as a pure function: every part there, soon done and missing, and all that they make together."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from learnapp.training.certificates.values import IssuedCertificate
from learnapp.training.readiness.rules import PARTS, SOON_MINUTES, PartState, ReadinessFacts, Standing, readiness
from tests.training.credentials.samples import CERTIFICATE

DAY = date(2027, 3, 14)
NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def held(
    until: date, zone: str = "UTC", *, revoked: datetime | None = None, renewed: datetime | None = None
) -> IssuedCertificate:
    """Make a certificate that is valid until the end of a day in a zone."""
    reason = "by mistake" if revoked else None
    about = {"valid_until": until, "zone": zone, "revoked_at": revoked, "revoke_reason": reason, "renewed_at": renewed}
    return replace(CERTIFICATE, **about)  # type: ignore[arg-type]


READY = ReadinessFacts(DAY, NOON, certificate=held(date(2027, 11, 1)))
AWAY, CLOSE = date(2027, 3, 13), DAY
# What differs from somebody who is ready: the part, and how it stands then.
CASES: list[tuple[dict[str, Any], str, PartState]] = [
    ({}, "program", "yes"),
    ({"lessons_left": 1, "minutes_left": SOON_MINUTES}, "program", "soon"),
    ({"lessons_left": 1, "minutes_left": SOON_MINUTES + 1}, "program", "no"),
    ({"lessons_left": 30, "minutes_left": 600}, "program", "no"),
    ({"conversations_left": 1, "minutes_left": 7}, "program", "soon"),
    ({"conversations_left": 8, "minutes_left": 53}, "program", "soon"),
    ({"lessons_left": 2, "conversations_left": 8, "minutes_left": 90}, "program", "no"),
    ({"passed": True}, "final", "yes"),
    ({"passed": False, "final_next": True}, "final", "soon"),
    ({"passed": False}, "final", "no"),
    ({"certificate": None}, "certificate", "no"),
    ({"certificate": None, "certificate_next": True}, "certificate", "soon"),
    ({"certificate": held(CLOSE)}, "certificate", "yes"),
    ({"certificate": held(AWAY)}, "certificate", "no"),
    ({"certificate": held(AWAY), "certificate_next": True}, "certificate", "soon"),
    ({"certificate": held(CLOSE, revoked=NOON - SECOND)}, "certificate", "no"),
    ({"certificate": held(CLOSE, revoked=NOON)}, "certificate", "no"),
    ({"certificate": held(CLOSE, revoked=NOON + SECOND)}, "certificate", "yes"),
    ({"certificate": held(date(2028, 1, 1), revoked=NOON - timedelta(hours=4))}, "certificate", "no"),
    ({"certificate": held(CLOSE, renewed=NOON - SECOND)}, "certificate", "no"),
    ({"updates_left": 0}, "updates", "yes"),
    ({"updates_left": 1}, "updates", "soon"),
    ({"updates_left": 12}, "updates", "soon"),
    ({"known": 0.8}, "review", "yes"),
    ({"known": 1.0}, "review", "yes"),
    ({"known": 0.7999, "review_minutes": 1}, "review", "soon"),
    ({"known": 0.5, "review_minutes": SOON_MINUTES}, "review", "soon"),
    ({"known": 0.5, "review_minutes": SOON_MINUTES + 1}, "review", "no"),
    ({"known": 0.0, "review_minutes": 120}, "review", "no"),
]


@pytest.mark.parametrize(("changes", "part", "expected"), CASES)
def test_each_part_is_there_or_soon_done_or_missing_and_no_other_is_touched(
    changes: dict[str, Any], part: str, expected: PartState
) -> None:
    found = readiness(replace(READY, **changes))
    assert {name: state for name, state in found.parts.items() if state != "yes"} == (
        {} if expected == "yes" else {part: expected}
    )
    assert found.missing == (() if expected == "yes" else (part,))


CHANGES: dict[str, dict[PartState, dict[str, Any]]] = {
    "program": {
        "yes": {},
        "soon": {"lessons_left": 1, "minutes_left": 9},
        "no": {"lessons_left": 9, "minutes_left": 99},
    },
    "final": {"yes": {}, "soon": {"passed": False, "final_next": True}, "no": {"passed": False}},
    "certificate": {"yes": {}, "soon": {"certificate": None, "certificate_next": True}, "no": {"certificate": None}},
    "updates": {"yes": {}, "soon": {"updates_left": 1}},
    "review": {"yes": {}, "soon": {"known": 0.7, "review_minutes": 9}, "no": {"known": 0.1, "review_minutes": 99}},
}
EVERY = list(product(*(CHANGES[part] for part in PARTS)))


def test_all_states_of_all_parts_together_are_tried() -> None:
    assert len(EVERY) == 3**4 * 2 > 80


@pytest.mark.parametrize("states", EVERY, ids="-".join)
def test_one_is_ready_with_all_parts_nearly_with_what_is_soon_done_and_else_not_yet(
    states: tuple[PartState, ...],
) -> None:
    facts = READY
    for part, state in zip(PARTS, states, strict=True):
        facts = replace(facts, **CHANGES[part][state])
    found = readiness(facts)
    expected: Standing = "not_yet" if "no" in states else "nearly" if "soon" in states else "ready"
    assert (found.standing, tuple(found.parts[part] for part in PARTS)) == (expected, states)
    assert found.missing == tuple(part for part, state in zip(PARTS, states, strict=True) if state != "yes")


@pytest.mark.parametrize(
    ("zone", "hour", "expected"),
    [
        ("UTC", 23, "ready"),
        ("Asia/Seoul", 14, "ready"),  # 23:00 there, the certificate's last hour
        ("Asia/Seoul", 15, "not_yet"),  # midnight there
        ("America/Los_Angeles", 23, "ready"),  # the afternoon of the same day there
        ("Pacific/Kiritimati", 9, "ready"),
        ("Pacific/Kiritimati", 10, "not_yet"),
    ],
)
def test_a_certificate_s_last_day_is_a_day_of_its_own_zone(zone: str, hour: int, expected: Standing) -> None:
    moment = datetime(2027, 3, 14, hour, tzinfo=UTC)
    assert readiness(replace(READY, moment=moment, certificate=held(DAY, zone))).standing == expected


def test_an_event_at_half_past_eleven_in_another_zone_counts_by_its_own_moment() -> None:
    late = datetime(2027, 3, 14, 23, 30, tzinfo=ZoneInfo("America/Los_Angeles"))
    assert readiness(replace(READY, moment=late, certificate=held(DAY, "UTC"))).standing == "not_yet"
    assert readiness(replace(READY, moment=late, certificate=held(DAY, "America/Los_Angeles"))).standing == "ready"
