"""Questions on their page: fields in the learner's own order, with what was filled in and what is missing."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors.attempt_pages import Taker, begin
from tests.actors.attempts import answer_of
from tests.courses.serving import serve
from tests.courses.tea import TYPES, lesson, quiz
from tests.quiz.samples import WITH_UNITS, make


def test_entries_are_shown_in_the_learners_own_order(taker: Taker) -> None:
    attempt_item = taker.attempt_item("ordering")
    page = taker.look(attempt_item.number)
    labels = re.findall(r'<label class="label" for="place-\d" lang="en" dir="ltr">([^<]+)</label>', page)
    entries = ["Boil", "Warm", "Pour", "Drink"]
    assert labels == [entries[i] for i in attempt_item.presentation.order]


@pytest.mark.parametrize("item_type", TYPES)
def test_an_empty_answer_is_asked_for_beside_its_field(taker: Taker, item_type: str) -> None:
    attempt_item = taker.attempt_item(item_type)
    answer = taker.send(attempt_item, None)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    targets = re.findall(r'<ul><li><a href="#([\w-]+)"', answer.text)
    assert targets
    for target in targets:
        assert f'id="{target}"' in answer.text
        assert f'id="{target}-error"' in answer.text
    assert taker.attempt_item(item_type).state.submitted is False


def test_a_half_filled_answer_keeps_what_was_filled(taker: Taker) -> None:
    attempt_item = taker.attempt_item("cloze")
    answer = taker.send(attempt_item, {"blanks": ["leaves", ""]})
    assert answer.status_code == 422
    assert 'value="leaves"' in answer.text
    assert "Write a word in gap 2" in answer.text
    assert answer_of(taker.attempt_item("cloze")) == {"blanks": ["leaves", ""]}


def test_a_number_in_words_is_shown_again_with_advice(taker: Taker) -> None:
    attempt_item = taker.attempt_item("numeric")
    answer = taker.send(attempt_item, {"value": '"many" <b>', "unit": None})
    assert answer.status_code == 422
    assert "“&#34;many&#34; &lt;b&gt;” is not understood." in answer.text
    assert 'value="&#34;many&#34; &lt;b&gt;"' in answer.text


def test_a_unit_is_chosen_beside_the_number(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, lesson(quiz=quiz(make("numeric", **WITH_UNITS))))
    taker = begin(app, client)
    attempt_item = taker.attempt_item("numeric")
    assert "Choose a unit" in taker.send(attempt_item, {"value": "12"}).text
    taker.send(taker.attempt_item("numeric"), {"value": "12", "unit": "years"})
    assert taker.attempt_item("numeric").state.points == 1
