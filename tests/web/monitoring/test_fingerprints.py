"""Secrets and their database: the first start adopts, a new secret follows, another one is refused, told and healed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Engine

from learnapp.database.db import db
from learnapp.web.monitoring.fingerprints import (
    ROW,
    announce_secret,
    fingerprint,
    is_other_secret,
    may_sign,
    stored_fingerprint,
)

pytestmark = pytest.mark.both_databases
OLD, NEW, OTHER = "o" * 40, "n" * 40, "x" * 40


@pytest.fixture
def engine(app: Flask) -> Engine:
    with app.app_context():
        return db.engine


def stored(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return stored_fingerprint(connection)


def test_the_first_start_has_the_database_know_its_secret_and_tells_nothing_of_it(engine: Engine) -> None:
    assert stored(engine) is None
    assert not is_other_secret(engine, [OLD])
    assert may_sign(engine, [OLD])
    assert stored(engine) == fingerprint(OLD)
    assert OLD not in fingerprint(OLD)
    assert may_sign(engine, [OLD])


def test_a_server_with_another_secret_is_refused_and_changes_nothing(engine: Engine) -> None:
    may_sign(engine, [OLD])
    assert not may_sign(engine, [OTHER, NEW])
    assert is_other_secret(engine, [OTHER, NEW])
    assert stored(engine) == fingerprint(OLD)


def test_a_secret_that_follows_the_present_one_takes_its_place(engine: Engine) -> None:
    may_sign(engine, [OLD])
    assert may_sign(engine, [NEW, OLD])
    assert stored(engine) == fingerprint(NEW)
    # Who was not started again since then has neither.
    assert is_other_secret(engine, [OLD])
    assert not may_sign(engine, [OLD])
    # Who believes both may sign with either, as servers are started one after the other.
    assert may_sign(engine, [OLD, NEW])


def test_an_announced_secret_may_sign_though_the_former_one_is_forgotten(engine: Engine) -> None:
    may_sign(engine, [OLD])
    announce_secret(engine, NEW)
    assert not is_other_secret(engine, [OLD])  # who serves until the next start goes on
    assert is_other_secret(engine, [OTHER])
    assert may_sign(engine, [OLD])
    assert may_sign(engine, [NEW])
    assert stored(engine) == fingerprint(NEW)
    assert not may_sign(engine, [OLD])


def test_before_the_first_start_there_is_nothing_to_announce(engine: Engine) -> None:
    announce_secret(engine, NEW)
    assert stored(engine) is None
    assert may_sign(engine, [OLD])


@pytest.mark.both_databases(always=True)
def test_of_two_first_starts_at_once_with_different_secrets_one_serves(engine: Engine) -> None:
    for _round in range(10):
        with engine.begin() as connection:
            connection.execute(sa.delete(ROW).execution_options(learnapp_write=True))
        with ThreadPoolExecutor(2) as starts:
            done = list(starts.map(lambda secret: may_sign(engine, [secret]), (OLD, NEW)))
        assert sorted(done) == [False, True]
        assert stored(engine) == fingerprint((OLD, NEW)[done.index(True)])


def test_where_nothing_can_be_written_who_knows_the_secret_serves_all_the_same(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read_only(*_given: object) -> None:
        raise sa.exc.OperationalError("INSERT", {}, Exception("attempt to write a readonly database"))

    may_sign(engine, [OLD])
    monkeypatch.setattr("learnapp.web.monitoring.fingerprints.brief_write", read_only)
    assert may_sign(engine, [OLD])
    assert may_sign(engine, [NEW, OLD])
    assert not may_sign(engine, [OTHER])


def test_a_database_of_an_older_version_knows_no_secret(make_app: Callable[..., Flask]) -> None:
    with make_app(tables=False).app_context():
        assert stored(db.engine) is None
        assert not is_other_secret(db.engine, [OTHER])
        announce_secret(db.engine, NEW)
