"""Bands that people have of their groups: the lowest, of those that are not archived, where they are members."""

import pytest

from learnapp.groups.bands import update_bands
from learnapp.groups.models import LEADER
from tests.actors.attempts import Db
from tests.actors.groups import band_of
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import GroupFactory, MembershipFactory

pytestmark = pytest.mark.both_databases


def band_in(session: Db, *groups: dict[str, object], role: str = "member") -> int | None:
    user = UserFactory(group_band=18)
    for about in groups:
        MembershipFactory(user_id=user.id, group_id=GroupFactory(**about).id, role=role)
    update_bands(session, [user.id])
    session.commit()
    return band_of(session, user.id)


def test_the_lowest_counts(db_session: Db) -> None:
    assert band_in(db_session, {"band": 16}, {"band": 12}, {"band": None}) == 12


def test_groups_that_are_archived_or_say_none_do_not_count(db_session: Db) -> None:
    assert band_in(db_session, {"band": 14}, {"band": 12, "archived_at": NOON}) == 14
    assert band_in(db_session, {"band": None}) is None
    assert band_in(db_session) is None


def test_a_leader_is_not_concerned(db_session: Db) -> None:
    assert band_in(db_session, {"band": 12}, role=LEADER) is None
