"""The end of a quiz in a browser: what is left, the result, what comes after it, and whose it is."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import LessonEnd
from learnapp.database.db import db
from learnapp.learning.models import MAIN, SHORT, Attempt
from tests.actors.attempt_pages import Taker, taking, words
from tests.actors.attempts import right
from tests.actors.classes import read, try_quiz
from tests.actors.people import People
from tests.courses.serving import serve
from tests.courses.tea import LESSON, strong_lesson
from tests.factories.base import NOON


def test_finishing_twice_gives_one_result(taker: Taker) -> None:
    for _press in range(2):
        answer = taker.client.post(f"{taker.url}/finish")
        assert (answer.status_code, answer.location) == (303, taker.url)
    page = taker.client.get(taker.url).text
    assert "Not there yet 0 of 9 answered right." in words(page)
    assert "What you can say now" not in page
    assert page.count('<details class="again"') == 9
    assert '<details class="again" open' not in page


@pytest.mark.parametrize(("kind", "said"), [(MAIN, "Fire hurts."), (SHORT, "Water helps.")])
@pytest.mark.parametrize("chosen", ["closed", "short"])
def test_a_result_says_what_its_version_told_whatever_route_is_chosen_now(
    app: Flask, monkeypatch: pytest.MonkeyPatch, kind: str, said: str, chosen: str
) -> None:
    ends = {"end": LessonEnd(("Fire hurts.",)), "short_end": LessonEnd(("Water helps.",))}
    one = strong_lesson(**ends)
    serve(app, monkeypatch, one)
    people = People(app)
    browser = people.signed_in("Ben", band=18)
    with app.app_context():
        ben = people.get("Ben").id
        read(ben, one, NOON, chosen)
        shown = try_quiz(ben, one, 20, NOON, kind)
    other = "Water helps." if kind == MAIN else "Fire hurts."
    for path in (f"/attempts/{shown}", "/modules/1-tea/recap"):
        page = browser.get(path).text
        assert said in page, path
        assert other not in page, path


def test_an_answer_after_the_end_leads_to_the_result(taker: Taker) -> None:
    attempt_item = taker.attempt_item("single")
    taker.client.post(f"{taker.url}/finish")
    late = taker.send(attempt_item, right(attempt_item).response, follow_redirects=True)
    assert "Result: Leaf" in late.text
    assert taker.ask(attempt_item, right(attempt_item).response).status_code == 409


def test_only_what_was_missed_is_practised(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = taking(app, client, monkeypatch, "single", "multiple")
    assert client.post(f"{taker.url}/missed").status_code == 409
    attempt_item = taker.attempt_item("single")
    taker.send(attempt_item, right(attempt_item).response)
    client.post(f"{taker.url}/finish")
    started = client.post(f"{taker.url}/missed")
    round_two = Taker(app, client, int(started.location.rpartition("/")[2]))
    assert [attempt_item.item.type for attempt_item in round_two.attempt.items] == ["multiple"]
    attempt_item = round_two.attempt_item("multiple")
    round_two.send(attempt_item, right(attempt_item).response)
    client.post(f"{round_two.url}/finish")
    assert "That was practice." in client.get(round_two.url).text
    assert client.post(f"{round_two.url}/missed").status_code == 409


def test_an_attempt_set_aside_leads_back_to_the_start_of_the_quiz(taker: Taker) -> None:
    with taker.app.app_context():
        db.session.get_one(Attempt, taker.attempt_id).state = "aside"
        db.session.commit()
    answer = taker.client.get(taker.url)
    assert (answer.status_code, answer.location) == (303, f"{LESSON}/quiz")
