"""Answering a quiz in a browser: every type, every behaviour, and what is no answer."""

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
        attempt_item = taker.attempt_item(item_type)
        if attempt_item.state.submitted:
            break
        answer = taker.send(attempt_item, right(attempt_item).response)
        assert (answer.status_code, answer.location) == (303, f"{taker.url}?q={attempt_item.number}")
    attempt_item = taker.attempt_item(item_type)
    assert attempt_item.state.points == 1
    page = words(taker.look(attempt_item.number))
    assert "Because the tea book says so." in page
    assert f"Question {attempt_item.number} of 9, answered" in page
    assert "Read paragraph 1 again" in page or "See where it says so, paragraph 1" in page


@pytest.mark.parametrize("item_type", TYPES)
def test_a_wrong_answer_is_told_without_blame(taker: Taker, item_type: str) -> None:
    attempt_item = taker.attempt_item(item_type)
    taker.send(attempt_item, wrong(attempt_item).response)
    page = words(taker.look(attempt_item.number))
    told = "Here is what each reply would have done." if item_type == "scenario" else "Not quite."
    assert told in page


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


def test_entries_are_shown_in_the_learners_own_order(taker: Taker) -> None:
    attempt_item = taker.attempt_item("ordering")
    page = taker.look(attempt_item.number)
    labels = re.findall(r'<label class="label" for="place-\d" lang="en" dir="ltr">([^<]+)</label>', page)
    entries = ["Boil", "Warm", "Pour", "Drink"]
    assert labels == [entries[i] for i in attempt_item.presentation.order]


def test_hints_are_free_in_a_lesson_quiz(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    taker = taking(app, client, monkeypatch, "single")
    taker.send(taker.attempt_item("single"), None, "hint")
    page = taker.look(1)
    assert "Look!" in page
    assert "Show another hint" not in page
    attempt_item = taker.attempt_item("single")
    assert taker.send(attempt_item, None, "hint").status_code == 303
    taker.send(attempt_item, right(attempt_item).response)
    assert taker.attempt_item("single").state.points == 1


def test_an_interactive_question_may_be_tried_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", behaviour="interactive")
    attempt_item = taker.attempt_item("single")
    taker.send(attempt_item, wrong(attempt_item).response)
    page = words(taker.look(1))
    assert "Not quite. You may try 2 more times." in page
    assert "takes a third off" in page
    attempt_item = taker.attempt_item("single")
    taker.send(attempt_item, right(attempt_item).response)
    assert taker.attempt_item("single").state.points == pytest.approx(2 / 3)
    assert "That is right." not in words(taker.look(1))


def test_a_deferred_quiz_keeps_each_answer_and_goes_on(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", "multiple", behaviour="deferred")
    assert "Keep my answer and go on" in taker.look(1)
    assert "Show a hint" not in taker.look(1)
    for number, item_type in enumerate(("single", "multiple"), start=1):
        attempt_item = taker.attempt_item(item_type)
        following = "end" if number == 2 else number + 1
        assert taker.send(attempt_item, right(attempt_item).response).location == f"{taker.url}?q={following}"
    assert "All questions are answered." in taker.look("end")
    client.post(f"{taker.url}/finish")
    assert "2 of 2" in words(client.get(taker.url).text)


def test_certainty_is_asked_only_where_the_quiz_says_so_and_shown_at_the_end(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", certainty=True)
    assert "How sure are you?" in taker.look(1)
    attempt_item = taker.attempt_item("single")
    choice = fields_of(attempt_item, right(attempt_item).response)["choice"][0]
    taker.post(
        {
            "item": attempt_item.item.id,
            "seq": attempt_item.summary.seq,
            "choice": choice,
            "certainty": "3",
            "action": "check",
        }
    )
    client.post(f"{taker.url}/finish")
    assert "You said Answers Right Sure 1 1" in words(client.get(taker.url).text)


@pytest.mark.parametrize(
    "change", [{"item": "none"}, {"item": ""}, {"seq": "x"}, {"seq": ""}, {"action": "grade"}, {"choice": ["0", "1"]}]
)
def test_a_mangled_form_is_refused(taker: Taker, change: dict[str, Any]) -> None:
    attempt_item = taker.attempt_item("single")
    form = {"item": attempt_item.item.id, "seq": attempt_item.summary.seq, "action": "save", "choice": "0", **change}
    assert taker.post(form).status_code == (404 if "item" in change else 400)


def test_fields_that_nobody_asked_for_change_nothing(taker: Taker) -> None:
    attempt_item = taker.attempt_item("single")
    extra = {"points": "1", "user_id": "1", "submitted": "1", "tries": "0", "passed": "1"}
    taker.post(
        {
            "item": attempt_item.item.id,
            "seq": attempt_item.summary.seq,
            "action": "save",
            **fields_of(attempt_item, wrong(attempt_item).response),
            **extra,
        }
    )
    state = taker.attempt_item("single").state
    assert (state.submitted, state.points) == (False, None)


@pytest.mark.parametrize("q", ["0", "10", "-1", "x", "1e1", ""])
def test_a_question_that_is_not_there_is_not_found(taker: Taker, q: str) -> None:
    assert taker.client.get(f"{taker.url}?q={q}").status_code == 404
