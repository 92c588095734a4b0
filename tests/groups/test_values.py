"""Groups as frozen values."""

from datetime import timedelta
from typing import Any

import pytest

from learnapp.groups.values import GroupSummary, Member
from tests.factories.base import NOON

GROUP: dict[str, Any] = {
    "id": 1,
    "kind": "class",
    "name": "9C",
    "zone": "Asia/Seoul",
    "band": None,
    "seats": 60,
    "takes_help_requests": True,
    "pseudonymous": False,
    "version": 1,
    "created_at": NOON,
    "archived_at": None,
    "role": "member",
    "joined_at": NOON,
}


def test_who_is_a_member_does_not_lead() -> None:
    assert not GroupSummary(**GROUP).led
    assert GroupSummary(**{**GROUP, "role": "leader"}).led


def test_a_group_is_archived_from_the_moment_on() -> None:
    assert not GroupSummary(**GROUP).archived
    assert GroupSummary(**{**GROUP, "archived_at": NOON}).archived


def test_a_group_has_the_offset_of_its_own_zone() -> None:
    assert NOON.astimezone(GroupSummary(**GROUP).local_zone).utcoffset() == timedelta(hours=9)


@pytest.mark.parametrize(("full_name", "shown"), [("Ben Example", "Ben Example"), (None, "ben"), ("", "ben")])
def test_a_member_has_the_name_of_the_leaders_list_if_there_is_one(full_name: str | None, shown: str) -> None:
    member = Member(1, "ben", full_name, "member", NOON, 0, None, None, managed=False)
    assert member.name == shown
