"""Practice runs: stored once for each person and conversation, and carried along into an account."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from learnapp.accounts.guests.service import guest_is_taken
from learnapp.accounts.own_data.rows import erase
from learnapp.training.models import WORDS_MAX, PracticeRun
from learnapp.training.practice.store import lock_run, practice_run, practice_runs, store_run
from learnapp.training.practice.values import StoredRun
from tests.actors.attempts import Db
from tests.courses.practice import MILK, SUGAR
from tests.factories.base import NOON

pytestmark = pytest.mark.both_databases

HOUR = timedelta(hours=1)
RUN = StoredRun(("offer", "one"), "Sugar?", "They wanted company.", NOON, begun=True)


def keep(session: Db, user_id: int, run: StoredRun, name: str = SUGAR, hours: int = 0) -> None:
    lock_run(session, user_id, name)
    store_run(session, user_id, name, run, NOON + hours * HOUR)
    session.commit()


def test_who_has_not_begun_has_an_empty_run(db_session: Db, vera: int) -> None:
    assert practice_run(db_session, vera, SUGAR) == practice_run(db_session, None, SUGAR) == StoredRun()
    assert practice_runs(db_session, vera) == practice_runs(db_session, None) == {}


def test_a_run_is_stored_once_and_anew(db_session: Db, vera: int, guest: int) -> None:
    keep(db_session, vera, replace(RUN, path=(), note="", done_at=None))
    keep(db_session, vera, RUN)
    keep(db_session, vera, RUN, MILK)
    keep(db_session, guest, StoredRun(("refuse",), begun=True))
    assert practice_run(db_session, vera, SUGAR) == RUN
    assert practice_runs(db_session, vera) == {SUGAR: RUN, MILK: RUN}
    assert practice_runs(db_session, guest) == {SUGAR: StoredRun(("refuse",), begun=True)}


def take(session: Db, guest_id: int, user_id: int) -> dict[str, StoredRun]:
    guest_is_taken.send(session, guest_id=guest_id, user_id=user_id)
    session.commit()
    assert practice_runs(session, guest_id) == {}
    return practice_runs(session, user_id)


def test_what_a_guest_has_practiced_goes_into_the_account(db_session: Db, vera: int, guest: int) -> None:
    keep(db_session, guest, RUN)
    keep(db_session, vera, RUN, MILK)
    assert take(db_session, guest, vera) == {SUGAR: RUN, MILK: RUN}


@pytest.mark.parametrize("guest_last", [True, False])
def test_of_two_runs_the_path_changed_last_stays_and_nothing_written_is_lost(
    db_session: Db, vera: int, guest: int, guest_last: bool
) -> None:
    older, newer = (vera, guest) if guest_last else (guest, vera)
    keep(db_session, older, RUN)
    keep(db_session, newer, StoredRun(("shrug",), "", "Another note.", NOON + HOUR, begun=True), hours=1)
    united = StoredRun(("shrug",), "Sugar?", "Another note.\nThey wanted company.", NOON, begun=True)
    assert take(db_session, guest, vera) == {SUGAR: united}
    assert db_session.scalar(select(func.count()).select_from(PracticeRun)) == 1


def test_a_talk_that_was_only_begun_hides_no_other(db_session: Db, vera: int, guest: int) -> None:
    keep(db_session, vera, RUN)
    keep(db_session, guest, StoredRun((), "", RUN.note, begun=True), hours=1)
    assert take(db_session, guest, vera) == {SUGAR: RUN}


def test_of_two_notes_that_are_too_long_together_the_newer_stays(db_session: Db, vera: int, guest: int) -> None:
    keep(db_session, vera, replace(RUN, note="a" * WORDS_MAX))
    keep(db_session, guest, replace(RUN, note="b"), hours=1)
    assert take(db_session, guest, vera)[SUGAR].note == "b"


def test_an_account_without_a_guest_s_practice_stays_as_it_is(db_session: Db, vera: int, guest: int) -> None:
    keep(db_session, vera, RUN)
    assert take(db_session, guest, vera) == {SUGAR: RUN}


def test_runs_are_erased_with_their_person(db_session: Db, vera: int, guest: int) -> None:
    keep(db_session, vera, RUN)
    keep(db_session, guest, RUN)
    erase(db_session, [vera])
    db_session.commit()
    assert practice_runs(db_session, vera) == {}
    assert practice_runs(db_session, guest) == {SUGAR: RUN}
