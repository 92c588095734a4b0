"""Outcomes in the database: what members have done of lessons; whose age group counts, when they were last active."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

from learnapp.database.db import db
from learnapp.groups.outcomes.counting import AttemptRecord, LessonRecord, SubmittedAnswer
from learnapp.groups.outcomes.store import lesson_records, member_facts
from learnapp.learning.models import FINISHED, MAIN, MISSED, SHORT, Response
from tests.actors.classes import begin_quiz, class_of, read, try_quiz
from tests.courses import classes as served
from tests.courses.tea import lesson
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.learning import AttemptFactory, ProgressFactory, RevisionFactory
from tests.statements import counted

pytestmark = pytest.mark.both_databases
BERLIN, HOUR, DAY = ZoneInfo("Europe/Berlin"), timedelta(hours=1), timedelta(days=1)
LEAF = lesson("1-leaf")


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
    db_session: Session, about: dict[str, Any], band: int | None
) -> None:
    ben = UserFactory(**about).id
    assert member_facts(db_session, served.CATALOG, [ben])[ben].access.band == band


def test_the_last_activity_is_a_place_a_reading_or_a_save(db_session: Session) -> None:
    one = class_of("Ben", "Vera", "Mina", "Zoe")
    read(one.members["Ben"], LEAF, NOON - DAY)
    try_quiz(one.members["Vera"], LEAF, 2, NOON - 2 * DAY)
    read(one.members["Vera"], served.WATER, NOON - 3 * DAY)
    begin_quiz(one.members["Mina"], LEAF, NOON)  # and does nothing in it
    with counted(db_session.get_bind()) as sent:  # type: ignore[arg-type]
        facts = member_facts(db_session, served.CATALOG, list(one.members.values()))
    assert len(sent) == 1
    assert {name: facts[user_id].last_active_at for name, user_id in one.members.items()} == {
        "Ben": NOON - DAY,
        "Vera": NOON - 2 * DAY,
        "Mina": None,
        "Zoe": None,
    }


def test_a_save_in_an_open_attempt_is_activity(db_session: Session) -> None:
    one = class_of("Ben")
    begin_quiz(one.members["Ben"], LEAF, NOON, seq=1)
    assert member_facts(db_session, served.CATALOG, [one.members["Ben"]])[one.members["Ben"]].last_active_at == NOON


@pytest.mark.both_databases(always=True)
def test_work_in_a_care_lesson_is_no_activity(db_session: Session) -> None:
    one = class_of("Ben")
    ben = one.members["Ben"]
    read(ben, served.SCALD, NOON, "short")
    try_quiz(ben, served.SCALD, 1, NOON, SHORT)
    assert member_facts(db_session, served.CATALOG, [ben])[ben].last_active_at is None
    read(ben, LEAF, NOON - DAY)
    assert member_facts(db_session, served.CATALOG, [ben])[ben].last_active_at == NOON - DAY
