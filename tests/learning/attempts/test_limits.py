"""Limits: how many attempts somebody may begin within a day, and a list of them in pages."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Lesson
from learnapp.database.db import db
from learnapp.learning.attempts import start, store
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.attempts.start import start_attempt, start_missed
from learnapp.learning.attempts.store import results_of_lesson
from learnapp.learning.errors import TooManyAttempts
from learnapp.learning.models import Attempt, Progress
from learnapp.learning.progress.service import course_progress
from tests.actors.attempt_pages import begin as begin_in_browser
from tests.actors.attempt_pages import words
from tests.actors.attempts import MINUTE, SEED, Db, begin, count
from tests.courses.serving import serve
from tests.courses.tea import LESSON, course, lesson, quiz, strong_lesson
from tests.factories.accounts import UserFactory
from tests.factories.base import NOON
from tests.pages import PageOpener
from tests.quiz.samples import make

DAY = timedelta(days=1)
ONE = lesson(quiz=quiz(make("single")))


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a day have room for three attempts at a lesson and for five in all."""
    monkeypatch.setattr(start, "A_LESSON_A_DAY", 3)
    monkeypatch.setattr(start, "A_DAY", 5)
    monkeypatch.setattr(store, "RESULTS_A_PAGE", 2)


def take(session: Db, user: int, minute: int, one: Lesson = ONE) -> int:
    """Begin an attempt some minutes after noon and finish it; return its id."""
    attempt = begin(session, user, one, now=NOON + minute * MINUTE).summary.id
    finish_attempt(session, user, attempt, NOON + minute * MINUTE)
    session.commit()
    return attempt


@pytest.mark.both_databases
def test_a_day_has_room_for_some_attempts_at_a_lesson(db_session: Db, ben: int) -> None:
    for minute in range(3):
        take(db_session, ben, minute)

    with pytest.raises(TooManyAttempts) as refused:
        begin(db_session, ben, ONE, now=NOON + DAY - MINUTE)
    db_session.rollback()

    assert (refused.value.again_at, refused.value.seconds, refused.value.lesson) == (NOON + DAY, 60, True)
    assert count(db_session, Attempt, user_id=ben) == 3
    assert take(db_session, ben, 24 * 60) > 0  # the first of them is a day ago
    assert take(db_session, int(UserFactory(name="Vera").id), 5) > 0


@pytest.mark.both_databases
def test_an_attempt_that_is_open_can_be_gone_on_with_however_many_there_were(db_session: Db, ben: int) -> None:
    for minute in range(2):
        take(db_session, ben, minute)
    opened = begin(db_session, ben, ONE, now=NOON)

    assert begin(db_session, ben, ONE, now=NOON + MINUTE).summary.id == opened.summary.id


@pytest.mark.both_databases
def test_practice_counts_like_any_other_attempt(db_session: Db, ben: int) -> None:
    missed = take(db_session, ben, 0)
    for minute in range(2):
        practice = start_missed(db_session, ben, missed, SEED, NOON + minute * MINUTE)
        finish_attempt(db_session, ben, practice, NOON)
        db_session.commit()

    with pytest.raises(TooManyAttempts):
        start_missed(db_session, ben, missed, SEED, NOON + MINUTE)
    db_session.rollback()


@pytest.mark.both_databases
def test_a_day_has_room_for_some_attempts_in_all(db_session: Db, ben: int) -> None:
    lessons = [lesson(f"{n}-leaf", quiz=quiz(make("single"))) for n in range(3)]
    for number in range(5):
        take(db_session, ben, number, lessons[number % 3])

    with pytest.raises(TooManyAttempts) as refused:
        begin(db_session, ben, lessons[2], now=NOON + 9 * MINUTE)
    db_session.rollback()

    assert not refused.value.lesson
    assert refused.value.again_at == NOON + DAY


@pytest.mark.both_databases(always=True)
def test_starts_of_all_kinds_at_once_stay_within_the_day(app: Flask, db_session: Db, ben: int) -> None:
    strong = strong_lesson(quiz=quiz(make("single")))
    for minute in range(2):
        take(db_session, ben, minute, strong)
    db_session.rollback()

    def begin_one(number: int) -> bool:
        with app.app_context():
            progress = course_progress(db.session(), course(strong), ben).of(strong)
            try:
                start_attempt(db.session(), ben, progress, ("main", "short")[number % 2], number, NOON)
                db.session.commit()
            except TooManyAttempts:
                db.session.rollback()
                return False
            return True

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(begin_one, range(8)))

    assert count(db_session, Attempt, user_id=ben) == 3


@pytest.mark.both_databases
def test_results_come_in_pages_the_newest_first(db_session: Db, ben: int) -> None:
    ids = [take(db_session, ben, minute) for minute in (0, 1, 2)]
    begin(db_session, ben, ONE, now=NOON + 2 * DAY)

    first, second = (results_of_lesson(db_session, ben, ONE.key, page) for page in (1, 2))

    assert [one.id for one in first.attempts] == [ids[2], ids[1]]
    assert [one.id for one in second.attempts] == [ids[0]]
    assert (first.pages, first.count) == (2, 3)
    assert results_of_lesson(db_session, ben, ONE.key, 9) == second
    assert results_of_lesson(db_session, int(UserFactory(name="Cleo").id), ONE.key).attempts == ()


def test_the_page_says_when_one_can_go_on_and_keeps_what_was_read(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve(app, monkeypatch, ONE)
    for _ in range(3):
        taker = begin_in_browser(app, client)
        client.post(f"{taker.url}/finish")
    refused = visit(client, f"{LESSON}/quiz", data={"kind": "main", "from": "lesson"}, status=429)
    text = words(refused.text)
    assert re.search(r"You have begun this quiz 3 times within a day\. .* again tomorrow at \d\d:\d\d \(UTC\)\.", text)
    practice = client.post(f"{taker.url}/missed")
    assert practice.status_code == 429
    assert 86_000 < int(practice.headers["Retry-After"]) <= 86_400
    with app.app_context():
        assert db.session.query(Progress.read_at).scalar() is not None


def test_older_results_are_a_link_away(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve(app, monkeypatch, ONE)
    for _ in range(3):
        client.post(f"{begin_in_browser(app, client).url}/finish")
    first = visit(client, f"{LESSON}/quiz")
    assert f'rel="next" href="{LESSON}/quiz?page=2#before"' in first.text
    assert first.text.count("0 of 1") == 2
    last = visit(client, f"{LESSON}/quiz?page=2")
    assert last.text.count("0 of 1") == 1
    assert 'rel="next"' not in last.text
    for mangled in ("0", "-1", "x", "9" * 30):
        assert client.get(f"{LESSON}/quiz?page={mangled}").status_code == 200
