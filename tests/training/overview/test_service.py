"""Finals begun: one form at a time, another a day after the last, no item of that one; and where somebody stands."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from learnapp.content.ages import ADULT
from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from learnapp.learning.models import ASIDE, OPEN, Attempt
from learnapp.learning.progress.service import course_progress
from learnapp.learning.review.queue import ReviewQueue
from learnapp.training.errors import FinalNotOpen, FinalWaits
from learnapp.training.models import Certificate
from learnapp.training.overview.service import begin_final, program_statuses
from learnapp.training.overview.steps import ProgramReview
from learnapp.training.programs.updates import acknowledge
from tests.actors.attempts import count, wrong
from tests.actors.training import A_DAY, SEED, ZONE, Db, begin, certified, finish, issue, read_all, status_of, wrong_in
from tests.courses.training import HELPER, SERVER, program, training_course, update
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.learning import ProgressFactory
from tests.statements import counted

pytestmark = pytest.mark.both_databases
SECOND = timedelta(seconds=1)
OPENS = datetime(2027, 9, 22, tzinfo=UTC)  # 60 days before the end of a certificate of noon


def test_the_final_opens_once_every_lesson_is_done(db_session: Db, catalog: Catalog, vera: int) -> None:
    with pytest.raises(FinalNotOpen):
        begin(db_session, catalog, vera)
    db_session.rollback()
    read_all(catalog, vera)
    attempt = begin(db_session, catalog, vera)
    assert (attempt.behaviour, len(attempt.items), attempt.quiz.certainty) == ("deferred", 6, True)


def test_a_form_that_is_open_is_gone_on_with(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    first = begin(db_session, catalog, vera)
    again = begin(db_session, catalog, vera, NOON + timedelta(days=29), seed=2)
    assert again.summary.id == first.summary.id
    assert again.summary.item_ids == first.summary.item_ids


def test_another_form_comes_24_hours_after_the_last_was_finished(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    first = finish(db_session, begin(db_session, catalog, vera), wrong)
    with pytest.raises(FinalWaits) as waits:
        begin(db_session, catalog, vera, NOON + A_DAY - SECOND)
    assert waits.value.again_at == NOON + A_DAY
    db_session.rollback()
    second = begin(db_session, catalog, vera, NOON + A_DAY)
    assert set(second.summary.item_ids).isdisjoint(set(first.summary.item_ids))


def test_all_points_and_a_safety_point_in_part_do_not_pass(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    attempt = begin(db_session, catalog, vera)
    safety = next(item for item in attempt.summary.item_ids if "spills" in item)
    others = [item for item in attempt.summary.item_ids if item != safety]
    assert finish(db_session, attempt, wrong_in(safety)).summary.passed is False
    again = begin(db_session, catalog, vera, NOON + A_DAY)
    others = [item for item in again.summary.item_ids if "spills" not in item]
    assert finish(db_session, again, wrong_in(others[0]), NOON + A_DAY).summary.passed is True


def test_nothing_is_begun_while_a_certificate_is_valid_for_long(db_session: Db, catalog: Catalog, vera: int) -> None:
    certified(db_session, catalog, vera)
    with pytest.raises(FinalNotOpen):
        begin(db_session, catalog, vera, NOON + timedelta(days=200))


def test_whoever_begins_at_once_gets_one_form(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    status = status_of(db_session, catalog, vera)
    first = begin_final(db_session, catalog, vera, status, SEED, NOON)
    db_session.commit()
    assert begin_final(db_session, catalog, vera, status, SEED + 1, NOON) == first


def test_one_lesson_that_is_left_keeps_the_final_closed(db_session: Db, catalog: Catalog, vera: int) -> None:
    first, *_others = catalog.lessons
    ProgressFactory(user_id=vera, lesson=first, read_at=NOON, passed_at=NOON, completed_at=NOON)
    with pytest.raises(FinalNotOpen):
        begin(db_session, catalog, vera)
    assert count(db_session, Attempt) == 0


def test_a_form_that_was_open_for_30_days_is_set_aside_uncounted_and_another_comes_a_day_later(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    read_all(catalog, vera)
    first, over = begin(db_session, catalog, vera), NOON + timedelta(days=30)
    assert begin(db_session, catalog, vera, over - SECOND).summary.id == first.summary.id
    for moment in (over, over + A_DAY - SECOND):
        with pytest.raises(FinalWaits) as waits:
            begin(db_session, catalog, vera, moment)
        db_session.rollback()
        assert waits.value.again_at == over + A_DAY
    second = begin(db_session, catalog, vera, over + A_DAY)
    assert set(second.summary.item_ids).isdisjoint(first.summary.item_ids)
    rows = db_session.execute(select(Attempt.id, Attempt.state, Attempt.passed).order_by(Attempt.id)).all()
    assert [tuple(row) for row in rows] == [(first.summary.id, ASIDE, None), (second.summary.id, OPEN, None)]
    status = status_of(db_session, catalog, vera, over + A_DAY)
    assert [one.id for one in status.ended] == [first.summary.id]


def test_forms_of_two_programs_know_nothing_of_each_other(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    finish(db_session, begin(db_session, catalog, vera), wrong)
    status = status_of(db_session, catalog, vera, slug=HELPER)
    assert (status.step.kind, status.begun) == ("begin", False)
    begin_final(db_session, catalog, vera, status, SEED, NOON)
    db_session.commit()
    assert status_of(db_session, catalog, vera, slug=HELPER).step.kind == "go_on"
    assert status_of(db_session, catalog, vera).step.kind == "wait"


def test_a_form_of_another_person_is_nobody_s_business(db_session: Db, catalog: Catalog, vera: int) -> None:
    cleo = int(UserFactory(name="Cleo").id)
    for user_id in (vera, cleo):
        read_all(catalog, user_id)
    finish(db_session, begin(db_session, catalog, vera), wrong)
    assert status_of(db_session, catalog, cleo).step.kind == "begin"


def test_a_certificate_is_renewed_by_the_shorter_form_with_fresh_review(
    db_session: Db, catalog: Catalog, vera: int
) -> None:
    first = certified(db_session, catalog, vera)
    with pytest.raises(FinalNotOpen):
        begin(db_session, catalog, vera, OPENS - SECOND)
    db_session.rollback()
    stale = replace(status_of(db_session, catalog, vera, OPENS), review=ProgramReview(fresh=False, minutes=4))
    with pytest.raises(FinalNotOpen):
        begin_final(db_session, catalog, vera, stale, SEED, OPENS)
    db_session.rollback()
    renewal = begin(db_session, catalog, vera, OPENS)
    assert (renewal.summary.kind, len(renewal.items)) == ("renewal", 3)
    finish(db_session, renewal, now=OPENS)
    second = issue(db_session, catalog, vera, OPENS)
    assert (first.valid_until, second.valid_until) == (date(2027, 11, 21), date(2028, 11, 21))
    status = status_of(db_session, catalog, vera, OPENS)
    assert (status.certificate, status.step.kind, status.reminder) == (second, "rest", None)


def test_what_is_claimed_is_asked_before_anything_else(db_session: Db, catalog: Catalog, vera: int) -> None:
    read_all(catalog, vera)
    finish(db_session, begin(db_session, catalog, vera))
    assert status_of(db_session, catalog, vera).step.kind == "claim"
    with pytest.raises(FinalNotOpen):
        begin(db_session, catalog, vera, NOON + 9 * A_DAY)
    assert count(db_session, Certificate) == 0


def test_nobody_has_every_program_before_them(db_session: Db, catalog: Catalog) -> None:
    courses = [course_progress(db_session, course, None) for course in catalog.courses.values()]
    with counted(db.engine) as sent:
        found = program_statuses(db_session, catalog, courses, None, ReviewQueue((), NOON.date()), ZONE, NOON, ADULT)
    assert [(one.program.slug, one.step.kind, one.begun) for one in found] == [
        (SERVER, "learn", False),
        (HELPER, "learn", False),
    ]
    assert sent == []


def test_all_programs_of_a_person_are_read_in_three_statements(db_session: Db, catalog: Catalog, vera: int) -> None:
    certified(db_session, catalog, vera)
    courses = [course_progress(db_session, course, vera) for course in catalog.courses.values()]
    with counted(db.engine) as sent:
        program_statuses(db_session, catalog, courses, vera, ReviewQueue((), NOON.date()), ZONE, NOON, ADULT)
    assert len(sent) == 3


def test_a_change_is_asked_of_who_passed_before_it_as_days_are_in_the_organization_s_zone(
    db_session: Db, vera: int
) -> None:
    catalog = training_course(program(updates=[update("new-kettle", "2026-11-22").model_dump()]))
    read_all(catalog, vera)
    night = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)  # the 22nd in Seoul
    finish(db_session, begin(db_session, catalog, vera, night), now=night)

    def asked(zone: str, now: datetime) -> list[str]:
        return [one.id for one in status_of(db_session, catalog, vera, now, zone=zone).updates]

    assert asked("UTC", night) == []
    assert asked("UTC", night + timedelta(minutes=30)) == ["new-kettle"]
    assert asked("Asia/Seoul", night + A_DAY) == ["new-kettle"]  # on whose day the final may have been drawn before
    shown = catalog.programs[SERVER].updates
    acknowledge(db_session, vera, catalog.programs[SERVER], shown, "new-kettle", night)
    db_session.commit()
    assert asked("UTC", night + A_DAY) == []
