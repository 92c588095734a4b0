"""Practice that arrives from several devices at once: united, written and gone on with, nothing of it is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event
from typing import Any

import pytest

from learnapp.accounts.guests.service import take_guest
from learnapp.database.db import AnySession, db
from learnapp.learning.lessons.own_words.service import words_digest
from learnapp.training.errors import StalePath
from learnapp.training.practice import store
from learnapp.training.practice.service import catch_up, give_reply, keep_note
from learnapp.training.practice.values import SentRun, StoredRun
from tests.actors.accounts import guest as make_guest
from tests.actors.people import People
from tests.courses.practice import SUGAR, conversation
from tests.factories.base import NOON

pytestmark = pytest.mark.both_databases

TALK = conversation()


def test_a_note_that_comes_while_runs_are_united_is_kept(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    vera = people.add("Vera")
    with people.app.app_context():
        guest = make_guest()
        for user in (vera, guest):
            give_reply(db.session, user, TALK, 0, "start", "offer", NOON)
        db.session.commit()
    united, written, kept = store.store_run, Event(), Event()

    def store_slowly(session: AnySession, user_id: int, name: str, run: StoredRun, now: datetime) -> None:
        written.set()
        kept.wait(1)  # as long as the account is locked, no note is kept
        united(session, user_id, name, run, now)

    def write() -> None:
        assert written.wait(10)
        with people.app.app_context():
            keep_note(db.session, vera, TALK, "From the laptop.", words_digest(""), NOON)
            db.session.commit()
        kept.set()

    monkeypatch.setattr(store, "store_run", store_slowly)
    with ThreadPoolExecutor(1) as pool:
        note: Any = pool.submit(write)
        with people.app.app_context():
            assert take_guest(db.session, guest, vera)
            db.session.commit()
        note.result()
    with people.app.app_context():
        run = store.practice_run(db.session, vera, SUGAR)
    assert (run.path, run.note) == (("offer",), "From the laptop.")


def test_of_two_devices_that_send_at_once_one_is_asked(people: People) -> None:
    vera = people.add("Vera")

    def send(reply: str) -> str:
        with people.app.app_context():
            try:
                catch_up(db.session, vera, TALK, SentRun((), (reply,), ()), NOON)
                db.session.commit()
            except StalePath as stale:
                return f"{reply} after {stale.newer[0]}"
            return reply

    with ThreadPoolExecutor(2) as pool:
        came = set(pool.map(send, ("offer", "refuse")))
    assert came in ({"offer", "refuse after offer"}, {"refuse", "offer after refuse"})
