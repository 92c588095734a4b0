"""What the tables themselves hold, whatever the code above them does."""

from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from learnapp.accounts.models import User
from learnapp.learning.models import Attempt, Progress, Response
from tests.actors.attempts import Db, begin, right, save
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.learning import AttemptFactory, ProgressFactory, RevisionFactory

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize(
    "wrong",
    [{"state": "lost"}, {"kind": "finale"}, {"state": "finished"}, {"finished_at": NOON}, {"revision": "0" * 64}],
)
def test_an_attempt_that_makes_no_sense_is_refused(db_session: Db, ben: int, wrong: dict[str, Any]) -> None:
    revision = RevisionFactory(hash="1" * 64).hash

    with pytest.raises(IntegrityError):
        AttemptFactory(**{"user_id": ben, "revision": revision, **wrong})
    db_session.rollback()


def test_finished_attempts_and_those_set_aside_may_be_many(db_session: Db, ben: int) -> None:
    revision = RevisionFactory().hash
    for state, finished_at in (("open", None), ("aside", None), ("aside", None), *(("finished", NOON),) * 3):
        AttemptFactory(user_id=ben, revision=revision, state=state, finished_at=finished_at)

    assert db_session.scalar(select(func.count()).select_from(Attempt)) == 6


def test_a_route_that_does_not_exist_is_refused(db_session: Db, ben: int) -> None:
    with pytest.raises(IntegrityError):
        ProgressFactory(user_id=ben, route="sideways")
    db_session.rollback()


@pytest.mark.both_databases(always=True)
def test_a_second_row_of_progress_is_refused(db_session: Db, ben: int) -> None:
    ProgressFactory(user_id=ben)

    with pytest.raises(IntegrityError):
        ProgressFactory(user_id=ben)
    db_session.rollback()


def test_who_leaves_takes_everything_along(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    save(db_session, attempt.items[0], right(attempt.items[0]))
    cleo = UserFactory(name="Cleo").id
    hers = begin(db_session, cleo)
    save(db_session, hers.items[0], right(hers.items[0]))

    db_session.execute(delete(User).where(User.id == ben))
    db_session.commit()

    for table in (Attempt, Response, Progress):
        assert db_session.scalar(select(func.count()).select_from(table)) == 1
