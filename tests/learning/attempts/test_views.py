"""Answering a quiz in a browser: every type, every behaviour, and what is no answer."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.actors.attempt_pages import Taker, begin, fields_of, taking, words
from tests.actors.attempts import answer_of, right, wrong
from tests.courses.serving import serve
from tests.courses.tea import TYPES, lesson, quiz
from tests.quiz.samples import WITH_UNITS, make


@pytest.mark.parametrize("item_type", TYPES)
def test_every_type_can_be_answered_and_explains_itself(taker: Taker, item_type: str) -> None:
    for _turn in range(2):
        slot = taker.slot(item_type)
        if slot.state.submitted:
            break
        answer = taker.send(slot, right(slot).response)
        assert (answer.status_code, answer.location) == (303, f"{taker.url}?q={slot.number}")
    slot = taker.slot(item_type)
    assert slot.state.points == 1
    page = words(taker.look(slot.number))
    assert "Because the tea book says so." in page
    assert f"Question {slot.number} of 9, answered" in page
    assert "Read paragraph 1 again" in page or "See where it says so, paragraph 1" in page


@pytest.mark.parametrize("item_type", TYPES)
def test_a_wrong_answer_is_told_without_blame(taker: Taker, item_type: str) -> None:
    slot = taker.slot(item_type)
    taker.send(slot, wrong(slot).response)
    page = words(taker.look(slot.number))
    told = "Here is what each reply would have done." if item_type == "scenario" else "Not quite."
    assert told in page


@pytest.mark.parametrize("item_type", TYPES)
def test_an_empty_answer_is_asked_for_beside_its_field(taker: Taker, item_type: str) -> None:
    slot = taker.slot(item_type)
    answer = taker.send(slot, None)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    targets = re.findall(r'<ul><li><a href="#([\w-]+)"', answer.text)
    assert targets
    for target in targets:
        assert f'id="{target}"' in answer.text
        assert f'id="{target}-error"' in answer.text
    assert taker.slot(item_type).state.submitted is False


def test_a_half_filled_answer_keeps_what_was_filled(taker: Taker) -> None:
    slot = taker.slot("cloze")
    answer = taker.send(slot, {"blanks": ["leaves", ""]})
    assert answer.status_code == 422
    assert 'value="leaves"' in answer.text
    assert "Write a word in gap 2" in answer.text
    assert answer_of(taker.slot("cloze")) == {"blanks": ["leaves", ""]}


def test_a_number_in_words_is_shown_again_with_advice(taker: Taker) -> None:
    slot = taker.slot("numeric")
    answer = taker.send(slot, {"value": '"many" <b>', "unit": None})
    assert answer.status_code == 422
    assert "Enter the number in digits, such as 12" in answer.text
    assert 'value="&#34;many&#34; &lt;b&gt;"' in answer.text


def test_a_unit_is_chosen_beside_the_number(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson(quiz=quiz(make("numeric", **WITH_UNITS))))
    taker = begin(app, client)
    slot = taker.slot("numeric")
    assert "Choose a unit" in taker.send(slot, {"value": "12"}).text
    taker.send(taker.slot("numeric"), {"value": "12", "unit": "years"})
    assert taker.slot("numeric").state.points == 1


def test_entries_are_shown_in_the_learners_own_order(taker: Taker) -> None:
    slot = taker.slot("ordering")
    page = taker.look(slot.number)
    labels = re.findall(r'<label class="label" for="place-\d" lang="en">([^<]+)</label>', page)
    entries = ["Boil", "Warm", "Pour", "Drink"]
    assert labels == [entries[i] for i in slot.presentation.shown]
    assert labels != entries


def test_hints_are_free_in_a_lesson_quiz(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single")
    taker.send(taker.slot("single"), None, "hint")
    page = taker.look(1)
    assert "Look!" in page
    assert "Show another hint" not in page
    slot = taker.slot("single")
    assert taker.send(slot, None, "hint").status_code == 303
    taker.send(slot, right(slot).response)
    assert taker.slot("single").state.points == 1


def test_an_interactive_question_may_be_tried_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", behaviour="interactive")
    slot = taker.slot("single")
    taker.send(slot, wrong(slot).response)
    page = words(taker.look(1))
    assert "Not quite. You may try 2 more times." in page
    assert "takes a third off" in page
    slot = taker.slot("single")
    taker.send(slot, right(slot).response)
    assert taker.slot("single").state.points == pytest.approx(2 / 3)
    assert "That is right." not in words(taker.look(1))


def test_a_deferred_quiz_keeps_each_answer_and_goes_on(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", "multiple", behaviour="deferred")
    assert "Keep my answer and go on" in taker.look(1)
    assert "Show a hint" not in taker.look(1)
    for number, item_type in enumerate(("single", "multiple"), start=1):
        slot = taker.slot(item_type)
        following = "end" if number == 2 else number + 1
        assert taker.send(slot, right(slot).response).location == f"{taker.url}?q={following}"
    assert "All questions are answered." in taker.look("end")
    client.post(f"{taker.url}/finish")
    assert "2 of 2" in words(client.get(taker.url).text)


def test_certainty_is_asked_only_where_the_quiz_says_so_and_shown_at_the_end(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", certainty=True)
    assert "How sure are you?" in taker.look(1)
    slot = taker.slot("single")
    choice = fields_of(slot, right(slot).response)["choice"][0]
    taker.post(
        {"item": slot.item.id, "seq": slot.head.seq, "choice": choice, "certainty": "3", "action": "check"}
    )
    client.post(f"{taker.url}/finish")
    assert "You said Answers Right Sure 1 1" in words(client.get(taker.url).text)


@pytest.mark.parametrize(
    "change",
    [{"item": "none"}, {"item": ""}, {"seq": "x"}, {"seq": ""}, {"action": "grade"}, {"choice": ["0", "1"]}],
)
def test_a_mangled_form_is_refused(taker: Taker, change: dict[str, Any]) -> None:
    slot = taker.slot("single")
    form = {"item": slot.item.id, "seq": slot.head.seq, "action": "save", "choice": "0", **change}
    assert taker.post(form).status_code == (404 if "item" in change else 400)


def test_fields_that_nobody_asked_for_change_nothing(taker: Taker) -> None:
    slot = taker.slot("single")
    extra = {"points": "1", "user_id": "1", "submitted": "1", "tries": "0", "passed": "1"}
    taker.post(
        {
            "item": slot.item.id,
            "seq": slot.head.seq,
            "action": "save",
            **fields_of(slot, wrong(slot).response),
            **extra,
        }
    )
    state = taker.slot("single").state
    assert (state.submitted, state.points) == (False, None)


@pytest.mark.parametrize("q", ["0", "10", "-1", "x", "1e1", ""])
def test_a_question_that_is_not_there_is_not_found(taker: Taker, q: str) -> None:
    assert taker.client.get(f"{taker.url}?q={q}").status_code == 404
