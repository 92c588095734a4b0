"""Saving in a browser: by a script and without one, twice, and in two windows."""

from __future__ import annotations

import re

import pytest

from learnapp.db import db
from tests.actors.attempt_pages import Taker, fields_of, form_of, words
from tests.actors.attempts import answer_of, right, wrong
from tests.statements import counted

pytestmark = pytest.mark.both_databases

PART = {"X-Fragment": "attempt"}


def test_an_answer_saved_by_a_script_is_there_when_the_page_is_opened_again(taker: Taker) -> None:
    slot = taker.slot("multiple")
    saved = taker.ask(slot, right(slot).response)
    assert saved.status_code == 200
    assert saved.json == {
        "item": slot.item.id,
        "seq": slot.head.seq + 1,
        "saved_at": taker.slot("multiple").saved_at.isoformat(),  # type: ignore[union-attr]
        "fields": [["choices", str(i)] for i in fields_of(slot, right(slot).response)["choices"]],
        "closed": False,
    }
    page = taker.look(slot.number)
    assert len(re.findall(r'name="choices" value="\d" id="[\w-]+" checked', page)) == 2
    assert re.search(r"Saved at \d\d:\d\d", page)


def test_a_save_that_is_sent_again_changes_nothing(taker: Taker) -> None:
    slot = taker.slot("single")
    first, again = (taker.ask(slot, right(slot).response) for _ in range(2))
    assert first.json == again.json


def test_a_second_press_of_check_shows_the_same_feedback(taker: Taker) -> None:
    slot = taker.slot("single")
    first, again = (taker.send(slot, right(slot).response) for _ in range(2))
    assert first.location == again.location
    assert taker.slot("single").state.tries == 1


def test_a_reply_pressed_twice_is_said_once(taker: Taker) -> None:
    slot = taker.slot("scenario")
    for _press in range(2):
        taker.send(slot, right(slot).response)
    assert answer_of(taker.slot("scenario")) == {"replies": [0]}


def test_a_stale_window_is_shown_the_newer_answer_and_keeps_its_own(taker: Taker) -> None:
    stale = taker.slot("cloze")
    taker.ask(stale, {"blanks": ["newer leaf", "milk"]})
    answer = taker.send(stale, {"blanks": ["older leaf", "water"]})
    assert answer.status_code == 409
    assert "Something newer was saved." in answer.text
    assert "gap 1: newer leaf" in words(answer.text)
    assert 'value="older leaf"' in answer.text
    assert answer_of(taker.slot("cloze")) == {"blanks": ["newer leaf", "milk"]}
    taker.send(taker.slot("cloze"), {"blanks": ["older leaf", "water"]}, "save")
    assert answer_of(taker.slot("cloze")) == {"blanks": ["older leaf", "water"]}


def test_a_stale_script_is_told_the_newer_answer(taker: Taker) -> None:
    stale = taker.slot("single")
    taker.ask(stale, right(stale).response)
    late = taker.ask(stale, wrong(stale).response)
    assert late.status_code == 409
    assert late.json is not None
    assert late.json["seq"] == stale.head.seq + 1
    assert late.json["fields"] == [["choice", str(fields_of(stale, right(stale).response)["choice"][0])]]
    assert late.json["closed"] is False


def test_an_answer_to_another_question_is_no_conflict(taker: Taker) -> None:
    window = taker.slot("single")
    other = taker.slot("multiple")
    seen = window.saved_at.isoformat() if window.saved_at else ""
    taker.ask(other, right(other).response)
    form = {**form_of(window, right(window).response), "seen": seen, "action": "save"}
    assert taker.post(form).status_code == 303
    assert answer_of(taker.slot("single")) == {"choice": 1}
    assert taker.post({**form, "choice": "0"}).status_code == 409


def test_a_script_is_told_that_a_question_was_checked_elsewhere(taker: Taker) -> None:
    stale = taker.slot("single")
    taker.send(stale, right(stale).response)
    late = taker.ask(stale, wrong(stale).response)
    assert late.status_code == 409
    assert late.json is not None
    assert late.json["closed"] is True


def test_come_back_later_keeps_the_answer_and_goes_on(taker: Taker) -> None:
    slot = taker.slot("single")
    answer = taker.send(slot, wrong(slot).response, "later")
    assert answer.location == f"{taker.url}?q={slot.number + 1}"
    assert taker.slot("single").state.response is not None
    last = taker.sheet.slots[-1]
    assert taker.send(last, None, "later").location == f"{taker.url}?q=end"


def test_a_flag_stands_in_the_list_and_can_be_removed(taker: Taker) -> None:
    slot = taker.slot("single")
    taker.post({"item": slot.item.id, "seq": slot.head.seq, "action": "save", "flagged": "1"})
    assert ", flagged" in taker.look(slot.number)
    taker.send(taker.slot("single"), right(slot).response)
    slot = taker.slot("single")
    taker.post({"item": slot.item.id, "seq": slot.head.seq, "action": "flag", "flagged": "1"})
    assert "Remove the flag" in taker.look(slot.number)
    slot = taker.slot("single")
    taker.post({"item": slot.item.id, "seq": slot.head.seq, "action": "flag", "flagged": ""})
    assert taker.slot("single").flagged is False
    assert taker.slot("single").state.points == 1


def test_the_part_that_changed_is_sent_alone(taker: Taker) -> None:
    slot = taker.slot("single")
    part = taker.send(slot, right(slot).response, headers=PART)
    assert part.status_code == 200
    assert part.text.lstrip().startswith('<div class="flow" id="quiz"')
    assert "<html" not in part.text
    assert f'data-q="{slot.number}"' in part.text
    moved = taker.send(taker.slot("multiple"), None, "later", headers=PART)
    assert f'data-q="{taker.slot("multiple").number + 1}"' in moved.text


def test_a_save_needs_at_most_six_statements(taker: Taker) -> None:
    slot = taker.slot("single")
    with taker.app.app_context(), counted(db.engine) as sent:
        assert taker.ask(slot, right(slot).response).status_code == 200
    assert len(sent) <= 6
