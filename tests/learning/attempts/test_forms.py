"""Reading what browsers send: round trips of every answer, and nonsense that is left out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, UnprocessableEntity

from learnapp.learning.attempts.forms import (
    Fields,
    as_fields,
    comparable,
    read_action,
    read_anchor,
    read_kind,
    read_route,
    read_seq,
    read_wire,
)
from learnapp.quiz.responses import clean
from tests.courses.tea import TYPES, lesson, strong_lesson
from tests.quiz.samples import KEYS, WITH_UNITS, make

OTHERS: dict[str, list[dict[str, Any]]] = {
    "multiple": [{"choices": [3]}],
    "true-false": [{"verdict": True}, {"reason": 1}],
    "numeric": [{"value": "12 or so", "unit": None}],
    "matching": [{"matches": {"1": 3}}],
    "ordering": [{"order": [None, 2, None, 0]}],
    "cloze": [{"blanks": ["a “leaf”", ""]}],
    "categorise": [{"categories": {"2": 1}}],
}


def sent(**fields: str) -> Fields:
    return MultiDict(fields)


@pytest.mark.parametrize("item_type", [one for one in TYPES if one != "scenario"])
def test_an_answer_survives_the_way_through_a_form(item_type: str) -> None:
    item = make(item_type)
    for answer in [KEYS[item_type], *OTHERS.get(item_type, [])]:
        assert clean(item, read_wire(item, as_fields(answer))) == answer


def test_a_chosen_unit_survives_the_way_through_a_form() -> None:
    item = make("numeric", **WITH_UNITS)
    answer = {"value": "12", "unit": "years"}
    assert read_wire(item, as_fields(answer)) == answer


@pytest.mark.parametrize("item_type", TYPES)
def test_an_empty_form_is_no_answer(item_type: str) -> None:
    item = make(item_type)
    assert clean(item, read_wire(item, sent())) is None


@given(
    st.sampled_from(TYPES),
    st.dictionaries(
        st.sampled_from(
            ["choice", "choices", "verdict", "reason", "value", "unit", "reply", "turn"]
            + [f"{name}-{i}" for name in ("match", "place", "blank", "category") for i in range(5)]
        ),
        st.lists(st.text(max_size=12) | st.integers(-5, 30).map(str), max_size=3),
    ),
)
def test_any_form_can_be_read(item_type: str, form: dict[str, list[str]]) -> None:
    item = make(item_type)
    fields: Fields = MultiDict([(name, value) for name, values in form.items() for value in values])
    answer = clean(item, read_wire(item, fields, [0]))
    assert answer is None or isinstance(answer, dict)


def test_a_reply_is_added_to_what_was_said_before() -> None:
    item = make("scenario")
    assert read_wire(item, sent(turn="1", reply="2"), [0]) == {"replies": [0, 2]}


def test_the_same_reply_sent_twice_is_said_once() -> None:
    item = make("scenario")
    assert read_wire(item, sent(turn="0", reply="1"), [1]) == {"replies": [1]}


def test_scripts_compare_answers_without_their_empty_fields() -> None:
    assert comparable({"blanks": ["leaf", ""]}) == [["blank-0", "leaf"]]
    assert comparable(None) == []


@pytest.mark.parametrize("seq", [None, "", "-1", "1.0", "٣", "x", "99999999999"])
def test_a_save_without_a_proper_number_is_refused(seq: str | None) -> None:
    with pytest.raises(BadRequest):
        read_seq(sent(**({} if seq is None else {"seq": seq})))


def test_a_form_without_a_button_is_checked_and_an_unknown_button_refused() -> None:
    assert read_action(sent()) == "check"
    with pytest.raises(BadRequest):
        read_action(sent(action="grade"))


def test_only_known_routes_kinds_and_paragraphs_are_taken() -> None:
    one = strong_lesson()
    assert read_route(sent(route="short")) == "short"
    assert read_kind(sent()) == "main"
    assert read_anchor(one, sent(anchor="p2")) == "p2"
    for read, fields in (
        (read_route, sent(route="long")),
        (read_kind, sent(kind="missed")),
        (lambda fields: read_anchor(lesson(), fields), sent(anchor="p99")),
        (lambda fields: read_anchor(lesson(), fields), sent()),
    ):
        with pytest.raises(UnprocessableEntity):
            read(fields)
