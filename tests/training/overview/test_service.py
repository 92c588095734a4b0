"""Finals begun: one form at a time, another a day after the last, none of its items twice."""

from datetime import timedelta

import pytest

from learnapp.content.catalog import Catalog
from learnapp.training.errors import FinalNotOpen, FinalWaits
from learnapp.training.overview.service import begin_final
from tests.actors.attempts import wrong
from tests.actors.training import A_DAY, SEED, Db, begin, certified, finish, read_all, status_of, wrong_in
from tests.factories.base import NOON

pytestmark = pytest.mark.both_databases
SECOND = timedelta(seconds=1)


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
