"""Tries of codes: what is counted, also of many side by side, and for whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from learnapp.accounts.errors import TooManyTries
from learnapp.accounts.limits.throttle import Throttle
from learnapp.database.db import db
from learnapp.groups.errors import CodeUnknown
from learnapp.groups.membership.codes import make_code
from learnapp.groups.membership.tries import WRONG_CODES, try_code
from learnapp.groups.models import JOIN, SIGN_IN
from tests.actors.attempts import Db
from tests.factories.groups import GroupCodeFactory, GroupFactory
from tests.statements import counted

pytestmark = pytest.mark.both_databases
NOBODYS = make_code(7)


def outcome(app: Flask, code: str, person: str, network: str = "203.0.113.7") -> object:
    """Return the number of the group that a code opens, or what was raised."""
    throttle: Throttle = app.extensions["accounts.throttle"]
    with app.app_context():
        try:
            return try_code(db.session(), code, JOIN, datetime.now(UTC), throttle, person, network)
        except (CodeUnknown, TooManyTries) as error:
            return type(error)


@pytest.mark.both_databases(always=True)
def test_of_fifty_wrong_codes_side_by_side_ten_are_answered(app: Flask, db_session: Db) -> None:
    db_session.rollback()
    with ThreadPoolExecutor(8) as pool:
        came = list(pool.map(lambda _number: outcome(app, NOBODYS, "user 1"), range(50)))
    assert came.count(CodeUnknown) == WRONG_CODES.tries
    assert came.count(TooManyTries) == 40


def test_right_codes_side_by_side_are_all_answered_and_count_for_nothing(app: Flask, db_session: Db) -> None:
    group = GroupFactory()
    now = datetime.now(UTC)
    code = GroupCodeFactory(group_id=group.id, created_at=now, expires_at=now + timedelta(days=1)).code
    db_session.rollback()
    for _ in range(WRONG_CODES.tries - 1):
        outcome(app, NOBODYS, "user 1")
    with ThreadPoolExecutor(4) as pool:
        came = list(pool.map(lambda _number: outcome(app, code, "user 1"), range(20)))
    assert came == [group.id] * 20
    assert outcome(app, NOBODYS, "user 1") is CodeUnknown
    assert outcome(app, code, "user 1") is TooManyTries
    assert outcome(app, code, "user 2") == group.id


def test_unknown_ended_and_other_codes_take_the_same_statements(app: Flask, db_session: Db) -> None:
    now = datetime.now(UTC)
    codes = [NOBODYS]
    for purpose, ends in ((JOIN, now - timedelta(days=1)), (SIGN_IN, now + timedelta(days=1))):
        about = {"purpose": purpose, "created_at": now, "expires_at": ends}
        codes.append(GroupCodeFactory(group_id=GroupFactory().id, **about).code)
    db_session.rollback()
    sent = []
    for number, code in enumerate(codes):
        with counted(db.engine) as statements:
            assert outcome(app, code, f"user {number}") is CodeUnknown
        sent.append(statements)
    assert sent[0] == sent[1] == sent[2]
