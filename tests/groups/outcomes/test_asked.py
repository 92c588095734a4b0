"""What is asked of one person: everything of all their groups, and of nobody else's, in one statement."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from learnapp.database.db import db
from learnapp.groups.assignments.models import ARCHIVED, DRAFT
from learnapp.groups.models import LEADER
from learnapp.groups.outcomes.asked import assignments_asked
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import (
    AssignmentFactory,
    AssignmentMemberFactory,
    ExtensionFactory,
    GroupFactory,
    MembershipFactory,
)
from tests.statements import counted

pytestmark = pytest.mark.both_databases
DAY = timedelta(days=1)


def test_all_groups_are_asked_at_once_with_the_dates_of_the_person(db_session: Session) -> None:
    ben, vera = UserFactory().id, UserFactory().id
    one, two, led, ended = (
        GroupFactory(name=name, archived_at=at)
        for name, at in (("9C", None), ("Choir", None), ("L", None), ("E", NOON))
    )
    for group in (one, two, ended):
        MembershipFactory(group_id=group.id, user_id=ben, standing_days=2 if group is two else 0)
        MembershipFactory(group_id=group.id, user_id=vera)
    MembershipFactory(group_id=led.id, user_id=ben, role=LEADER)
    for group in (one, two, led, ended):
        AssignmentFactory(group_id=group.id, due=NOON, closes=NOON)
    AssignmentFactory(group_id=one.id, state=DRAFT)
    AssignmentFactory(group_id=one.id, state=ARCHIVED)
    own = AssignmentFactory(group_id=one.id, for_all=False).id
    AssignmentMemberFactory(assignment_id=own, user_id=ben)
    hers = AssignmentFactory(group_id=one.id, for_all=False).id
    AssignmentMemberFactory(assignment_id=hers, user_id=vera)
    excused = AssignmentFactory(group_id=two.id).id
    ExtensionFactory(assignment_id=excused, user_id=ben, excused=True)
    with counted(db.engine) as statements:
        found = assignments_asked(db_session, ben)
    assert len(statements) == 1
    assert [(asked.group.name, asked.dates.due) for asked in found] == [
        ("9C", NOON),
        ("Choir", NOON + 2 * DAY),
        ("9C", None),
    ]
    assert [asked.dates.extended for asked in found] == [False, True, False]


def test_what_closed_before_somebody_came_is_not_asked_of_them(db_session: Session) -> None:
    ben, group = UserFactory().id, GroupFactory().id
    MembershipFactory(group_id=group, user_id=ben, joined_at=NOON + DAY)
    AssignmentFactory(group_id=group, closes=NOON)
    assert assignments_asked(db_session, ben) == ()


def test_a_request_for_help_waits_until_somebody_has_seen_to_it(db_session: Session) -> None:
    cases = [(None, None, False), (NOON, None, True), (NOON, NOON + DAY, False), (NOON + DAY, NOON, True)]
    for asked_at, handled_at, waits in cases:
        ben, group = UserFactory().id, GroupFactory().id
        MembershipFactory(group_id=group, user_id=ben, help_asked_at=asked_at, help_handled_at=handled_at)
        AssignmentFactory(group_id=group)
        (asked,) = assignments_asked(db_session, ben)
        assert asked.group.waits_for_help is waits
