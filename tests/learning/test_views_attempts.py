"""Taking a quiz in a browser, with and without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.db import db
from learnapp.learning.models import Attempt
from tests.learning.browsing import LESSON, Taker, begin, form_of, serve, words
from tests.learning.quizzing import right, wrong
from tests.learning.teahouse import TYPES, lesson, quiz
from tests.quiz.samples import WITH_UNITS, make
from tests.statements import counted

PART = {"HX-Request": "true"}


@pytest.fixture
def taker(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Taker:
    """Give somebody who has begun a quiz with one item of each type."""
    serve(app, monkeypatch)
    return begin(app, client)


def taking(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, *types: str, **settings: Any
) -> Taker:
    """Begin a quiz of some types."""
    serve(app, monkeypatch, lesson(quiz=quiz(*(make(one, hints=["Look!"]) for one in types), **settings)))
    return begin(app, client)


@pytest.mark.parametrize("item_type", TYPES)
def test_every_type_can_be_answered_and_explains_itself(taker: Taker, item_type: str) -> None:
    for _turn in range(2):
        slot = taker.slot(item_type)
        if slot.state.submitted:
            break
        answer = taker.send(slot, right(slot).wire)
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
    taker.send(slot, wrong(slot).wire)
    page = words(taker.look(slot.number))
    told = "Here is what each reply would have done." if item_type == "scenario" else "Not quite."
    assert told in page


@pytest.mark.parametrize("item_type", TYPES)
def test_an_empty_answer_is_asked_for_beside_its_field(taker: Taker, item_type: str) -> None:
    slot = taker.slot(item_type)
    answer = taker.send(slot, None)
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    for target in re.findall(r'<ul><li><a href="#([\w-]+)"', answer.text):
        assert f'id="{target}"' in answer.text
        assert f'id="{target}-error"' in answer.text
    assert taker.slot(item_type).state.submitted is False


def test_a_half_filled_answer_keeps_what_was_filled(taker: Taker) -> None:
    slot = taker.slot("cloze")
    answer = taker.send(slot, {"blanks": ["leaves", ""]})
    assert answer.status_code == 422
    assert 'value="leaves"' in answer.text
    assert "Write a word in gap 2" in answer.text
    assert taker.slot("cloze").state.response == {"blanks": ["leaves", ""]}


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


def test_an_answer_saved_by_a_script_is_there_when_the_page_is_opened_again(taker: Taker) -> None:
    slot = taker.slot("multiple")
    saved = taker.ask(slot, right(slot).wire)
    assert saved.status_code == 200
    assert saved.json == {
        "item": slot.item.id,
        "seq": slot.head.seq + 1,
        "saved_at": taker.slot("multiple").saved_at.isoformat(),  # type: ignore[union-attr]
        "fields": [["choices", str(i)] for i in right(slot).wire["choices"]],  # type: ignore[index]
        "closed": False,
    }
    page = taker.look(slot.number)
    assert len(re.findall(r'name="choices" value="\d" id="[\w-]+" checked', page)) == 2
    assert re.search(r"Saved at \d\d:\d\d", page)


def test_a_script_may_send_json(taker: Taker) -> None:
    slot = taker.slot("cloze")
    body = {"item": slot.item.id, "seq": slot.head.seq, "action": "save", "blank-0": "leaf"}
    assert taker.client.post(f"{taker.url}/answers", json=body).status_code == 200
    assert taker.slot("cloze").state.response == {"blanks": ["leaf", ""]}


def test_a_save_that_is_sent_again_changes_nothing(taker: Taker) -> None:
    slot = taker.slot("single")
    first, again = (taker.ask(slot, right(slot).wire) for _ in range(2))
    assert first.json == again.json


def test_a_second_press_of_check_shows_the_same_feedback(taker: Taker) -> None:
    slot = taker.slot("single")
    first, again = (taker.send(slot, right(slot).wire) for _ in range(2))
    assert first.location == again.location
    assert taker.slot("single").state.tries == 1


def test_a_reply_pressed_twice_is_said_once(taker: Taker) -> None:
    slot = taker.slot("scenario")
    for _press in range(2):
        taker.send(slot, right(slot).wire)
    assert taker.slot("scenario").state.response == {"replies": [0]}


def test_a_stale_window_is_shown_the_newer_answer_and_keeps_its_own(taker: Taker) -> None:
    stale = taker.slot("cloze")
    taker.ask(stale, {"blanks": ["newer leaf", "milk"]})
    answer = taker.send(stale, {"blanks": ["older leaf", "water"]})
    assert answer.status_code == 409
    assert "Something newer was saved." in answer.text
    assert "gap 1: newer leaf" in words(answer.text)
    assert 'value="older leaf"' in answer.text
    assert taker.slot("cloze").state.response == {"blanks": ["newer leaf", "milk"]}
    taker.send(taker.slot("cloze"), {"blanks": ["older leaf", "water"]}, "save")
    assert taker.slot("cloze").state.response == {"blanks": ["older leaf", "water"]}


def test_a_stale_script_is_told_the_newer_answer(taker: Taker) -> None:
    stale = taker.slot("single")
    taker.ask(stale, right(stale).wire)
    late = taker.ask(stale, wrong(stale).wire)
    assert late.status_code == 409
    assert late.json is not None
    assert late.json["seq"] == stale.head.seq + 1
    assert late.json["fields"] == [["choice", str(right(stale).wire["choice"])]]  # type: ignore[index]
    assert late.json["closed"] is False


def test_an_answer_to_another_question_is_no_conflict(taker: Taker) -> None:
    window = taker.slot("single")
    other = taker.slot("multiple")
    seen = window.saved_at.isoformat() if window.saved_at else ""
    taker.ask(other, right(other).wire)
    form = {**form_of(window, right(window).wire), "seen": seen, "action": "save"}
    assert taker.post(form).status_code == 303
    assert taker.slot("single").state.response == {"choice": 1}
    assert taker.post({**form, "choice": "0"}).status_code == 409


def test_a_script_is_told_that_a_question_was_checked_elsewhere(taker: Taker) -> None:
    stale = taker.slot("single")
    taker.send(stale, right(stale).wire)
    late = taker.ask(stale, wrong(stale).wire)
    assert late.status_code == 409
    assert late.json is not None
    assert late.json["closed"] is True


def test_come_back_later_keeps_the_answer_and_goes_on(taker: Taker) -> None:
    slot = taker.slot("single")
    answer = taker.send(slot, wrong(slot).wire, "later")
    assert answer.location == f"{taker.url}?q={slot.number + 1}"
    assert taker.slot("single").state.response is not None
    last = taker.sheet.slots[-1]
    assert taker.send(last, None, "later").location == f"{taker.url}?q=end"


def test_a_flag_stands_in_the_list_and_can_be_removed(taker: Taker) -> None:
    slot = taker.slot("single")
    taker.post({"item": slot.item.id, "seq": slot.head.seq, "action": "save", "flagged": "1"})
    assert ", flagged" in taker.look(slot.number)
    taker.send(taker.slot("single"), right(slot).wire)
    slot = taker.slot("single")
    taker.post({"item": slot.item.id, "seq": slot.head.seq, "action": "flag", "flagged": "1"})
    assert "Remove the flag" in taker.look(slot.number)
    slot = taker.slot("single")
    taker.post({"item": slot.item.id, "seq": slot.head.seq, "action": "flag", "flagged": ""})
    assert taker.slot("single").flagged is False
    assert taker.slot("single").state.points == 1


def test_the_part_that_changed_is_sent_alone(taker: Taker) -> None:
    slot = taker.slot("single")
    part = taker.send(slot, right(slot).wire, headers=PART)
    assert part.status_code == 200
    assert part.text.lstrip().startswith('<div class="flow" id="quiz"')
    assert "<html" not in part.text
    assert "HX-Push-Url" not in part.headers
    moved = taker.send(taker.slot("multiple"), None, "later", headers=PART)
    assert moved.headers["HX-Push-Url"] == f"{taker.url}?q={taker.slot('multiple').number + 1}"


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
    taker.send(slot, right(slot).wire)
    assert taker.slot("single").state.points == 1


def test_an_interactive_question_may_be_tried_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", behaviour="interactive")
    slot = taker.slot("single")
    taker.send(slot, wrong(slot).wire)
    page = words(taker.look(1))
    assert "Not quite. You may try 2 more times." in page
    assert "takes a third off" in page
    slot = taker.slot("single")
    taker.send(slot, right(slot).wire)
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
        assert taker.send(slot, right(slot).wire).location == f"{taker.url}?q={following}"
    assert "All questions are answered." in taker.look("end")
    client.post(f"{taker.url}/finish")
    assert "2 of 2" in words(client.get(taker.url).text)


def test_certainty_is_asked_only_where_the_quiz_says_so_and_shown_at_the_end(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", certainty=True)
    assert "How sure are you?" in taker.look(1)
    slot = taker.slot("single")
    choice = right(slot).wire["choice"]  # type: ignore[index]
    taker.post(
        {"item": slot.item.id, "seq": slot.head.seq, "choice": choice, "certainty": "3", "action": "check"}
    )
    client.post(f"{taker.url}/finish")
    assert "You said Answers Right Sure 1 1" in words(client.get(taker.url).text)


def test_the_end_names_what_is_left(taker: Taker) -> None:
    slot = taker.slot("single")
    taker.send(slot, right(slot).wire)
    page = words(taker.look("end"))
    assert "8 questions are not answered yet: numbers 2, 3, 4, 5, 6, 7, 8, 9." in page
    assert "Go to question 2" in page


def test_finishing_twice_gives_one_result(taker: Taker) -> None:
    for _press in range(2):
        answer = taker.client.post(f"{taker.url}/finish")
        assert (answer.status_code, answer.location) == (303, taker.url)
    page = taker.client.get(taker.url).text
    assert "0 of 9" in words(page)
    assert page.count("<details") == 9


def test_an_answer_after_the_end_leads_to_the_result(taker: Taker) -> None:
    slot = taker.slot("single")
    taker.client.post(f"{taker.url}/finish")
    late = taker.send(slot, right(slot).wire, follow_redirects=True)
    assert "Result: Leaf" in late.text
    assert taker.ask(slot, right(slot).wire).status_code == 409


def test_a_passed_quiz_leads_on_and_completes_the_lesson(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson("1-leaf", quiz=quiz(make("single"))), lesson("2-water"))
    client.post(f"{LESSON}/read")
    taker = begin(app, client)
    slot = taker.slot("single")
    taker.send(slot, right(slot).wire)
    client.post(f"{taker.url}/finish")
    page = client.get(taker.url).text
    assert "100%: the quiz is passed. The lesson is done." in words(page)
    assert 'href="/modules/1-tea/2-water">Go on: Water' in page
    assert "Practice only what I missed" not in page
    assert client.get("/modules/1-tea/2-water").status_code == 200


def test_only_what_was_missed_is_practised(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "single", "multiple")
    assert client.post(f"{taker.url}/missed").status_code == 409
    slot = taker.slot("single")
    taker.send(slot, right(slot).wire)
    client.post(f"{taker.url}/finish")
    started = client.post(f"{taker.url}/missed")
    round_two = Taker(app, client, int(started.location.rpartition("/")[2]))
    assert [slot.item.type for slot in round_two.sheet.slots] == ["multiple"]
    slot = round_two.slot("multiple")
    round_two.send(slot, right(slot).wire)
    client.post(f"{round_two.url}/finish")
    assert "That was practice." in client.get(round_two.url).text
    assert client.post(f"{round_two.url}/missed").status_code == 409


def test_an_attempt_set_aside_leads_back_to_the_start_of_the_quiz(taker: Taker) -> None:
    with taker.app.app_context():
        db.session.get_one(Attempt, taker.attempt_id).state = "aside"
        db.session.commit()
    answer = taker.client.get(taker.url)
    assert (answer.status_code, answer.location) == (303, f"{LESSON}/quiz")


def test_other_peoples_attempts_answer_as_missing_ones(taker: Taker) -> None:
    cleo = taker.app.test_client()
    cleo.post(f"{LESSON}/place", data={"anchor": "p2"})
    slot = taker.slot("single")
    form = {"item": slot.item.id, "seq": slot.head.seq, "choice": "0", "action": "check"}
    for method, path, data in (("GET", "", {}), ("POST", "/answers", form), ("POST", "/finish", {})):
        theirs, none = (
            cleo.open(f"{attempt}{path}", method=method, data=data)
            for attempt in (taker.url, "/attempts/999999")
        )
        assert (theirs.status_code, none.status_code) == (404, 404)
        assert re.sub(r"[0-9a-f]{12}", "", theirs.text) == re.sub(r"[0-9a-f]{12}", "", none.text)
    assert taker.slot("single").state.response is None


def test_who_is_signed_out_is_asked_to_sign_in(taker: Taker) -> None:
    stranger = taker.app.test_client()
    slot = taker.slot("single")
    answer = stranger.get(taker.url)
    assert answer.status_code == 302
    assert "sign-in" in answer.location
    form = {"item": slot.item.id, "seq": slot.head.seq, "action": "save"}
    saved = stranger.post(f"{taker.url}/answers", data=form, headers={"Accept": "application/json"})
    assert saved.status_code == 401


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
    taker.post({"item": slot.item.id, "seq": slot.head.seq, "action": "save", **wrong(slot).wire, **extra})  # type: ignore[dict-item]
    state = taker.slot("single").state
    assert (state.submitted, state.points) == (False, None)


@pytest.mark.parametrize("q", ["0", "10", "-1", "x", "1e1", ""])
def test_a_question_that_is_not_there_is_not_found(taker: Taker, q: str) -> None:
    assert taker.client.get(f"{taker.url}?q={q}").status_code == 404


def test_a_save_needs_at_most_six_statements(taker: Taker) -> None:
    slot = taker.slot("single")
    with taker.app.app_context(), counted(db.engine) as sent:
        assert taker.ask(slot, right(slot).wire).status_code == 200
    assert len(sent) <= 6


def test_the_answered_page_survives_a_lesson_that_has_left_the_course(
    taker: Taker, monkeypatch: pytest.MonkeyPatch
) -> None:
    slot = taker.slot("single")
    taker.send(slot, right(slot).wire)
    serve(taker.app, monkeypatch, lesson("9-new"))
    assert "That is right." in taker.look(slot.number)
    taker.client.post(f"{taker.url}/finish")
    assert "a lesson that has left the course" in taker.client.get(taker.url).text
    assert taker.client.get("/me").status_code == 200
