"""What a leader has handled, in the database."""

import pytest

from learnapp.groups.store import members_of
from learnapp.reports.board.store import set_handled
from tests.actors.attempts import Db
from tests.actors.classes import HOUR, class_of
from tests.factories.base import NOON

pytestmark = pytest.mark.both_databases


def test_handled_is_noted_for_a_member_of_this_group_alone(db_session: Db) -> None:
    one, other = class_of("Ben"), class_of("Vera")
    ben = one.members["Ben"]
    assert set_handled(db_session, one.id, ben, NOON)
    assert [member.help_handled_at for member in members_of(db_session, one.id)] == [NOON]
    assert set_handled(db_session, one.id, ben, None)
    assert [member.help_handled_at for member in members_of(db_session, one.id)] == [None]
    for group, user_id in ((one.id, other.members["Vera"]), (one.id, one.leader), (other.id, ben), (10**6, ben)):
        assert not set_handled(db_session, group, user_id, NOON + HOUR)
