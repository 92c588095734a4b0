"""Attempts and answers as they are handed over: in words and places on the page; nothing tells a key too soon."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from learnapp.accounts.own_data.rows import collect
from learnapp.content.catalog import Lesson
from learnapp.learning.attempts.answers_wording import lesson_title, readable_attempts, readable_responses
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.values import AttemptDetail
from tests.actors.attempts import Db, answer_all, begin, check, check_answer, giving, right, save, stored_item, wrong
from tests.courses.gated import strong
from tests.courses.serving import serve, serve_catalog
from tests.courses.tea import lesson, quiz
from tests.courses.training import training_course
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.quiz.samples import make

Start = Callable[[int, Lesson], AttemptDetail]


@pytest.fixture
def start(app: Flask, db_session: Db, monkeypatch: pytest.MonkeyPatch) -> Start:
    """Serve a lesson, and have somebody begin its quiz."""

    def begin_with(user_id: int, one: Lesson) -> AttemptDetail:
        serve(app, monkeypatch, one)
        return begin(db_session, user_id, one)

    return begin_with


def rows_of(session: Db, user_id: int, name: str) -> list[dict[str, Any]]:
    return next(rows for table, rows in collect(session, user_id) if table.name == name)


def answers_of(session: Db, user_id: int) -> dict[str, dict[str, Any]]:
    """Return the answers of a person as they are handed over, by item."""
    rows = readable_responses(session, user_id, rows_of(session, user_id, "responses"))
    return {row["item_id"]: row for row in rows}


def test_a_question_stands_in_words_beside_its_answer(db_session: Db, ben: int, start: Start) -> None:
    attempt = start(ben, lesson(quiz=quiz(make("cloze"), make("single"))))
    cloze = attempt.items[0]
    check(db_session, cloze, giving(cloze, {"blanks": ["green tea", "water"]}))
    single = stored_item(db_session, attempt, "tea-single")
    check(db_session, single, right(single))
    told = answers_of(db_session, ben)
    assert told["tea-cloze"]["question"] == told["tea-single"]["question"] == "What about tea?"
    assert told["tea-cloze"]["answer"] == "gap 1: green tea; gap 2: water"
    assert (told["tea-single"]["answer"], told["tea-single"]["lesson"]) == ("White", "Leaf")
    assert (told["tea-single"]["response"], told["tea-single"]["points"]) == ({"choice": 1}, 1)


def test_what_is_not_submitted_stands_by_its_place_on_the_page(db_session: Db, ben: int, start: Start) -> None:
    (single,) = start(ben, lesson(quiz=quiz(make("single")))).items
    save(db_session, single, right(single))
    (row,) = answers_of(db_session, ben).values()
    assert row["response"] == {"choice": [str(single.presentation.order.index(1))]}
    assert row["points"] is None


def test_points_of_a_try_wait_until_the_last_one(db_session: Db, ben: int, start: Start) -> None:
    """They would tell how many parts are right."""
    (item,) = start(ben, lesson(quiz=quiz(make("ordering"), behaviour="interactive"))).items
    tried = check_answer(db_session, item, wrong(item), item.summary.seq, NOON).item
    db_session.commit()
    assert (tried.state.tries, tried.state.submitted) == (1, False)
    (row,) = answers_of(db_session, ben).values()
    assert row["points"] is None


def test_a_question_beyond_the_reader_s_age_group_has_no_words(db_session: Db, start: Start) -> None:
    reader = UserFactory(band=16)
    attempt = start(reader.id, strong())
    answer_all(db_session, attempt)
    assert answers_of(db_session, reader.id)["scald"]["question"] == "How hot was the skin?"
    reader.band = 14
    db_session.commit()
    told = answers_of(db_session, reader.id)
    assert not {"question", "answer"} & set(told["scald"])
    assert told["one"]["question"] == "What about tea?"


def test_the_seed_of_an_attempt_waits_for_its_end_and_its_quiz_s_hash_for_ever(
    db_session: Db, ben: int, start: Start
) -> None:
    attempt = start(ben, lesson(quiz=quiz(make("single"))))
    (item,) = attempt.items
    save(db_session, item, right(item))

    def handed_over() -> dict[str, Any]:
        (row,) = readable_attempts(db_session, ben, rows_of(db_session, ben, "attempts"))
        return row

    open_row = handed_over()
    assert (open_row["seed"], open_row["last_save"]) == (None, None)
    finish_attempt(db_session, ben, attempt.summary.id, NOON)
    db_session.commit()
    finished = handed_over()
    assert finished["seed"] == attempt.summary.seed
    assert finished["revision"] == open_row["revision"]
    assert attempt.quiz.revision not in (finished["revision"], open_row["revision"])


def test_lessons_and_other_quizzes_are_told_by_their_titles(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    serve_catalog(app, monkeypatch, training_course())
    with app.test_request_context():
        told = [lesson_title(name) for name in ("1-tea/1-leaf", "final/tea-server", "final/gone", "1-tea/gone")]
    assert told == ["Leaf", "Tea server", "a program that has ended", "1-tea/gone"]
