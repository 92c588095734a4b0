"""Saving in a browser: by a script and without one, twice, and in two windows."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.database.db import AnySession
from learnapp.learning.attempts import answer
from learnapp.learning.attempts.store import store_response
from learnapp.learning.attempts.values import AttemptItem
from tests.actors.attempt_pages import Taker, fields_of, form_of, taking, words
from tests.actors.attempts import answer_of, right, wrong

PART = {"X-Fragment": "attempt"}


def test_an_answer_saved_by_a_script_is_there_when_the_page_is_opened_again(taker: Taker) -> None:
    attempt_item = taker.attempt_item("multiple")
    saved = taker.ask(attempt_item, right(attempt_item).response)
    assert saved.status_code == 200
    assert saved.json == {
        "item": attempt_item.item.id,
        "seq": attempt_item.summary.seq + 1,
        "saved_at": taker.attempt_item("multiple").saved_at.isoformat(),  # type: ignore[union-attr]
        "fields": [["choices", str(i)] for i in fields_of(attempt_item, right(attempt_item).response)["choices"]],
        "closed": False,
    }
    page = taker.look(attempt_item.number)
    assert len(re.findall(r'name="choices" value="\d" id="[\w-]+" checked', page)) == 2
    assert re.search(r"Saved at \d\d:\d\d \(UTC\)", words(page))


def test_a_second_press_of_check_shows_the_same_feedback(taker: Taker) -> None:
    attempt_item = taker.attempt_item("single")
    first, again = (taker.send(attempt_item, right(attempt_item).response) for _ in range(2))
    assert first.location == again.location
    assert taker.attempt_item("single").state.tries == 1


def test_a_reply_pressed_twice_is_said_once(taker: Taker) -> None:
    attempt_item = taker.attempt_item("scenario")
    for _press in range(2):
        taker.send(attempt_item, right(attempt_item).response)
    assert answer_of(taker.attempt_item("scenario")) == {"replies": [0]}


@pytest.mark.parametrize("behaviour", ["immediate", "interactive", "deferred"])
@pytest.mark.parametrize("action", ["save", "check", "later", "hint"])
def test_no_action_takes_a_reply_back(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, action: str, behaviour: str
) -> None:
    taker = taking(app, client, monkeypatch, "scenario", "single", behaviour=behaviour)
    item = taker.attempt_item("scenario")
    taker.send(item, right(item).response)
    for turn in ("0", "", "7"):
        for headers in ({}, {"Accept": "application/json"}):
            seq = taker.attempt_item("scenario").summary.seq
            form = {"item": item.item.id, "seq": seq, "turn": turn, "reply": "1", "action": action}
            assert taker.post(form, headers=headers).status_code in (200, 303, 409, 422)
            assert answer_of(taker.attempt_item("scenario")) == {"replies": [0]}


def test_a_conversation_with_tries_is_held_once(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    taker = taking(app, client, monkeypatch, "scenario", behaviour="interactive")
    item = taker.attempt_item("scenario")
    taker.send(item, wrong(item).response)
    state = taker.attempt_item("scenario").state
    assert (state.submitted, state.points) == (True, 0)


def test_a_stale_window_is_shown_the_newer_answer_and_keeps_its_own(taker: Taker) -> None:
    stale = taker.attempt_item("cloze")
    taker.ask(stale, {"blanks": ["newer leaf", "milk"]})
    answer = taker.send(stale, {"blanks": ["older leaf", "water"]})
    assert answer.status_code == 409
    assert "Something newer was saved." in answer.text
    assert "gap 1: newer leaf" in words(answer.text)
    assert 'value="older leaf"' in answer.text
    assert answer_of(taker.attempt_item("cloze")) == {"blanks": ["newer leaf", "milk"]}
    taker.send(taker.attempt_item("cloze"), {"blanks": ["older leaf", "water"]}, "save")
    assert answer_of(taker.attempt_item("cloze")) == {"blanks": ["older leaf", "water"]}


def test_a_stale_script_is_told_the_newer_answer(taker: Taker) -> None:
    stale = taker.attempt_item("single")
    taker.ask(stale, right(stale).response)
    late = taker.ask(stale, wrong(stale).response)
    assert late.status_code == 409
    assert late.json is not None
    assert late.json["seq"] == stale.summary.seq + 1
    assert late.json["fields"] == [["choice", str(fields_of(stale, right(stale).response)["choice"][0])]]
    assert late.json["closed"] is False


def test_an_answer_to_another_question_is_no_conflict(taker: Taker) -> None:
    window = taker.attempt_item("single")
    other = taker.attempt_item("multiple")
    seen = window.saved_at.isoformat() if window.saved_at else ""
    taker.ask(other, right(other).response)
    form = {**form_of(window, right(window).response), "seen": seen, "action": "save"}
    assert taker.post(form).status_code == 303
    assert answer_of(taker.attempt_item("single")) == {"choice": 1}
    assert taker.post({**form, "choice": "0"}).status_code == 409


def test_a_script_is_told_that_a_question_was_checked_elsewhere(taker: Taker) -> None:
    stale = taker.attempt_item("single")
    taker.send(stale, right(stale).response)
    late = taker.ask(stale, wrong(stale).response)
    assert late.status_code == 409
    assert late.json is not None
    assert late.json["closed"] is True


def test_come_back_later_keeps_the_answer_and_goes_on(taker: Taker) -> None:
    attempt_item = taker.attempt_item("single")
    answer = taker.send(attempt_item, wrong(attempt_item).response, "later")
    assert answer.location == f"{taker.url}?q={attempt_item.number + 1}"
    assert taker.attempt_item("single").state.response is not None
    last = taker.attempt.items[-1]
    assert taker.send(last, None, "later").location == f"{taker.url}?q=end"


def test_a_flag_stands_in_the_list_and_can_be_removed(taker: Taker) -> None:
    attempt_item = taker.attempt_item("single")
    taker.post({"item": attempt_item.item.id, "seq": attempt_item.summary.seq, "action": "save", "flagged": "1"})
    assert ", flagged" in taker.look(attempt_item.number)
    taker.send(taker.attempt_item("single"), right(attempt_item).response)
    attempt_item = taker.attempt_item("single")
    taker.post({"item": attempt_item.item.id, "seq": attempt_item.summary.seq, "action": "flag", "flagged": "1"})
    assert "Unflag this question" in taker.look(attempt_item.number)
    attempt_item = taker.attempt_item("single")
    taker.post({"item": attempt_item.item.id, "seq": attempt_item.summary.seq, "action": "flag", "flagged": ""})
    assert taker.attempt_item("single").flagged is False
    assert taker.attempt_item("single").state.points == 1


def test_the_part_that_changed_is_sent_alone(taker: Taker) -> None:
    attempt_item = taker.attempt_item("single")
    part = taker.send(attempt_item, right(attempt_item).response, headers=PART)
    assert part.status_code == 200
    line, _quiz, _question = part.text.partition('<div class="flow" id="quiz"')
    assert line.lstrip().startswith('<a class="back"')
    assert "Quiz · 1 of 9" in words(line)
    assert "<html" not in part.text
    assert f'data-q="{attempt_item.number}"' in part.text
    moved = taker.send(taker.attempt_item("multiple"), None, "later", headers=PART)
    assert f'data-q="{taker.attempt_item("multiple").number + 1}"' in moved.text


@pytest.mark.parametrize("headers", [{}, PART, {"Accept": "application/json"}], ids=["page", "part", "script"])
def test_a_draft_that_lost_the_race_to_another_window_is_told_so(
    taker: Taker, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    """Something is missing, so the answer is kept as a draft; meanwhile another window has saved its own."""
    ours = taker.attempt_item("cloze")
    race: list[str] = []

    def other_window_first(session: AnySession, attempt_item: AttemptItem) -> bool:
        if not race:
            race.append("saved")
            session.rollback()
            taker.ask(ours, {"blanks": ["newer leaf", "milk"]})
        return store_response(session, attempt_item)

    monkeypatch.setattr(answer, "store_response", other_window_first)

    answered = taker.send(ours, {"blanks": ["older leaf", ""]}, headers=headers)

    assert (race, answered.status_code) == (["saved"], 409)
    assert answer_of(taker.attempt_item("cloze")) == {"blanks": ["newer leaf", "milk"]}
    assert "newer leaf" in answered.text


def test_a_script_that_checks_an_unfinished_answer_is_told_what_is_missing(taker: Taker) -> None:
    answered = taker.ask(taker.attempt_item("cloze"), {"blanks": ["leaf", ""]}, "check")

    assert (answered.status_code, answered.json and answered.json["missing"]) == (422, ["blank-1"])
    assert answer_of(taker.attempt_item("cloze")) == {"blanks": ["leaf", ""]}
