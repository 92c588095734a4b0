"""Results that are due: there for whoever reads next, once, by the terms that hold then."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import func, select

from learnapp.database.db import db
from learnapp.groups.assignments.models import AT_ONCE
from learnapp.learning.attempts.release import release_results
from learnapp.learning.models import FINISHED, HANDED_IN, OPEN
from learnapp.learning.progress.service import lesson_is_complete
from learnapp.learning.review.models import ReviewCard
from tests.actors.attempt_pages import Taker, begin
from tests.actors.attempts import right
from tests.actors.deferred import CLOSES, DAY, HOUR, LEAF, LESSON, QUIZ, SHOWN, Waiting, at, mark_in
from tests.actors.people import sign_in
from tests.factories.base import NOON
from tests.factories.groups import ExtensionFactory, GroupFactory, MembershipFactory
from tests.pages import PageOpener, words

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("path", ["/", "/me", "/courses/tea", "/modules/1-tea", LESSON, QUIZ, "attempt", "group"])
def test_whoever_reads_next_gets_the_result(waiting: Waiting, path: str) -> None:
    waiting.ask()
    taker = waiting.hand_in()
    with at(SHOWN - SECOND):
        waiting.page({"attempt": taker.url, "group": f"/groups/{waiting.group}"}.get(path, path))
        assert waiting.attempts()[0].state == HANDED_IN
    with at(SHOWN):
        waiting.page({"attempt": taker.url, "group": f"/groups/{waiting.group}"}.get(path, path))
        (attempt,) = waiting.attempts()
        assert (attempt.state, attempt.points, attempt.passed) == (FINISHED, 4.0, True)
        assert attempt.finished_at == NOON
        progress = waiting.progress()
        assert progress.completed_at == NOON, "done when it was handed in, not when results were shown"
        assert "4 of 4" in waiting.page(taker.url)
        assert "tea book" in waiting.page(taker.url)


@pytest.mark.both_databases
def test_two_readers_at_once_are_one_completion(waiting: Waiting) -> None:
    waiting.ask()
    waiting.hand_in()
    announced: list[str] = []

    def note(_session: object, *, lesson: str, **_about: object) -> None:
        announced.append(lesson)

    barrier = Barrier(4)

    def read() -> None:
        with waiting.app.app_context():
            barrier.wait()
            release_results(db.session, [waiting.user_id], SHOWN)
            db.session.commit()

    with at(SHOWN), lesson_is_complete.connected_to(note):
        threads = [Thread(target=read) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        waiting.page("/")
    (attempt,) = waiting.attempts()
    assert (attempt.state, attempt.points, attempt.seq) == (FINISHED, 4.0, 6)
    assert announced == [LEAF.key]


def test_what_is_handed_in_before_it_is_read_leaves_the_reading(waiting: Waiting, visit: PageOpener) -> None:
    waiting.ask()
    taker = waiting.begin()
    waiting.answer(taker)
    waiting.ben.post(f"{taker.url}/finish")
    assert "Handed in, the reading is left" in words(visit(waiting.ben, "/modules/1-tea").one("main"))
    said = words(visit(waiting.ben, LESSON).one("main"))
    assert "You have handed in the quiz of this lesson. Its result comes later." in said
    assert "See what is handed in" in said
    assert "Go to the quiz" not in said
    assert "The quiz is handed in. The reading is left." in words(visit(waiting.ben, "/me").one("main"))
    assert "About 8 minutes left." in words(visit(waiting.ben, "/").one("main"))
    waiting.ben.post(f"{LESSON}/read")
    assert "Nothing is left to do. Well done." in words(visit(waiting.ben, "/").one("main"))
    assert "Handed in." in words(visit(waiting.ben, f"/groups/{waiting.group}").one("main"))


def test_review_cards_are_made_when_results_are_shown(waiting: Waiting) -> None:
    waiting.ask()
    waiting.hand_in()

    def cards() -> int:
        with waiting.app.app_context():
            return db.session.scalar(select(func.count()).select_from(ReviewCard)) or 0

    assert cards() == 0
    with at(SHOWN):
        waiting.page("/me")
        assert cards() == 4


def test_an_extension_before_results_lets_the_same_attempt_go_on(waiting: Waiting) -> None:
    number = waiting.ask()
    taker = waiting.begin()
    waiting.answer(taker, 0)
    with at(CLOSES + 30 * SECOND):
        item = taker.attempt.items[1]
        assert taker.send(item, right(item).response).status_code == 409
        waiting.make(ExtensionFactory, assignment_id=number, user_id=waiting.user_id, closes=CLOSES + DAY)
        waiting.answer(taker, 1)
        assert waiting.begin().attempt_id == taker.attempt_id
    with at(SHOWN + DAY):
        waiting.page("/")
        assert waiting.attempts()[0].points == 2.0


def test_an_extension_after_results_gives_a_fresh_attempt(waiting: Waiting) -> None:
    number = waiting.ask()
    taker = waiting.hand_in()
    with at(SHOWN):
        waiting.page(taker.url)
        waiting.make(ExtensionFactory, assignment_id=number, user_id=waiting.user_id, closes=CLOSES + DAY)
        fresh = waiting.begin()
        assert fresh.attempt_id != taker.attempt_id
        assert fresh.attempt.summary.deferred
        assert "This result rests" in waiting.page(taker.url)


def test_what_was_saved_counts_without_handing_in_and_what_was_not_begun_counts_as_none(waiting: Waiting) -> None:
    waiting.ask()
    taker = waiting.begin()
    with at(SHOWN):
        waiting.page("/")
        (attempt,) = waiting.attempts()
        assert (attempt.state, attempt.deferred) == (OPEN, False), "nothing was answered: it goes on as practice"
        item = taker.attempt.items[0]
        taker.send(item, right(item).response)
        assert "tea book" in waiting.page(f"{taker.url}?q=1")


@pytest.mark.parametrize("way", ["leave", "archive", "at_once", "excuse"])
def test_where_nothing_makes_it_wait_any_more_results_are_shown(waiting: Waiting, way: str) -> None:
    number = waiting.ask()
    taker = waiting.hand_in()
    again = waiting.begin()
    waiting.answer(again, 0)
    if way == "leave":
        waiting.change("DELETE FROM memberships WHERE user_id = :user", user=waiting.user_id)
    elif way == "archive":
        waiting.change("UPDATE assignments SET state = 'archived'")
    elif way == "at_once":
        waiting.change("UPDATE assignments SET feedback = :feedback", feedback=AT_ONCE)
    else:
        waiting.make(ExtensionFactory, assignment_id=number, user_id=waiting.user_id, excused=True)
    assert "4 of 4" in waiting.page(taker.url)
    assert "Check my answer" in waiting.page(f"{again.url}?q=2"), "what is open goes on as an ordinary try"


def test_a_test_that_is_put_off_shows_no_results(waiting: Waiting) -> None:
    waiting.ask()
    taker = waiting.hand_in()
    waiting.change("UPDATE assignments SET opens = :opens", opens=NOON + HOUR)
    assert "Your answers are kept" in waiting.page(taker.url)
    assert "tea book" not in waiting.page(taker.url)
    assert waiting.begin().attempt.summary.deferred, "nor does another try tell"
    assert not begin(waiting.app, waiting.beside("Vera"), LESSON).attempt.summary.deferred, "of her it is not asked yet"


def test_a_close_that_was_put_forward_by_mistake_and_back_costs_nothing(waiting: Waiting) -> None:
    waiting.ask()
    taker = waiting.begin()
    waiting.answer(taker, 0, 1)
    with at(NOON + 2 * HOUR):
        waiting.answer(taker, 2, 3)
        waiting.ben.post(f"{LESSON}/read")
    with at(NOON + 3 * HOUR):
        for closes, full in ((NOON + HOUR, False), (CLOSES, True)):
            waiting.change("UPDATE assignments SET closes = :closes", closes=closes)
            story = waiting.ada().get(f"/groups/{waiting.group}/members/{waiting.user_id}").text
            assert mark_in(story) is full
            assert waiting.attempts()[0].points == 4.0


def test_of_two_that_ask_the_strictest_and_latest_holds(waiting: Waiting) -> None:
    waiting.ask(feedback=AT_ONCE, closes=None)
    waiting.ask()
    waiting.ask(closes=CLOSES + DAY)
    taker = waiting.hand_in()
    with at(SHOWN + HOUR):
        assert "Your answers are kept" in waiting.page(taker.url)
    with at(SHOWN + DAY):
        assert "4 of 4" in waiting.page(taker.url)


def test_each_class_counts_what_came_before_its_own_close(waiting: Waiting) -> None:
    waiting.ask()
    with waiting.app.app_context():
        other = GroupFactory(name="Drama").id
        MembershipFactory(group_id=other, user_id=waiting.user_id)
        MembershipFactory(group_id=other, user_id=waiting.people.get("Ada").id, role="leader")
    waiting.ask(group_id=other, closes=CLOSES + DAY)
    taker = waiting.begin()
    waiting.answer(taker, 0, 1)
    with at(CLOSES + HOUR):
        waiting.answer(taker, 2, 3)
        waiting.ben.post(f"{LESSON}/read")
    with at(SHOWN + DAY):
        for group, mark in ((waiting.group, "50"), (other, "100")):
            story = waiting.ada().get(f"/groups/{group}/members/{waiting.user_id}").text
            assert waiting.attempts()[0].points == 4.0
            assert (mark == "100") == ("<b>100</b>" in story)


@pytest.mark.both_databases
@pytest.mark.parametrize("first", ["save", "hand in"])
def test_an_answer_and_handing_in_at_once_leave_one_of_two_true_states(waiting: Waiting, first: str) -> None:
    waiting.ask()
    taker = waiting.begin()
    waiting.answer(taker, 0)
    item = taker.attempt.items[1]
    given = right(item).response
    barrier, statuses = Barrier(2), list[int]()

    def act(name: str) -> None:
        browser = waiting.people.browser()
        assert sign_in(browser, "Ben").status_code == 302
        other = Taker(waiting.app, browser, taker.attempt_id)
        barrier.wait()
        if name == "save":
            statuses.append(other.ask(item, given).status_code)
        else:
            browser.post(f"{taker.url}/finish")

    names = [first, "hand in" if first == "save" else "save"]
    threads = [Thread(target=act, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    attempt = taker.attempt
    assert attempt.summary.handed_in
    assert statuses in ([200], [409])
    assert (attempt.items[1].state.response == given) == (statuses == [200])
    with at(SHOWN):
        waiting.page("/")
        assert waiting.attempts()[0].points == (2.0 if statuses == [200] else 1.0)
