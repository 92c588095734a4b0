"""Counted tries: a moving window, the same for every process and in both stores, whatever becomes of the request."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from learnapp.accounts.limits.counters import Counter, DatabaseCounter, RedisCounter, Tries
from learnapp.accounts.limits.throttle import purge_tries
from learnapp.accounts.models import CountedTry
from learnapp.database.db import db
from tests.actors.people import People

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
REDIS = os.environ.get("LEARNAPP_TEST_REDIS", "")
pytestmark = [pytest.mark.usefixtures("db_session"), pytest.mark.both_databases]


@pytest.fixture(params=["database", "redis"])
def counter(request: pytest.FixtureRequest) -> Iterator[Counter]:
    """Give a counter that knows nothing of the keys a and b."""
    if request.param == "redis" and not REDIS:
        pytest.skip("LEARNAPP_TEST_REDIS is not set: no Redis to test against")
    made: Counter = RedisCounter(REDIS) if request.param == "redis" else DatabaseCounter(db.engine)
    for key in "ab":
        made.clear(key)
    yield made
    for key in "ab":
        made.clear(key)


def test_the_window_moves_with_the_time(counter: Counter) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert [bool(counter.count(["a"], 2, 300)) for _ in range(3)] == [True, True, False]
        assert counter.tries("a", 300) == Tries(2, 0, NOON.timestamp())
        clock.shift(timedelta(seconds=200))
        assert not counter.count(["a"], 2, 300)
        clock.shift(timedelta(seconds=100))
        assert counter.count(["a"], 2, 300)
        assert counter.tries("a", 300) == Tries(1, 0, (NOON + timedelta(seconds=300)).timestamp())


def test_each_key_is_counted_for_itself(counter: Counter) -> None:
    assert counter.count(["a"], 1, 300)
    assert counter.count(["b"], 1, 300)
    counter.clear("a")
    assert (counter.tries("a", 300).used, counter.tries("b", 300).used) == (0, 1)


def test_a_try_counts_under_all_its_keys_or_under_none(counter: Counter) -> None:
    assert counter.count(["b"], 1, 300)
    assert counter.count(["a", "b"], 1, 300) is None
    assert counter.tries("a", 300).used == 0


def test_a_try_is_open_until_it_is_closed_given_back_or_too_old(counter: Counter) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        first, second, _third = (counter.count(["a", "b"], 10, 300, 15) for _ in range(3))
        assert counter.tries("a", 300)[:2] == (3, 3)
        counter.give_back(["a", "b"], str(first))
        counter.close(["a", "b"], str(second))
        assert counter.tries("b", 300)[:2] == (2, 1)
        clock.shift(timedelta(seconds=15))
        assert counter.tries("a", 300)[:2] == (2, 0)


def test_a_try_with_a_name_counts_once_in_its_window_also_where_no_more_are_taken(counter: Counter) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert [counter.count(["a", "b"], 2, 300, name=name) for name in ("one", "one", "two", "one", "three")] == [
            "one",
            "",
            "two",
            "",
            None,
        ]
        assert [counter.tries(key, 300).used for key in "ab"] == [2, 2]
        clock.shift(timedelta(seconds=300))
        assert counter.count(["a", "b"], 2, 300, name="one") == "one"


def test_of_many_who_count_at_once_no_more_than_the_limit_are_counted(counter: Counter) -> None:
    start = threading.Barrier(16)

    def count(number: int) -> bool:
        start.wait()
        return bool(counter.count(["a", "b"] if number % 2 else ["b", "a"], 10, 300))

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(count, range(16))) == 10


@pytest.mark.both_databases(always=True)
def test_a_try_stays_counted_when_the_request_takes_everything_back() -> None:
    db.session.execute(select(CountedTry)).all()
    assert DatabaseCounter(db.engine).count(["a"], 10, 300)
    db.session.rollback()
    assert DatabaseCounter(db.engine).tries("a", 300).used == 1


def test_tries_are_deleted_after_a_day(people: People) -> None:
    counter = DatabaseCounter(db.engine)
    with time_machine.travel(NOON, tick=False) as clock:
        counter.count(["a"], 10, 86_400)
        clock.shift(timedelta(hours=12))
        counter.count(["a"], 10, 86_400)
    assert purge_tries(db.session, NOON + timedelta(days=1)) == 1
    db.session.commit()
    assert people.count(CountedTry) == 1
