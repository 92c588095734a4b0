"""Outcomes: each member and lesson by the dates that hold for them, in as many statements as for one."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from learnapp.database.db import db
from learnapp.groups.assignments.models import DRAFT, REVIEW
from learnapp.groups.assignments.store import assignments_of
from learnapp.groups.outcomes.counting import BEGUN, DONE, DONE_LATE, NOT_ASKED, NOT_STARTED, LessonOutcome
from learnapp.groups.outcomes.service import count_done, pass_marks, read_outcomes, read_work
from learnapp.groups.outcomes.values import DoneCount
from learnapp.groups.store import members_of
from learnapp.learning.models import FINISHED, MAIN, SHORT, Response
from tests.actors import classes
from tests.actors.classes import assign, complete, read
from tests.courses import classes as served
from tests.courses.tea import course_with, lesson, quiz, short_quiz
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import (
    AssignmentFactory,
    AssignmentMemberFactory,
    ExtensionFactory,
    GroupFactory,
    MembershipFactory,
)
from tests.factories.learning import AttemptFactory, ProgressFactory, RevisionFactory
from tests.statements import counted

pytestmark = pytest.mark.both_databases
BERLIN, HOUR, DAY = ZoneInfo("Europe/Berlin"), timedelta(hours=1), timedelta(days=1)
LEAF, WATER = lesson("1-leaf"), lesson("2-water")
CATALOG = course_with(LEAF, WATER)


def outcomes(
    session: Session, group: int, closed: tuple[tuple[int, str], ...] = ()
) -> dict[tuple[str, str], LessonOutcome]:
    """Return the outcomes by names of people and lessons, three days later."""
    asked, members = assignments_of(session, group, BERLIN), members_of(session, group)
    found = read_outcomes(session, CATALOG, asked, members, [LEAF, WATER], NOON + 3 * DAY, closed)
    names = {member.user_id: member.name for member in members}
    return {(names[user_id], str(key)): outcome for (user_id, key), outcome in found.items()}


def class_of(*names: str) -> tuple[int, list[int]]:
    group = GroupFactory().id
    ids = [UserFactory(name=name).id for name in names]
    for user_id in ids:
        MembershipFactory(group_id=group, user_id=user_id)
    return group, ids


@pytest.mark.both_databases(always=True)
def test_each_member_has_their_own_dates(db_session: Session) -> None:
    group, (ben, vera, zoe) = class_of("Ben", "Vera", "Zoe")
    assignment = AssignmentFactory(group_id=group, due=NOON).id
    ExtensionFactory(assignment_id=assignment, user_id=vera, due=NOON + 2 * DAY)
    ExtensionFactory(assignment_id=assignment, user_id=zoe, excused=True)
    for user_id in (ben, vera, zoe):
        ProgressFactory(user_id=user_id, lesson=LEAF.key, read_at=NOON, completed_at=NOON + DAY)
    found = outcomes(db_session, group)
    assert {name: found[name, LEAF.key].state for name in ("Ben", "Vera", "Zoe")} == {
        "Ben": DONE_LATE,
        "Vera": DONE,
        "Zoe": NOT_ASKED,
    }
    assert {found[name, WATER.key] for name in ("Ben", "Vera", "Zoe")} == {LessonOutcome(NOT_ASKED)}


def test_what_an_age_group_closes_is_not_asked(db_session: Session) -> None:
    group, (ben, _vera) = class_of("Ben", "Vera")
    AssignmentFactory(group_id=group)
    found = outcomes(db_session, group, ((ben, LEAF.key),))
    assert (found["Ben", LEAF.key].state, found["Vera", LEAF.key].state) == (NOT_ASKED, NOT_STARTED)


def test_what_is_for_some_is_not_asked_of_others(db_session: Session) -> None:
    group, (_ben, vera) = class_of("Ben", "Vera")
    AssignmentMemberFactory(assignment_id=AssignmentFactory(group_id=group, for_all=False).id, user_id=vera)
    found = outcomes(db_session, group)
    assert (found["Ben", LEAF.key].state, found["Vera", LEAF.key].state) == (NOT_ASKED, NOT_STARTED)


def test_an_attempt_that_was_open_at_the_close_counts_by_what_was_sent_in_time(db_session: Session) -> None:
    group, (ben,) = class_of("Ben")
    AssignmentFactory(group_id=group, closes=NOON)
    ProgressFactory(user_id=ben, lesson=LEAF.key, read_at=NOON)
    attempt = AttemptFactory(user_id=ben, revision=RevisionFactory().hash, max_points=4.0, started_at=NOON - HOUR).id
    for item, seconds in (("one", -1), ("two", 1), ("three", 9), ("four", 11)):
        at = NOON + timedelta(seconds=seconds)
        db_session.add(Response(attempt_id=attempt, item_id=item, submitted_at=at, points=1.0, saved_at=at))
    db_session.commit()
    found = outcomes(db_session, group)["Ben", LEAF.key]
    assert (found.state, found.percent) == (DONE, 75)


def test_thirty_members_take_as_many_statements_as_one(db_session: Session) -> None:
    group, ids = class_of(*(f"N{number:02d}" for number in range(30)))
    AssignmentFactory(group_id=group, target_kind="module", target="1-tea", due=NOON, closes=NOON + DAY)
    revision = RevisionFactory().hash
    for user_id in ids:
        ProgressFactory(user_id=user_id, lesson=LEAF.key)
        AttemptFactory(user_id=user_id, revision=revision, state=FINISHED, finished_at=NOON, points=0.5, passed=False)
    with counted(db.engine) as statements:
        found = outcomes(db_session, group)
    assert len(statements) == 5  # assignments, what differs for one, members, progress, attempts
    assert len(found) == 60
    assert {found[f"N{number:02d}", LEAF.key].percent for number in range(30)} == {50}
    assert found["N00", LEAF.key].state == BEGUN


def test_an_assignment_is_done_by_whoever_has_done_all_that_it_asks_of_them(db_session: Session) -> None:
    one = classes.class_of("Ben", "Vera", "Mina", "Zoe")
    module, leaf, cup = assign(one.id, "1-tea"), assign(one.id, served.LEAF), assign(one.id, served.CUP)
    assign(one.id, "2-pot", state=DRAFT)
    AssignmentFactory(group_id=one.id, target_kind=REVIEW, target=REVIEW)
    for name in ("Ben", "Vera"):
        complete(one.members[name], served.LEAF, NOON)
        complete(one.members[name], served.WATER, NOON)
    complete(one.members["Ben"], served.SCALD, NOON)
    read(one.members["Vera"], served.SCALD, NOON)
    complete(one.members["Mina"], served.LEAF, NOON)
    ExtensionFactory(assignment_id=module, user_id=one.members["Zoe"], excused=True)
    asked = assignments_of(db_session, one.id, BERLIN)
    members = members_of(db_session, one.id)
    works = read_work(db_session, served.CATALOG, asked, members, list(served.CATALOG.lessons.values()), NOON)
    counts = count_done(served.CATALOG, asked, works)
    assert counts == {module: DoneCount(1, 3), leaf: DoneCount(3, 4), cup: DoneCount(0, 4)}


def test_each_quiz_has_its_own_pass_mark() -> None:
    both = lesson("1-leaf", quiz=quiz(pass_mark=80), short_quiz=short_quiz())
    assert pass_marks(both) == {MAIN: 80, SHORT: 70}
    assert pass_marks(lesson("1-leaf", quiz=quiz(pass_mark=60))) == {MAIN: 60, SHORT: 60}
