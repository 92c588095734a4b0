"""Counted tries: a moving window, the same for every process, whatever becomes of the request."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from learnapp.accounts.models import CountedTry
from learnapp.accounts.throttle import DatabaseCounter, purge_tries
from learnapp.db import db
from tests.actors.people import People

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("db_session")


def test_the_window_moves_with_the_time() -> None:
    counter = DatabaseCounter(db.engine)
    with time_machine.travel(NOON, tick=False) as clock:
        assert [counter.acquire_entry("a", 2, 300) for _ in range(3)] == [True, True, False]
        assert counter.get_moving_window("a", 2, 300) == (NOON.timestamp(), 2)
        clock.shift(timedelta(seconds=200))
        assert not counter.acquire_entry("a", 2, 300)
        clock.shift(timedelta(seconds=100))
        assert counter.acquire_entry("a", 2, 300)
        assert counter.get_moving_window("a", 2, 300) == ((NOON + timedelta(seconds=300)).timestamp(), 1)


def test_each_key_is_counted_for_itself() -> None:
    counter = DatabaseCounter(db.engine)
    assert counter.acquire_entry("a", 1, 300)
    assert counter.acquire_entry("b", 1, 300)
    counter.clear("a")
    assert counter.get_moving_window("a", 1, 300)[1] == 0
    assert counter.get_moving_window("b", 1, 300)[1] == 1


def test_of_many_who_count_at_once_no_more_than_the_limit_are_counted(people: People) -> None:
    engine = people.engine
    start = threading.Barrier(16)

    def count(_number: int) -> bool:
        start.wait()
        return DatabaseCounter(engine).acquire_entry("a", 10, 300)

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(count, range(16))) == 10


def test_a_try_stays_counted_when_the_request_takes_everything_back() -> None:
    db.session.execute(select(CountedTry)).all()
    assert DatabaseCounter(db.engine).acquire_entry("a", 10, 300)
    db.session.rollback()
    assert DatabaseCounter(db.engine).get_moving_window("a", 10, 300)[1] == 1


def test_tries_are_deleted_after_a_day() -> None:
    counter = DatabaseCounter(db.engine)
    with time_machine.travel(NOON, tick=False) as clock:
        counter.acquire_entry("a", 10, 24 * 3600)
        clock.shift(timedelta(minutes=30))
        counter.acquire_entry("a", 10, 24 * 3600)
    assert purge_tries(db.session, NOON + timedelta(days=1)) == 1
    db.session.commit()
    assert len(db.session.scalars(select(CountedTry)).all()) == 1
