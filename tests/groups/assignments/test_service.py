"""Assignment actions: stored once, by members only, in a group that has not ended."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from learnapp.database.db import begin_write, db
from learnapp.groups.assignments.dates import ChosenDates, ExtendedDates
from learnapp.groups.assignments.errors import AssignmentChanged, MemberGone
from learnapp.groups.assignments.models import (
    ARCHIVED,
    DRAFT,
    LESSON,
    PUBLISHED,
    Assignment,
    AssignmentMember,
    Extension,
)
from learnapp.groups.assignments.service import (
    ask_for_help,
    assign,
    change,
    copy_assignments,
    extend,
    remove_extension,
    set_standing_days,
    set_state,
    take_help_request_back,
)
from learnapp.groups.assignments.store import find_assignment
from learnapp.groups.assignments.values import AssignmentPlan, AssignmentSummary
from learnapp.groups.errors import GroupArchived
from learnapp.groups.models import LEADER, Membership
from learnapp.groups.store import find_group
from learnapp.groups.values import GroupSummary
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import AssignmentFactory, GroupFactory, MembershipFactory

pytestmark = pytest.mark.both_databases
BERLIN, DAY = ZoneInfo("Europe/Berlin"), timedelta(days=1)
PLAN = AssignmentPlan(LESSON, "1-tea/1-leaf", True, frozenset(), ChosenDates(due=NOON, tries=2))


def stored(session: Session, group_id: int = 0, **about: object) -> AssignmentSummary:
    """Store an assignment and return it as leaders do."""
    group = group_id or GroupFactory().id
    found = find_assignment(session, group, AssignmentFactory(group_id=group, **about).id)
    assert found
    return found


def led(session: Session, **about: object) -> GroupSummary:
    """Make a class of Ada's."""
    group, ada = GroupFactory(**about).id, UserFactory().id
    MembershipFactory(group_id=group, user_id=ada, role=LEADER)
    found = find_group(session, ada, group)
    assert found
    return found


def test_only_members_are_asked_whoever_was_chosen(db_session: Session) -> None:
    group, ben, cleo = GroupFactory().id, UserFactory().id, UserFactory().id
    MembershipFactory(group_id=group, user_id=ben)
    plan = AssignmentPlan(LESSON, "1-tea/1-leaf", False, frozenset({ben, cleo}), ChosenDates())
    made = assign(db_session, group, plan, NOON, publish=False)
    db_session.commit()
    assert db_session.scalars(select(AssignmentMember.user_id)).all() == [ben]
    row = db_session.get_one(Assignment, made)
    assert (row.state, row.published_at, row.for_all) == (DRAFT, None, False)


def test_a_change_of_an_older_version_stores_nothing(db_session: Session) -> None:
    one = stored(db_session)
    change(db_session, one, 1, PLAN)
    db_session.commit()
    for version in (1, 3, 0):
        with pytest.raises(AssignmentChanged):
            change(db_session, one, version, AssignmentPlan(LESSON, "x/y", True, frozenset(), ChosenDates()))
        db_session.rollback()
    row = db_session.get_one(Assignment, one.id)
    assert (row.version, row.due, row.tries, row.target) == (2, NOON, 2, "1-tea/1-leaf")


def test_a_state_that_it_has_already_changes_nothing(db_session: Session) -> None:
    one = stored(db_session, state=DRAFT, published_at=None)
    for _press in range(2):
        set_state(db_session, one, PUBLISHED, NOON + DAY)
        db_session.commit()
    row = db_session.get_one(Assignment, one.id)
    assert (row.state, row.published_at, row.version) == (PUBLISHED, NOON + DAY, 2)


def test_in_a_group_that_has_ended_nothing_is_asked_or_changed(db_session: Session) -> None:
    group, ben = GroupFactory(archived_at=NOON).id, UserFactory().id
    MembershipFactory(group_id=group, user_id=ben)
    one = stored(db_session, group_id=group)
    for action in (
        lambda: assign(db_session, group, PLAN, NOON, publish=True),
        lambda: change(db_session, one, 1, PLAN),
        lambda: set_state(db_session, one, ARCHIVED, NOON),
        lambda: extend(db_session, one, ben, ExtendedDates(excused=True), None, NOON),
        lambda: set_standing_days(db_session, group, ben, 3),
    ):
        with pytest.raises(GroupArchived):
            action()
        db_session.rollback()
    begin_write(db_session)
    assert not ask_for_help(db_session, group, ben, NOON)


def test_what_differs_is_stored_once_and_taken_back(db_session: Session) -> None:
    one, ben = stored(db_session), UserFactory().id
    MembershipFactory(group_id=one.group_id, user_id=ben)
    for days in (1, 2):
        extend(db_session, one, ben, ExtendedDates(due=NOON + days * DAY), "ill", NOON)
        db_session.commit()
    assert db_session.scalars(select(Extension.due)).all() == [NOON + 2 * DAY]
    extend(db_session, one, ben, ExtendedDates(), "ill", NOON)
    assert db_session.scalars(select(Extension)).all() == []
    extend(db_session, one, ben, ExtendedDates(extra_tries=1), None, NOON)
    remove_extension(db_session, one, ben)
    assert db_session.scalars(select(Extension)).all() == []


def test_for_whoever_has_gone_nothing_is_stored(db_session: Session) -> None:
    one, cleo = stored(db_session), UserFactory().id
    with pytest.raises(MemberGone):
        extend(db_session, one, cleo, ExtendedDates(excused=True), None, NOON)
    with pytest.raises(MemberGone):
        set_standing_days(db_session, one.group_id, cleo, 3)
    assert not ask_for_help(db_session, one.group_id, cleo, NOON)


def test_help_is_asked_for_and_taken_back(db_session: Session) -> None:
    one, ben, ada = stored(db_session), UserFactory().id, UserFactory().id
    MembershipFactory(group_id=one.group_id, user_id=ben)
    MembershipFactory(group_id=one.group_id, user_id=ada, role=LEADER)
    assert ask_for_help(db_session, one.group_id, ben, NOON)
    assert not ask_for_help(db_session, one.group_id, ada, NOON)
    asked = select(Membership.user_id).where(Membership.help_asked_at == NOON)
    assert db_session.scalars(asked).all() == [ben]
    take_help_request_back(db_session, one.group_id, ben)
    assert db_session.scalars(asked).all() == []


def test_a_class_gets_all_of_anothers_as_drafts_some_weeks_later_and_nobody(db_session: Session) -> None:
    old, new = led(db_session), led(db_session, name="9C next year", zone="America/New_York")
    ben = UserFactory().id
    MembershipFactory(group_id=old.id, user_id=ben)
    some = AssignmentFactory(group_id=old.id, due=NOON, for_all=False, tries=2).id
    db_session.add(AssignmentMember(assignment_id=some, user_id=ben))
    db_session.add(Extension(assignment_id=some, user_id=ben, excused=True, changed_at=NOON))
    AssignmentFactory(group_id=old.id, state=ARCHIVED)
    AssignmentFactory(group_id=old.id, state=DRAFT, target="1-tea/2-water")
    db_session.commit()
    copy_assignments(db_session, old, new, 2, NOON + DAY)
    db_session.commit()
    rows = db_session.scalars(select(Assignment).where(Assignment.group_id == new.id).order_by(Assignment.id)).all()
    assert [(row.state, row.target, row.for_all, row.published_at) for row in rows] == [
        (DRAFT, "1-tea/1-leaf", True, None),
        (DRAFT, "1-tea/2-water", True, None),
    ]
    assert rows[0].due == NOON + 14 * DAY + timedelta(hours=6)  # noon is 13:00 there and here
    assert rows[0].tries == 2
    assert db.session.scalar(select(db.func.count()).select_from(AssignmentMember)) == 1
    assert db.session.scalar(select(db.func.count()).select_from(Extension)) == 1
