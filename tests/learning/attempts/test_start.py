"""Starting quizzes: one open attempt, whatever is pressed or raced."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from learnapp.database.db import begin_write, db
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.start import keep_attempt, start_attempt, start_missed, take_up
from learnapp.learning.attempts.store import attempt_detail, results_of_lesson
from learnapp.learning.errors import AttemptNotFound, NoShortVersion, NotFinished, NothingMissed, QuizClosed
from learnapp.learning.models import Attempt
from learnapp.learning.progress.service import course_progress
from tests.actors.attempts import (
    MINUTE,
    SEED,
    Db,
    answer_all,
    answered,
    begin,
    check,
    count,
    giving,
    progress_of,
    right,
    save,
    stored_item,
)
from tests.courses.tea import course, lesson, quiz, strong_lesson
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.factories.learning import AttemptFactory
from tests.quiz.samples import make

pytestmark = pytest.mark.both_databases


def finished(session: Db, ben: int, *, but: tuple[str, ...] = ()) -> int:
    """Take the whole quiz and return the attempt's id."""
    attempt = begin(session, ben)
    answer_all(session, attempt, but=but)
    finish_attempt(session, ben, attempt.summary.id, NOON)
    session.commit()
    return attempt.summary.id


def test_a_quiz_begins_with_every_item_in_the_order_of_the_file(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)

    assert [attempt_item.item for attempt_item in attempt.items] == list(lesson().quiz.items)
    assert (attempt.summary.state, attempt.summary.seq, answered(attempt)) == ("open", 0, 0)
    assert attempt.summary.max_points == 9


def test_a_quiz_may_ask_some_of_its_items(db_session: Db, ben: int) -> None:
    pool = quiz(*(make("single", id=f"tea-{n}") for n in range(20)), count=5, shuffle_items=True)

    attempt = begin(db_session, ben, lesson(quiz=pool))

    assert len(set(attempt.summary.item_ids)) == 5
    assert attempt.summary.max_points == 5


def test_starting_again_goes_on(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    save(db_session, attempt.items[0], right(attempt.items[0]))

    again = start_attempt(db_session, ben, progress_of(db_session, ben, lesson()), "main", 7, NOON)

    assert again == attempt.summary.id
    assert count(db_session, Attempt) == 1


def test_starting_again_from_a_page_that_knew_nothing_goes_on_too(db_session: Db, ben: int) -> None:
    early = progress_of(db_session, ben, lesson())
    attempt = begin(db_session, ben)

    assert start_attempt(db_session, ben, early, "main", 7, NOON) == attempt.summary.id


def test_a_quiz_that_opens_in_order_cannot_be_begun_before(db_session: Db, ben: int) -> None:
    closed = course_progress(db_session, course(sequencing="quizzes"), ben).lessons[1]

    with pytest.raises(QuizClosed):
        start_attempt(db_session, ben, closed, "main", SEED, NOON)


def test_a_lesson_without_a_short_version_has_no_short_quiz(db_session: Db, ben: int) -> None:
    with pytest.raises(NoShortVersion):
        start_attempt(db_session, ben, progress_of(db_session, ben, lesson()), "short", SEED, NOON)


def test_the_short_quiz_sets_the_main_one_aside_and_going_back_takes_it_up(db_session: Db, ben: int) -> None:
    strong = strong_lesson()
    main = begin(db_session, ben, strong)
    saved = save(db_session, main.items[0], right(main.items[0]))

    short = begin(db_session, ben, strong, "short", NOON + MINUTE)
    assert attempt_detail(db_session, ben, main.summary.id).summary.state == "aside"
    assert [attempt_item.item.id for attempt_item in short.items] == ["short-single"]

    back = begin(db_session, ben, strong, "main", NOON + MINUTE)
    assert back.summary.id == main.summary.id
    assert back.items[0].state == saved.state
    assert attempt_detail(db_session, ben, short.summary.id).summary.state == "aside"


def test_a_new_attempt_after_a_finished_one_starts_empty(db_session: Db, ben: int) -> None:
    first = finished(db_session, ben)

    second = begin(db_session, ben)

    assert second.summary.id != first
    assert answered(second) == 0
    assert [summary.id for summary in results_of_lesson(db_session, ben, "1-tea/1-leaf").attempts] == [first]


def test_two_learners_each_have_their_own(db_session: Db, ben: int) -> None:
    vera = UserFactory(name="Vera").id

    assert begin(db_session, ben).summary.id != begin(db_session, vera).summary.id


def test_only_what_was_missed_is_practised(db_session: Db, ben: int) -> None:
    attempt = finished(db_session, ben, but=("tea-single", "tea-ordering"))

    started = start_missed(db_session, ben, attempt, SEED, NOON)
    db_session.commit()

    practice = attempt_detail(db_session, ben, started)
    assert practice.summary.item_ids == ("tea-single", "tea-ordering")
    assert (practice.summary.kind, practice.summary.max_points, answered(practice)) == ("missed", 2, 0)


def test_part_of_the_marks_is_not_full_marks(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=quiz(make("cloze"), make("single"))))
    check(db_session, attempt.items[0], giving(attempt.items[0], {"blanks": ["leaves", "sand"]}))
    second = stored_item(db_session, attempt, "tea-single")
    check(db_session, second, right(second))

    done = finish_attempt(db_session, ben, attempt.summary.id, NOON)

    assert done.summary.points == 1.5
    assert done.missed == ("tea-cloze",)


def test_pressing_practice_twice_is_one_practice(db_session: Db, ben: int) -> None:
    attempt = finished(db_session, ben, but=("tea-single",))
    first = start_missed(db_session, ben, attempt, SEED, NOON)
    db_session.commit()

    second = start_missed(db_session, ben, attempt, 7, NOON)

    assert second == first


def test_practice_of_something_else_is_another_attempt(db_session: Db, ben: int) -> None:
    one = finished(db_session, ben, but=("tea-single",))
    two = finished(db_session, ben, but=("tea-cloze",))
    first = start_missed(db_session, ben, one, SEED, NOON)
    db_session.commit()

    second = start_missed(db_session, ben, two, SEED, NOON)
    db_session.commit()

    assert second != first
    assert attempt_detail(db_session, ben, first).summary.state == "aside"


def test_an_open_attempt_has_nothing_missed_yet(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)
    check(db_session, attempt.items[0], right(attempt.items[0]))

    assert attempt.missed == ()
    with pytest.raises(NotFinished):
        start_missed(db_session, ben, attempt.summary.id, SEED, NOON)


def test_who_missed_nothing_has_nothing_to_practise(db_session: Db, ben: int) -> None:
    with pytest.raises(NothingMissed):
        start_missed(db_session, ben, finished(db_session, ben), SEED, NOON)


def test_nobody_practises_what_somebody_else_missed(db_session: Db, ben: int) -> None:
    attempt = finished(db_session, ben, but=("tea-single",))

    with pytest.raises(AttemptNotFound):
        start_missed(db_session, UserFactory(name="Cleo").id, attempt, SEED, NOON)


def test_the_database_refuses_a_second_open_attempt(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben)

    with pytest.raises(IntegrityError):
        AttemptFactory(user_id=ben, revision=attempt.summary.revision)
    db_session.rollback()


@pytest.mark.both_databases(always=True)
def test_twenty_starts_at_once_are_one_attempt(app: Flask, db_session: Db, ben: int) -> None:
    db_session.rollback()

    def start(n: int) -> int:
        with app.app_context():
            early = progress_of(db.session(), ben, lesson())
            kind = "main"
            started = start_attempt(db.session(), ben, early, kind, n, NOON)
            db.session.commit()
            return started

    with ThreadPoolExecutor(8) as pool:
        ids = set(pool.map(start, range(20)))

    assert len(ids) == 1
    assert count(db_session, Attempt) == 1
    attempt_item = stored_item(db_session, attempt_detail(db_session, ben, ids.pop()))
    assert attempt_item.summary.open


def test_what_no_lesson_asks_is_not_practised(db_session: Db, ben: int) -> None:
    attempt = finished(db_session, ben, but=("tea-single",))
    begin_write(db_session)
    db_session.execute(update(Attempt).values(lesson="final/tea-server"))
    db_session.commit()

    with pytest.raises(AttemptNotFound):
        start_missed(db_session, ben, attempt, SEED, NOON)


def test_an_attempt_that_is_kept_for_a_device_waits_aside_until_its_answers_arrive(db_session: Db, ben: int) -> None:
    kept = keep_attempt(db_session, ben, progress_of(db_session, ben, lesson()), "main", SEED, NOON)
    db_session.commit()
    assert progress_of(db_session, ben, lesson()).begun is False
    other = start_attempt(db_session, ben, progress_of(db_session, ben, lesson()), "main", SEED + 1, NOON)
    assert other == kept  # whoever begins that quiz goes on with it
    db_session.commit()


def test_what_is_open_meanwhile_waits_when_the_kept_attempt_is_taken_up(db_session: Db, ben: int) -> None:
    done = finished(db_session, ben, but=("tea-single",))
    kept = keep_attempt(db_session, ben, progress_of(db_session, ben, lesson()), "main", SEED, NOON)
    missed = start_missed(db_session, ben, done, SEED, NOON)
    db_session.commit()

    for _time in range(2):
        take_up(db_session, attempt_detail(db_session, ben, kept).summary, NOON)
        db_session.commit()
        states = {one: attempt_detail(db_session, ben, one).summary.state for one in (done, kept, missed)}
        assert states == {done: "finished", kept: "open", missed: "aside"}
