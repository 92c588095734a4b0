"""Assignments in the database: those of a group, whom they go to, and what differs for one."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from learnapp.database.db import db
from learnapp.groups.assignments.dates import ChosenDates, ExtendedDates
from learnapp.groups.assignments.models import DRAFT, PUBLISHED
from learnapp.groups.assignments.store import assignments_of, find_assignment
from tests.courses.tea import lesson
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import AssignmentFactory, AssignmentMemberFactory, ExtensionFactory, GroupFactory
from tests.statements import counted

pytestmark = pytest.mark.both_databases
BERLIN, HOUR, DAY = ZoneInfo("Europe/Berlin"), timedelta(hours=1), timedelta(days=1)
LEAF = lesson("1-leaf")


@pytest.mark.both_databases(always=True)
def test_assignments_of_a_group_come_with_recipients_and_extensions_in_two_statements(db_session: Session) -> None:
    group, another = GroupFactory().id, GroupFactory(name="another").id
    ben, vera = UserFactory().id, UserFactory().id
    one = AssignmentFactory(group_id=group, due=NOON, due_all_day=True, tries=2).id
    two = AssignmentFactory(group_id=group, for_all=False, state=DRAFT, published_at=None).id
    elsewhere = AssignmentFactory(group_id=another, for_all=False).id
    for assignment in (two, elsewhere):
        AssignmentMemberFactory(assignment_id=assignment, user_id=ben)
        ExtensionFactory(assignment_id=assignment, user_id=vera, due=NOON + DAY, extra_tries=1, reason="ill")
    with counted(db.engine) as statements:
        found = assignments_of(db_session, group, BERLIN)
    assert len(statements) == 2
    assert [(found_one.id, found_one.state, found_one.for_all) for found_one in found.assignments] == [
        (one, PUBLISHED, True),
        (two, DRAFT, False),
    ]
    assert found.assignments[0].chosen == ChosenDates(due=NOON, due_all_day=True, tries=2)
    assert found.recipients == {two: frozenset({ben})}
    assert {key: (own.chosen, own.reason) for key, own in found.extensions.items()} == {
        (two, vera): (ExtendedDates(due=NOON + DAY, extra_tries=1), "ill")
    }
    assert [one.id for one in assignments_of(db_session, group, BERLIN, PUBLISHED).assignments] == [one]


def test_an_assignment_of_another_group_is_as_one_that_there_is_not(db_session: Session) -> None:
    group, another = GroupFactory().id, GroupFactory(name="another").id
    assignment = AssignmentFactory(group_id=group).id
    found = find_assignment(db_session, group, assignment)
    assert found
    assert found.id == assignment
    for group_id, assignment_id in ((another, assignment), (group, assignment + 1), (group, 0), (group, 2**40)):
        assert find_assignment(db_session, group_id, assignment_id) is None
