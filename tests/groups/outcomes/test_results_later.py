"""Results that wait: what is said of them, what is taken until the close, and that nothing of the quiz is told."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient

from learnapp.database.db import db
from learnapp.learning.models import HANDED_IN, OPEN
from tests.actors.attempt_pages import Taker, begin
from tests.actors.attempts import right, wrong
from tests.actors.deferred import CLOSES, DAY, HOUR, LEAF, LESSON, QUIZ, SHOWN, WATER, Waiting, arrived, at
from tests.courses.serving import serve
from tests.courses.tea import lesson, quiz, strong_lesson
from tests.factories.base import NOON
from tests.pages import PageOpener, words
from tests.quiz.samples import make
from tests.statements import counted
from tests.whole.rows import all_rows

SECOND = timedelta(seconds=1)
SAID = "Results are shown on Saturday 21 November, 19:00 (Europe/Berlin)."


def exported(waiting: Waiting) -> dict[str, list[dict[str, Any]]]:
    """Return what Ben takes along of his data, by table."""
    archive = zipfile.ZipFile(io.BytesIO(waiting.ben.get("/account/data/export").data))
    tables: dict[str, list[dict[str, Any]]] = json.loads(archive.read("data.json"))["tables"]
    return tables


def test_it_is_said_before_the_first_question(waiting: Waiting, visit: PageOpener) -> None:
    waiting.ask()
    said = words(visit(waiting.ben, QUIZ).one("main"))
    assert "Your answers are kept; results are shown on Saturday 21 November, 19:00 (Europe/Berlin)." in said
    assert "can change your answers until you hand them in or the quiz closes" in said
    closes = "Closes Saturday 21 November, 19:00 (Europe/Berlin), and results are shown then."
    assert closes in words(visit(waiting.ben, "/").one("main"))
    assert closes in words(visit(waiting.ben, f"/groups/{waiting.group}").one("main"))


def test_from_the_lesson_one_comes_first_to_what_is_said(waiting: Waiting) -> None:
    waiting.ask(release=CLOSES + DAY)
    assert waiting.ben.post(QUIZ, data={"kind": "main"}).location == QUIZ, "as from an earlier result"
    fields = {"kind": "main", "from": "lesson"}
    for moment in (NOON, CLOSES + HOUR):
        with at(moment):
            assert waiting.ben.post(QUIZ, data=fields).location == QUIZ
    assert waiting.progress().read_at == NOON
    assert waiting.attempts() == []
    taker = waiting.begin()
    assert waiting.ben.post(QUIZ, data=fields).location == taker.url


def test_answers_are_kept_and_changed_and_nothing_is_told(waiting: Waiting, visit: PageOpener) -> None:
    waiting.ask()
    taker = waiting.begin()
    item = taker.attempt.items[0]
    taker.send(item, wrong(item).response)
    page = visit(waiting.ben, f"{taker.url}?q=1")
    assert "Keep my answer and go on" in words(page.one("main"))
    assert "tea book" not in waiting.page(f"{taker.url}?q=1")
    waiting.answer(taker)
    assert [(one.state.submitted, one.state.points) for one in taker.attempt.items] == [(False, None)] * 4
    assert "Hand in" in words(visit(waiting.ben, f"{taker.url}?q=end").one("main"))


def test_what_is_handed_in_is_not_graded(waiting: Waiting, visit: PageOpener) -> None:
    waiting.ask()
    taker = waiting.hand_in()
    (attempt,) = waiting.attempts()
    assert (attempt.state, attempt.points, attempt.passed, attempt.finished_at) == (HANDED_IN, None, None, None)
    said = words(visit(waiting.ben, taker.url).one("main"))
    assert "Your answers are kept" in said
    assert f"{SAID} You have handed in" in said
    assert "White" in said
    item = taker.attempt.items[0]
    assert taker.send(item, wrong(item).response).status_code == 303
    assert taker.ask(item, wrong(item).response).status_code == 409
    assert taker.attempt.items[0].state.response == right(item).response
    assert "Handed in" in words(visit(waiting.ben, QUIZ).one("main"))
    assert "Handed in, the result comes later" in words(visit(waiting.ben, "/modules/1-tea").one("main"))


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("seconds", "status", "points"), [(-1, 303, 2.0), (1, 303, 2.0), (9, 303, 2.0), (11, 409, 1.0)]
)
def test_an_answer_counts_by_when_its_request_arrived(
    waiting: Waiting, seconds: int, status: int, points: float
) -> None:
    waiting.ask()
    taker = waiting.begin()
    waiting.answer(taker, 0)
    item = taker.attempt.items[1]
    with at(CLOSES + 30 * SECOND):
        sent = taker.send(item, right(item).response, **arrived(CLOSES + seconds * SECOND))
        assert sent.status_code == status
        assert waiting.attempts()[0].state == OPEN
    with at(SHOWN):
        waiting.page(taker.url)
        assert waiting.attempts()[0].points == points


def test_what_was_typed_too_late_stays_on_the_page(waiting: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(waiting.app, monkeypatch, lesson("1-leaf", quiz=quiz(make("numeric", id="n"), make("single", id="s"))))
    waiting.ask()
    taker = waiting.begin()
    item = taker.attempt.items[0]
    taker.send(item, {"value": "12345"})
    with at(CLOSES + 11 * SECOND):
        sent = taker.send(taker.attempt.items[0], {"value": "67890"})
        assert sent.status_code == 409
        assert "This came too late to count." in sent.text
        assert 'value="67890"' in sent.text
        asked = taker.ask(taker.attempt.items[0], {"value": "67890"})
        assert (asked.status_code, asked.json and asked.json["status"]) == (409, 409)
        assert "What was saved before is kept." in asked.text
        assert "12345" in waiting.page(taker.url)
        part = taker.send(taker.attempt.items[0], {"value": "67890"}, headers={"X-Fragment": "attempt"})
        assert (part.status_code, 'value="67890"' in part.text) == (409, True)


@pytest.mark.both_databases
def test_nothing_is_written_at_the_close(waiting: Waiting) -> None:
    waiting.ask(release=CLOSES + DAY)
    taker = waiting.begin()
    waiting.answer(taker, 0)
    with at(CLOSES + HOUR):
        waiting.page("/")
        ada = waiting.ada()
        rows = all_rows(waiting.people.engine)
        assert waiting.app.test_cli_runner().invoke(args=["tick"]).exit_code == 0
        for path in ("/", "/me", LESSON, QUIZ, taker.url, f"/groups/{waiting.group}", "/me/review"):
            waiting.page(path)
        assert ada.get(f"/groups/{waiting.group}/board").status_code == 200
        assert all_rows(waiting.people.engine) == rows


def test_between_close_and_results_the_quiz_rests(waiting: Waiting, visit: PageOpener) -> None:
    waiting.ask(release=CLOSES + DAY)
    with at(CLOSES + HOUR):
        page = visit(waiting.ben, QUIZ)
        said = words(page.one("main"))
        assert "It has closed. Then it can be taken for practice." in said
        assert "Start the quiz" not in said
        refused = waiting.ben.post(QUIZ, data={"kind": "main", "from": "quiz"})
        assert refused.status_code == 409
        assert "Results come later" in refused.text
    with at(CLOSES + DAY + HOUR):
        assert not waiting.begin().attempt.summary.deferred


def test_a_retake_before_results_waits_as_well(waiting: Waiting) -> None:
    waiting.ask()
    first = waiting.hand_in()
    second = waiting.begin()
    assert second.attempt_id != first.attempt_id
    assert second.attempt.summary.deferred
    assert waiting.ben.post(f"{first.url}/missed").status_code == 409
    item = second.attempt.items[0]
    second.send(item, wrong(item).response)
    with at(SHOWN):
        waiting.page("/")
        assert [one.points for one in waiting.attempts()] == [4.0, 0.0]


def test_earlier_results_and_cards_rest_from_the_first_question_on(waiting: Waiting) -> None:
    early = waiting.hand_in()  # before it is asked
    assert "4 of 4" in waiting.page(early.url)
    with at(NOON + 2 * DAY):
        waiting.ask(closes=NOON + 3 * DAY)
        assert "tea book" in waiting.page(early.url)
        assert "Check my answer" in waiting.page("/me/review")
        waiting.begin()
        assert "tea book" not in waiting.page(early.url)
        assert "Check my answer" not in waiting.page("/me/review")
        assert waiting.ben.post(f"{early.url}/missed").status_code == 409
        export = exported(waiting)
        assert [one["points"] for one in export["responses"]] == [None] * 4
        assert [one["points"] for one in export["attempts"]] == [None] * 2
        assert {one["points"] for one in export["reviews"]} == {None}
        assert {one["rating"] for one in export["reviews"]} == {None}
    with at(NOON + 4 * DAY):
        assert "tea book" in waiting.page(early.url)


def test_what_was_begun_before_goes_on_as_it_was_begun(waiting: Waiting) -> None:
    taker = waiting.begin()
    waiting.ask()
    waiting.answer(taker, 0)
    assert "tea book" in waiting.page(f"{taker.url}?q=1")
    assert waiting.begin().attempt_id == taker.attempt_id


@pytest.mark.parametrize("moment", ["before it opens", "a strong lesson", "a guest", "another"])
def test_whom_it_does_not_concern_is_told_at_once(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    client: FlaskClient = waiting.ben
    waiting.ask(opens=CLOSES if moment == "before it opens" else None, target_kind="module", target="1-tea")
    if moment == "a strong lesson":
        serve(waiting.app, monkeypatch, strong_lesson(slug="1-leaf"))
    elif moment in ("a guest", "another"):
        client = waiting.people.browser() if moment == "a guest" else waiting.people.signed_in("Cleo")
    taker = begin(waiting.app, client, LESSON)
    assert not taker.attempt.summary.deferred
    assert "results are shown" not in client.get(QUIZ).text


def test_the_next_quiz_opens_when_this_one_is_handed_in(waiting: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(waiting.app, monkeypatch, LEAF, WATER, sequencing="quizzes")
    waiting.ask()
    assert "Its quiz opens" in waiting.page("/modules/1-tea")
    waiting.hand_in()
    assert "Its quiz opens" not in waiting.page("/modules/1-tea")
    assert "Water" in waiting.page("/me")


def test_a_guest_who_signs_in_brings_nothing_that_tells(waiting: Waiting) -> None:
    waiting.ask()
    mine = waiting.begin()
    waiting.answer(mine, 0)
    guest = waiting.people.browser()
    theirs = begin(waiting.app, guest, LESSON)
    item = theirs.attempt.items[0]
    theirs.send(item, right(item).response)
    assert "tea book" in guest.get(f"{theirs.url}?q=1").text
    with waiting.app.app_context():
        from learnapp.learning.lessons.merge_guest import merge_learning

        merge_learning(db.session, guest_id=theirs.attempt.summary.user_id, user_id=waiting.user_id)
        db.session.commit()
    assert [one.state for one in waiting.attempts()] == [OPEN, "aside"]
    assert "tea book" not in waiting.page(theirs.url)
    assert "tea book" not in waiting.page(f"{theirs.url}?q=1")
    assert waiting.begin().attempt_id == mine.attempt_id


def test_pages_and_answers_take_no_statement_more_where_nobody_waits(waiting: Waiting) -> None:
    """And a deferred answer three more: the terms, and the answer anew once they are known to hold."""

    def sent(act: Callable[[], object]) -> list[str]:
        with waiting.app.app_context(), counted(db.engine) as statements:
            act()
        return [one for one in statements if "login_sessions" not in one]

    cleo = waiting.people.signed_in("Cleo")
    ordinary = begin(waiting.app, cleo, LESSON)
    waiting.ask()
    deferred = waiting.begin()

    def save(taker: Taker, number: int) -> Callable[[], object]:
        item = taker.attempt.items[number]
        return lambda: taker.ask(item, right(item).response)

    for taker in (ordinary, deferred):
        taker.ask(taker.attempt.items[0], right(taker.attempt.items[0]).response)
    assert len(sent(save(ordinary, 1))) == 3
    assert len(sent(save(deferred, 1))) == 5
    for path in ("/", "/me", LESSON, QUIZ, "/me/review", "/modules/1-tea"):
        assert len(sent(partial(cleo.get, path))) <= len(sent(partial(waiting.ben.get, path)))
    guest = waiting.people.browser()
    guest.post(f"{LESSON}/read")
    for path in ("/", "/me", LESSON, QUIZ, "/me/review"):
        assert not [one for one in sent(partial(guest.get, path)) if "assignments" in one]
