"""Undoing a list while somebody comes in: they keep their account, or are told that there is none; never both."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event
from time import sleep

import pytest
from sqlalchemy import select

from learnapp.accounts import service as accounts
from learnapp.accounts.models import LoginSession, User
from learnapp.accounts.passwords import first
from learnapp.accounts.passwords.service import hand_out_password
from learnapp.database.db import AnySession, db
from learnapp.groups.membership import service as membership
from learnapp.groups.roster.lists import service, store
from learnapp.groups.roster.lists.reading.files import read_list
from learnapp.groups.roster.lists.values import ListAnswers, PeopleList
from tests.actors.groups import Class
from tests.actors.people import PASSWORD, People, hashed, sign_in
from tests.groups.roster.lists.samples import SAMPLES

pytestmark = pytest.mark.both_databases


@pytest.fixture
def taken_in(people: People, class_9c: Class) -> int:
    """Take in a list of Mina and Ola and make Mina's login card; give the list's number."""
    found, now = read_list(SAMPLES["moodle"].content, ListAnswers()), datetime.now(UTC)
    assert isinstance(found, PeopleList)
    ada = people.get(class_9c.leader).id
    with people.app.app_context():
        number = service.stage_list(db.session, class_9c.id, ada, found, now)
        staged = store.find_staged(db.session, class_9c.id, ada, number, now)
        assert staged is not None
        digest = service.preview_list(db.session, class_9c.id, staged, now).digest
        service.apply_list(db.session, class_9c.id, ada, number, digest, now)
        mina = db.session.scalars(select(User.id).where(User.name == "mina")).one()
        hand_out_password(db.session, mina, hashed(first.as_printed(PASSWORD)), now)
        db.session.commit()
    return number


def undo(people: People, of: Class, number: int) -> None:
    with people.app.app_context():
        service.undo_list(db.session, of.id, people.get(of.leader).id, number, datetime.now(UTC))
        db.session.commit()


def names(people: People) -> set[str]:
    with people.app.app_context():
        return set(db.session.scalars(select(User.name)))


def test_who_comes_in_after_it_was_looked_finds_no_account(
    people: People, class_9c: Class, taken_in: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    look, looked, answered = membership.accounts_used, Event(), Event()

    def look_slowly(session: AnySession, user_ids: Sequence[int]) -> set[int]:
        used = look(session, user_ids)
        looked.set()
        answered.wait(2)  # as long as the lock is held, there is no answer
        return used

    monkeypatch.setattr(service, "accounts_used", look_slowly)

    def come_in() -> int:
        assert looked.wait(10)
        status = sign_in(people.browser(), "mina").status_code
        answered.set()
        return status

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(come_in)
        undo(people, class_9c, taken_in)
        assert answer.result() == 422
    assert names(people) == {class_9c.leader}


def test_who_has_come_in_before_it_is_looked_keeps_the_account(people: People, class_9c: Class, taken_in: int) -> None:
    is_in = Event()

    def come_in() -> None:
        with people.app.app_context():
            throttle = people.app.extensions["accounts.throttle"]
            accounts.sign_in(db.session, "mina", PASSWORD, datetime.now(UTC), throttle, "192.0.2.1")
            is_in.set()
            sleep(0.5)
            db.session.commit()

    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(come_in)
        assert is_in.wait(10)
        undo(people, class_9c, taken_in)
        coming.result()
    assert names(people) == {class_9c.leader, "mina"}
    assert people.count(LoginSession) == 1
    assert people.get("mina").managed_by is None
