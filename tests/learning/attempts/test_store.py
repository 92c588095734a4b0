"""Revisions of quizzes: an edit changes neither an attempt in progress nor an old score."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import NoResultFound

from learnapp.database.db import db
from learnapp.learning.attempts import store
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.store import PARSED_QUIZZES, attempt_detail, quiz_of_revision, store_revision
from learnapp.learning.models import QuizRevision
from tests.actors.attempts import MINUTE, Db, answer_all, begin, check, right, stored_item
from tests.courses.tea import lesson, quiz
from tests.factories.base import NOON
from tests.quiz.samples import make, option
from tests.statements import counted

pytestmark = pytest.mark.both_databases

QUIZ = quiz(make("single"), make("cloze"))
# The author reorders the options, moves the key and drops an item.
EDITED = quiz(make("single", options=[option("White"), option("Green", key=True), option("Black")]))


@pytest.fixture(autouse=True)
def nothing_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "PARSED_MAX", 2)
    PARSED_QUIZZES.clear()


@pytest.mark.both_databases(always=True)
def test_a_quiz_is_stored_once(db_session: Db) -> None:
    assert store_revision(db_session, "1-tea/1-leaf", QUIZ, NOON) == store_revision(
        db_session, "1-tea/1-leaf", QUIZ, NOON + MINUTE
    )

    assert db_session.scalar(select(func.count()).select_from(QuizRevision)) == 1


def test_the_quiz_of_a_revision_comes_back_as_it_was(db_session: Db) -> None:
    assert quiz_of_revision(db_session, store_revision(db_session, "1-tea/1-leaf", QUIZ, NOON)) == QUIZ


def test_a_quiz_used_lately_takes_no_query(db_session: Db) -> None:
    revision = store_revision(db_session, "1-tea/1-leaf", QUIZ, NOON)
    quiz_of_revision(db_session, revision)

    with counted(db.engine) as sent:
        quiz_of_revision(db_session, revision)

    assert sent == []


def test_only_so_many_quizzes_are_kept_parsed(db_session: Db) -> None:
    third = quiz(make("numeric"))
    for version in (QUIZ, EDITED, third):
        assert quiz_of_revision(db_session, store_revision(db_session, "1-tea/1-leaf", version, NOON)) == version

    assert list(PARSED_QUIZZES.values()) == [EDITED, third]


def test_a_revision_that_was_never_stored_is_an_error(db_session: Db) -> None:
    with pytest.raises(NoResultFound):
        quiz_of_revision(db_session, "0" * 64)


def test_an_edit_does_not_change_an_open_attempt(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=QUIZ))
    check(db_session, attempt.items[0], right(attempt.items[0]))

    again = begin(db_session, ben, lesson(quiz=EDITED))

    assert again.summary.id == attempt.summary.id
    assert again.quiz == QUIZ
    assert [attempt_item.item for attempt_item in again.items] == list(QUIZ.items)
    cloze = stored_item(db_session, again, "tea-cloze")
    assert check(db_session, cloze, right(cloze)).state.points == 1


def test_an_old_score_stands_after_an_edit(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=QUIZ))
    answer_all(db_session, attempt)
    done = finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()

    retake = begin(db_session, ben, lesson(quiz=EDITED))

    assert retake.quiz == EDITED
    assert attempt_detail(db_session, ben, attempt.summary.id) == done
    assert done.summary.points == 2


def test_the_first_page_after_a_restart_reads_the_quiz_once(db_session: Db, ben: int) -> None:
    attempt = begin(db_session, ben, lesson(quiz=QUIZ))
    PARSED_QUIZZES.clear()
    db_session.rollback()

    with counted(db.engine) as sent:
        attempt_detail(db_session, ben, attempt.summary.id)
        attempt_detail(db_session, ben, attempt.summary.id)

    assert len(sent) == 3
