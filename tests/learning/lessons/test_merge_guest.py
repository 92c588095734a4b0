"""A guest who signs in loses nothing, and neither does the account."""

import pytest
from sqlalchemy import func, select

from learnapp.accounts.guests.service import guest_is_taken
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.store import attempt_detail, results_of_lesson
from learnapp.learning.lessons.merge_guest import move_attempts
from learnapp.learning.models import Attempt, Progress
from learnapp.learning.progress.service import mark_read, save_place
from tests.actors.attempts import MINUTE, Db, answer_all, answered, begin, progress_of, right, save, wrong
from tests.courses.tea import lesson, quiz, strong_lesson
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.quiz.samples import make

pytestmark = pytest.mark.both_databases

SHORT = lesson(quiz=quiz(make("single"), make("multiple")))


def sign_in(session: Db, guest: int, ben: int) -> None:
    session.rollback()
    move_attempts(session, {"user_id": guest}, {"user_id": ben})
    session.commit()


def take(session: Db, user: int, *, but: tuple[str, ...] = ()) -> int:
    attempt = begin(session, user, SHORT)
    answer_all(session, attempt, but=but)
    finish_attempt(session, user, attempt.summary.id, NOON)
    session.commit()
    return attempt.summary.id


def test_accounts_know_how_learning_is_adopted(db_session: Db, guest: int, ben: int) -> None:
    attempt = begin(db_session, guest, SHORT)

    guest_is_taken.send(db_session, guest_id=guest, user_id=ben)
    db_session.commit()

    assert attempt_detail(db_session, ben, attempt.summary.id).summary.user_id == ben


@pytest.mark.both_databases(always=True)
def test_everything_moves_to_an_empty_account(db_session: Db, guest: int, ben: int) -> None:
    mark_read(db_session, guest, progress_of(db_session, guest, SHORT), NOON)
    db_session.commit()
    attempt = take(db_session, guest)
    before = progress_of(db_session, guest, SHORT)

    sign_in(db_session, guest, ben)

    assert progress_of(db_session, ben, SHORT) == before
    assert before.complete
    assert attempt_detail(db_session, ben, attempt).summary.points == 2
    assert not progress_of(db_session, guest, SHORT).state.begun


def test_nothing_is_left_with_the_guest(db_session: Db, guest: int, ben: int) -> None:
    take(db_session, guest)

    sign_in(db_session, guest, ben)

    for table in (Attempt, Progress):
        left = select(func.count()).select_from(table).where(table.user_id == guest)
        assert db_session.scalar(left) == 0


def test_the_better_score_counts_whoever_had_it(db_session: Db, guest: int, ben: int) -> None:
    take(db_session, ben)
    take(db_session, guest, but=("tea-single",))

    sign_in(db_session, guest, ben)

    assert progress_of(db_session, ben, SHORT).state.percent == 100
    assert results_of_lesson(db_session, ben, SHORT.key).count == 2


def test_read_as_a_guest_and_passed_with_the_account_completes_the_lesson(db_session: Db, guest: int, ben: int) -> None:
    mark_read(db_session, guest, progress_of(db_session, guest, SHORT), NOON)
    take(db_session, ben)

    sign_in(db_session, guest, ben)

    assert progress_of(db_session, ben, SHORT).complete


def test_the_newer_place_is_where_reading_goes_on(db_session: Db, guest: int, ben: int) -> None:
    save_place(db_session, ben, progress_of(db_session, ben, SHORT), "p1", NOON)
    db_session.commit()
    save_place(db_session, guest, progress_of(db_session, guest, SHORT), "p4", NOON + MINUTE)
    db_session.commit()

    sign_in(db_session, guest, ben)

    assert progress_of(db_session, ben, SHORT).state.place == "p4"


@pytest.mark.parametrize("newer", ["guest", "ben"])
def test_of_two_open_attempts_the_one_saved_last_stays_open(db_session: Db, guest: int, ben: int, newer: str) -> None:
    attempts = {"guest": begin(db_session, guest, SHORT), "ben": begin(db_session, ben, SHORT)}
    saved = {
        name: save(
            db_session,
            attempt.items[0],
            right(attempt.items[0]) if name == "guest" else wrong(attempt.items[0]),
            NOON + (2 if name == newer else 1) * MINUTE,
        )
        for name, attempt in attempts.items()
    }

    sign_in(db_session, guest, ben)

    for name, attempt in attempts.items():
        kept = attempt_detail(db_session, ben, attempt.summary.id)
        assert kept.summary.state == ("open" if name == newer else "aside")
        assert kept.items[0].state == saved[name].state
    assert begin(db_session, ben, SHORT).summary.id == attempts[newer].summary.id


def test_what_was_set_aside_is_taken_up_when_the_other_is_done(db_session: Db, guest: int, ben: int) -> None:
    mine = begin(db_session, ben, SHORT)
    save(db_session, mine.items[0], right(mine.items[0]))
    theirs = begin(db_session, guest, SHORT)
    save(db_session, theirs.items[0], right(theirs.items[0]), NOON + MINUTE)
    sign_in(db_session, guest, ben)
    finish_attempt(db_session, ben, theirs.summary.id, NOON)
    db_session.commit()

    again = begin(db_session, ben, SHORT)

    assert again.summary.id == mine.summary.id
    assert answered(again) == 1


def test_open_attempts_at_different_lessons_all_stay_open(db_session: Db, guest: int, ben: int) -> None:
    one = begin(db_session, ben, SHORT)
    two = begin(db_session, guest, strong_lesson(slug="2-water"))

    sign_in(db_session, guest, ben)

    assert attempt_detail(db_session, ben, one.summary.id).summary.open
    assert attempt_detail(db_session, ben, two.summary.id).summary.open


def test_other_peoples_attempts_stay_theirs(db_session: Db, guest: int, ben: int) -> None:
    cleo = UserFactory(name="Cleo").id
    hers = begin(db_session, cleo, SHORT)
    begin(db_session, guest, SHORT)

    sign_in(db_session, guest, ben)

    assert attempt_detail(db_session, cleo, hers.summary.id).summary.open


def test_a_sign_in_that_fails_moves_nothing(db_session: Db, guest: int, ben: int) -> None:
    attempt = begin(db_session, guest, SHORT)

    move_attempts(db_session, {"user_id": guest}, {"user_id": ben})
    db_session.rollback()

    assert attempt_detail(db_session, guest, attempt.summary.id).summary.open
