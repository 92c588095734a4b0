"""Assignments in the database: those of a group, whom they go to, and what members have done, in few statements."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from learnapp.database.db import db
from learnapp.groups.assignments.counting import AttemptRecord, LessonRecord, SubmittedAnswer
from learnapp.groups.assignments.dates import ChosenDates, ExtendedDates
from learnapp.groups.assignments.models import DRAFT, PUBLISHED
from learnapp.groups.assignments.store import assignments_of, find_assignment, lesson_records
from learnapp.learning.models import FINISHED, MAIN, MISSED, SHORT, Response
from tests.courses.tea import lesson
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.groups import AssignmentFactory, AssignmentMemberFactory, ExtensionFactory, GroupFactory
from tests.factories.learning import AttemptFactory, ProgressFactory, RevisionFactory
from tests.statements import counted

pytestmark = pytest.mark.both_databases
BERLIN, HOUR, DAY = ZoneInfo("Europe/Berlin"), timedelta(hours=1), timedelta(days=1)
LEAF = lesson("1-leaf")


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


def test_records_hold_what_members_have_done_without_practice(db_session: Session) -> None:
    ben, vera, cleo = UserFactory().id, UserFactory().id, UserFactory().id
    revision = RevisionFactory().hash
    ProgressFactory(user_id=ben, lesson=LEAF.key, read_at=NOON, completed_at=NOON + HOUR)
    ProgressFactory(user_id=cleo, lesson=LEAF.key, completed_at=NOON)
    ProgressFactory(user_id=ben, lesson="1-tea/9-other", read_at=NOON)
    common = {"user_id": ben, "revision": revision, "state": FINISHED, "finished_at": NOON, "points": 1.0}
    AttemptFactory(**common, passed=True)
    AttemptFactory(**common, kind=MISSED)
    AttemptFactory(**common, lesson="1-tea/9-other", passed=False)
    with counted(db.engine) as statements:
        records = lesson_records(db_session, [ben, vera], [LEAF], [])
    assert len(statements) == 2
    attempt = AttemptRecord(MAIN, NOON, NOON, 1.0, 1.0, passed=True)
    assert records == {(ben, LEAF.key): LessonRecord(True, NOON, NOON + HOUR, (attempt,))}


def test_answers_come_along_for_attempts_that_a_close_cut_short(db_session: Session) -> None:
    ben, revision = UserFactory().id, RevisionFactory().hash
    ProgressFactory(user_id=ben, lesson=LEAF.key)
    common = {"user_id": ben, "revision": revision, "max_points": 2.0}
    done = {"state": FINISHED, "points": 2.0, "passed": True}
    before = AttemptFactory(**common, **done, finished_at=NOON - HOUR).id
    after = AttemptFactory(**common, **done, finished_at=NOON + 2 * HOUR, kind=SHORT).id
    still = AttemptFactory(**common).id
    early, grace = NOON - HOUR, NOON + timedelta(seconds=9)
    times = {"one": early, "two": grace, "three": NOON + HOUR, "draft": None}
    for attempt in (before, after, still):
        for item, at in times.items():
            points = 1.0 if at else None
            row = Response(attempt_id=attempt, item_id=item, submitted_at=at, points=points, saved_at=NOON)
            db_session.add(row)
    db_session.commit()
    with counted(db.engine) as statements:
        record = lesson_records(db_session, [ben], [LEAF], [None, NOON])[ben, LEAF.key]
    assert len(statements) == 2
    first, second, third = record.attempts
    in_time = {SubmittedAnswer(early, 1.0), SubmittedAnswer(grace, 1.0)}
    assert (first.answers, set(second.answers), set(third.answers)) == ((), in_time, in_time)
    assert (third.finished_at, third.points, third.passed) == (None, None, None)
    later = lesson_records(db_session, [ben], [LEAF], [NOON, NOON + HOUR])[ben, LEAF.key]
    assert [len(attempt.answers) for attempt in later.attempts] == [0, 3, 3]
    plain = lesson_records(db_session, [ben], [LEAF], [])[ben, LEAF.key]
    assert [attempt.answers for attempt in plain.attempts] == [(), (), ()]


def test_rows_under_a_former_name_are_those_of_the_lesson(db_session: Session) -> None:
    ben = UserFactory().id
    renamed = lesson("1-leaf", was=("1-tea/1-old",))
    ProgressFactory(user_id=ben, lesson="1-tea/1-old", read_at=NOON)
    assert lesson_records(db_session, [ben], [renamed], []) == {(ben, LEAF.key): LessonRecord(True, NOON)}


def test_a_row_that_says_nothing_yet_is_not_begun(db_session: Session) -> None:
    ben = UserFactory().id
    ProgressFactory(user_id=ben, lesson=LEAF.key)
    assert lesson_records(db_session, [ben], [LEAF], []) == {(ben, LEAF.key): LessonRecord()}
    assert lesson_records(db_session, [], [LEAF], []) == lesson_records(db_session, [ben], [], []) == {}
