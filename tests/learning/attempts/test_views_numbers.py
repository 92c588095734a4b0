"""Numbers typed on pages: asked again at their field where they have two readings or none, before they count."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.database.db import db
from learnapp.learning.review.models import FROM_REVIEW, Review
from tests.actors.attempt_pages import Taker, taking, words
from tests.actors.attempts import answer_of
from tests.actors.review_pages import WEEKS, Begin, start
from tests.courses.tea import course_with, lesson, quiz
from tests.quiz.samples import blank, make

__all__ = ["start"]
BEHAVIOURS = ("immediate", "interactive", "deferred")


def send(taker: Taker, item_type: str, action: str = "check", **fields: str) -> tuple[int, str]:
    """Send fields as the page's form does; return status and page."""
    item = taker.attempt_item(item_type)
    about = {"item": item.item.id, "seq": item.summary.seq, "action": action}
    answer = taker.post({**about, **fields}, follow_redirects=True)
    return answer.status_code, answer.text


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_a_number_with_two_readings_is_asked_again_and_costs_no_try(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, behaviour: str
) -> None:
    taker = taking(app, client, monkeypatch, "numeric", "single", behaviour=behaviour)
    status, page = send(taker, "numeric", value="33.500")
    assert status == 422
    assert "“33.500” can be read in two ways. Which number do you mean?" in words(page)
    assert re.findall(r'type="radio" name="meant" value="([\d.]+)"', page) == ["33500", "33.5"]
    assert "33\u202f500 (33 thousand and more)" in page
    assert "33.5 (33 and a fraction)" in page
    assert 'href="#meant"' in page
    assert 'value="33.500"' in page
    state = taker.attempt_item("numeric").state
    assert (state.tries, state.submitted, state.points) == (0, False, None)
    send(taker, "numeric", value="33.500", meant="33500")
    assert answer_of(taker.attempt_item("numeric")) == {"value": "33.500", "meant": "33500"}
    taker.client.post(f"{taker.url}/finish")
    assert taker.attempt_item("numeric").state.points == 1


@pytest.mark.parametrize("typed", ["a lot", "1.2 million", "33500 cups", "3.35e4"])
def test_what_is_not_understood_is_named_at_its_field(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    taker = taking(app, client, monkeypatch, "numeric", behaviour="interactive")
    status, page = send(taker, "numeric", value=typed)
    assert status == 422
    (told,) = re.findall(r'id="value-error">.*?“(.*?)”', page, re.S)
    assert told in typed
    assert taker.attempt_item("numeric").state.tries == 0


def test_a_script_is_told_which_field_is_asked_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "numeric")
    item = taker.attempt_item("numeric")
    form = {"item": item.item.id, "seq": item.summary.seq, "action": "check", "value": "1.234"}
    answer = taker.post(form, headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json is not None
    assert answer.json["missing"] == ["meant"]
    assert answer.json["fields"] == [["value", "1.234"]]


def test_a_gap_asks_for_its_number_too(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = taking(app, client, monkeypatch, "cloze")
    status, page = send(taker, "cloze", **{"blank-0": "1,234", "blank-1": "hot water"})
    assert status == 422
    assert 'name="blank-0-meant" value="1.234"' in page
    assert page.count('class="input"') == 2
    send(taker, "cloze", **{"blank-0": "1,234", "blank-1": "hot water", "blank-0-meant": "1234"})
    assert taker.attempt_item("cloze").state.points == 0.5


def test_a_review_card_asks_for_its_number_too(start: Begin) -> None:
    items = (make("numeric"), make("cloze", blanks=[blank("leaves"), blank("33,500")]))
    reviewer = start(course_with(lesson(quiz=quiz(*items, pass_mark=0))))
    reviewer.wait(WEEKS)
    for _ in items:
        card = reviewer.front
        form = {**reviewer.form(card), "value": "33.500", "blank-0": "leaves", "blank-1": "33.500"}
        asked = reviewer.send(form)
        assert asked.status_code == 422
        ((name, _),) = {(name, "") for name in re.findall(r'type="radio" name="([\w-]*meant)"', asked.text)}
        assert reviewer.send({**form, name: "33500"}).status_code == 303
    with reviewer.app.app_context():
        answered = select(Review.points).where(Review.origin == FROM_REVIEW)
        assert db.session.scalars(answered).all() == [1, 1]
