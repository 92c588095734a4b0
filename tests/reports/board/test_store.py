"""Facts about members: which age group counts, when they were here; and what a leader has handled."""

from typing import Any

import pytest

from learnapp.groups.store import members_of
from learnapp.learning.models import SHORT
from learnapp.reports.board.store import member_facts, set_handled
from tests.actors.attempts import Db
from tests.actors.classes import DAY, HOUR, begin_quiz, class_of, read, try_quiz
from tests.courses.classes import CATALOG, LEAF, SCALD, WATER
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.statements import counted

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    ("about", "band"),
    [
        ({}, None),
        ({"band": 14}, 14),
        ({"group_band": 16}, 16),
        ({"band": 12, "group_band": 16}, 12),
        ({"band": 18, "group_band": 14}, 18),
        ({"role": "teacher"}, 18),
        ({"role": "teacher", "band": 14}, 14),
    ],
)
def test_the_own_age_group_counts_else_that_of_the_groups(
    db_session: Db, about: dict[str, Any], band: int | None
) -> None:
    ben = UserFactory(**about).id
    assert member_facts(db_session, CATALOG, [ben])[ben].access.band == band


def test_the_last_activity_is_a_place_a_reading_or_a_save(db_session: Db) -> None:
    one = class_of("Ben", "Vera", "Mina", "Zoe")
    read(one.members["Ben"], LEAF, NOON - DAY)
    try_quiz(one.members["Vera"], LEAF, 2, NOON - 2 * DAY)
    read(one.members["Vera"], WATER, NOON - 3 * DAY)
    begin_quiz(one.members["Mina"], LEAF, NOON)  # and does nothing in it
    with counted(db_session.get_bind()) as sent:  # type: ignore[arg-type]
        facts = member_facts(db_session, CATALOG, list(one.members.values()))
    assert len(sent) == 1
    assert {name: facts[user_id].last_active_at for name, user_id in one.members.items()} == {
        "Ben": NOON - DAY,
        "Vera": NOON - 2 * DAY,
        "Mina": None,
        "Zoe": None,
    }


def test_a_save_in_an_open_attempt_is_activity(db_session: Db) -> None:
    one = class_of("Ben")
    begin_quiz(one.members["Ben"], LEAF, NOON, seq=1)
    assert member_facts(db_session, CATALOG, [one.members["Ben"]])[one.members["Ben"]].last_active_at == NOON


def test_work_in_a_care_lesson_is_no_activity(db_session: Db) -> None:
    one = class_of("Ben")
    ben = one.members["Ben"]
    read(ben, SCALD, NOON, "short")
    try_quiz(ben, SCALD, 1, NOON, SHORT)
    assert member_facts(db_session, CATALOG, [ben])[ben].last_active_at is None
    read(ben, LEAF, NOON - DAY)
    assert member_facts(db_session, CATALOG, [ben])[ben].last_active_at == NOON - DAY


def test_handled_is_noted_for_a_member_of_this_group_alone(db_session: Db) -> None:
    one, other = class_of("Ben"), class_of("Vera")
    ben = one.members["Ben"]
    assert set_handled(db_session, one.id, ben, NOON)
    assert [member.help_handled_at for member in members_of(db_session, one.id)] == [NOON]
    assert set_handled(db_session, one.id, ben, None)
    assert [member.help_handled_at for member in members_of(db_session, one.id)] == [None]
    for group, user_id in ((one.id, other.members["Vera"]), (one.id, one.leader), (other.id, ben), (10**6, ben)):
        assert not set_handled(db_session, group, user_id, NOON + HOUR)
