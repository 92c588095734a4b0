"""The throttle: ten failures in five minutes, whoever counts them, and nothing for correct tries."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from unittest.mock import patch

import pytest
import time_machine
from flask import Flask

from learnapp.accounts.errors import TooManyTries
from learnapp.accounts.limits.counters import DatabaseCounter, RedisCounter
from learnapp.accounts.limits.throttle import FAILURES, RESERVED_SECONDS, Limit, Throttle, throttle_key
from learnapp.database.db import db
from tests.actors.accounts import counting_throttle

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("db_session")
REDIS = os.environ.get("LEARNAPP_TEST_REDIS", "")


def fail(throttle: Throttle, times: int, *keys: str) -> None:
    for _ in range(times):
        throttle.count(FAILURES, *keys)


def test_the_eleventh_failure_in_five_minutes_is_one_too_many() -> None:
    throttle = counting_throttle()
    with time_machine.travel(NOON, tick=False):
        fail(throttle, 10, "account:a")
        with pytest.raises(TooManyTries) as caught:
            throttle.count(FAILURES, "account:a")
        assert caught.value.until == NOON + timedelta(minutes=5)
        with pytest.raises(TooManyTries):
            throttle.check(FAILURES, "account:b", "account:a")
        throttle.check(FAILURES, "account:b")


def test_asking_counts_nothing() -> None:
    throttle = counting_throttle()
    for _ in range(100):
        throttle.check(FAILURES, "account:a")


def test_five_minutes_later_one_may_try_again() -> None:
    throttle = counting_throttle()
    with time_machine.travel(NOON, tick=False) as clock:
        fail(throttle, 10, "account:a")
        clock.shift(timedelta(minutes=5, seconds=1))
        throttle.check(FAILURES, "account:a")


def test_a_failure_counts_for_every_key() -> None:
    throttle = counting_throttle()
    fail(throttle, 9, "account:a", "address:x")
    fail(throttle, 1, "account:b", "address:x")
    for used_up in (("address:x",), ("account:a", "address:x")):
        with pytest.raises(TooManyTries):
            throttle.count(FAILURES, *used_up)
    # What is refused for one key counts for none.
    fail(throttle, 1, "account:a")
    with pytest.raises(TooManyTries):
        throttle.count(FAILURES, "account:a", "address:y")


def test_tries_can_be_given_back() -> None:
    throttle = counting_throttle()
    fail(throttle, 10, "account:a")
    throttle.reset(FAILURES, "account:a")
    throttle.check(FAILURES, "account:a")


def test_keys_hold_no_names_and_no_addresses(app: Flask) -> None:
    key = throttle_key("address", "192.0.2.7")
    assert "192.0.2.7" not in key
    assert sha256(b"192.0.2.7").hexdigest()[:16] not in key
    with patch.dict(app.config, SECRET_KEY="another secret"):
        assert throttle_key("address", "192.0.2.7") != key
    assert throttle_key("account", "x") != throttle_key("address", "x")
    assert throttle_key("account", "ben") == throttle_key("account", "ben") != throttle_key("account", "ada")
    assert "ben" not in throttle_key("account", "ben")


def test_a_reserved_try_counts_or_is_given_back(app: Flask) -> None:
    throttle = counting_throttle()
    for _ in range(20):
        right = throttle.reserve(FAILURES, "account:a")
        with right:
            pass
        right.give_back()
    with pytest.raises(LookupError), throttle.reserve(FAILURES, "account:a"):
        raise LookupError
    for _ in range(10):
        throttle.check(FAILURES, "account:a")
        wrong = throttle.reserve(FAILURES, "account:a")
        with wrong:
            pass
        wrong.keep()
    with pytest.raises(TooManyTries), throttle.reserve(FAILURES, "account:a"):
        pass


def test_a_try_is_reserved_in_several_limits_or_in_none(app: Flask) -> None:
    throttle, few = counting_throttle(), Limit("few", 2, 60)
    for _ in range(2):
        attempt = throttle.reserve_each((FAILURES, "account:a", "account:b"), (few, "window:x"))
        with attempt:
            pass
        attempt.keep()
    refused = throttle.reserve_each((FAILURES, "account:a"), (few, "window:x"))
    for _ in range(20):  # each leaves no trace in the limit that had room
        with pytest.raises(TooManyTries), refused:
            pass
        with pytest.raises(TooManyTries):
            refused.check()
    throttle.check(few, "window:y")
    fail(throttle, 8, "account:a")
    with pytest.raises(TooManyTries):
        throttle.check(FAILURES, "account:a")
    fail(throttle, 8, "account:b")

    given_back = throttle.reserve_each((FAILURES, "account:c"), (few, "window:y"))
    for _ in range(5):
        with given_back:
            pass
        given_back.give_back()
    throttle.check(few, "window:y")


def test_what_is_reserved_makes_others_wait_and_refuses_nobody(app: Flask) -> None:
    throttle = counting_throttle()
    reserved = [throttle.reserve(FAILURES, "address:x") for _ in range(10)]
    for one in reserved:
        one.__enter__()
    throttle.check(FAILURES, "address:x")

    def wait() -> None:
        with app.app_context(), throttle.reserve(FAILURES, "address:x"):
            pass

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(wait)
        reserved[0].give_back()
        waiting.result(timeout=10)


def test_what_became_of_a_form_sent_again_takes_nothing_from_the_first() -> None:
    throttle = counting_throttle()
    first, again = (throttle.of_form("a form").reserve(FAILURES, "account:a") for _ in range(2))
    other = throttle.of_form("another form").reserve(FAILURES, "account:a")
    with first:
        with pytest.raises(LookupError), again:
            raise LookupError
        with other:
            pass
        again.give_back()
    first.keep()
    other.keep()
    assert (first.is_repeated, again.is_repeated, other.is_repeated) == (False, True, False)
    fail(throttle, 8, "account:a")
    with pytest.raises(TooManyTries):
        throttle.check(FAILURES, "account:a")


def test_a_try_whose_process_died_counts_as_a_failure() -> None:
    throttle = counting_throttle()
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(10):
            throttle.reserve(FAILURES, "account:a").__enter__()
        throttle.check(FAILURES, "account:a")
        clock.shift(timedelta(seconds=RESERVED_SECONDS))
        with pytest.raises(TooManyTries):
            throttle.check(FAILURES, "account:a")


def test_without_its_redis_tries_are_counted_in_the_database() -> None:
    throttle = Throttle(DatabaseCounter(db.engine), RedisCounter("redis://127.0.0.1:1/0"))
    fail(throttle, 10, "account:a")
    with pytest.raises(TooManyTries):
        throttle.check(FAILURES, "account:a")


@pytest.mark.skipif(not REDIS, reason="LEARNAPP_TEST_REDIS is not set: no Redis to test against")
def test_two_processes_with_one_redis_count_together() -> None:
    one, other = (Throttle(DatabaseCounter(db.engine), RedisCounter(REDIS)) for _ in range(2))
    one.reset(FAILURES, "account:shared")
    fail(one, 5, "account:shared")
    fail(other, 5, "account:shared")
    with pytest.raises(TooManyTries):
        one.check(FAILURES, "account:shared")
    one.reset(FAILURES, "account:shared")
