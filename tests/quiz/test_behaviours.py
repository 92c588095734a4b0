"""When an answer counts: once, in up to three tries, or at the end; nothing is gained by pressing twice."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learnapp.quiz import behaviours
from learnapp.quiz.behaviours import (
    TRIES_MAX,
    Behaviour,
    ItemState,
    finish_item,
    give_hint,
    may_show_feedback,
    tries_left,
)
from learnapp.quiz.item import Item, ItemResponse
from tests.quiz.samples import make
from tests.quiz.strategies import answers, garbage, items, key_of

BEHAVIOURS: tuple[Behaviour, ...] = get_args(Behaviour)
HINTS = ["Look at the label.", "Look at the color.", "It is pale.", "It starts with W."]
SINGLE = make("single", hints=HINTS)
CATEGORISE = make("categorise", hints=HINTS)
RIGHT, WRONG, ALSO_WRONG = {"choice": 1}, {"choice": 0}, {"choice": 2}
START = ItemState()


def parsed(item: Item, response: object) -> ItemResponse | None:
    """Return a response, also one written as it is stored, and None for garbage."""
    return response if isinstance(response, ItemResponse) else item.parse_stored(response)


def answer(item: Item, state: ItemState, response: object) -> ItemState:
    return behaviours.keep_response(state, parsed(item, response))


def check(behaviour: Behaviour, item: Item, state: ItemState, response: object) -> ItemState:
    return behaviours.submit_response(behaviour, item, state, parsed(item, response))


def thirds(points: float | None) -> int:
    assert points is not None
    assert points * 3 == pytest.approx(round(points * 3))
    return round(points * 3)


def tried(behaviour: Behaviour, *responses: object, item: Item = SINGLE) -> ItemState:
    state = START
    for response in responses:
        state = check(behaviour, item, state, response)
    return state


def test_immediate_takes_one_submission() -> None:
    state = tried("immediate", WRONG)
    assert (state.submitted, state.points, state.tries) == (True, 0, 1)
    assert check("immediate", SINGLE, state, RIGHT) == state
    assert tried("immediate", RIGHT).points == 1


def test_immediate_gives_partial_credit() -> None:
    assert tried("immediate", {"verdict": False, "reason": 0}, item=make("true-false")).points == 0.5


def test_immediate_hints_are_free() -> None:
    state = give_hint("immediate", SINGLE, START)
    assert state.hints == 1
    assert check("immediate", SINGLE, state, RIGHT).points == 1


def test_interactive_takes_a_third_for_each_wrong_try() -> None:
    assert thirds(tried("interactive", RIGHT).points) == 3
    assert thirds(tried("interactive", WRONG, RIGHT).points) == 2
    assert thirds(tried("interactive", WRONG, ALSO_WRONG, RIGHT).points) == 1


def test_interactive_takes_a_third_for_each_hint() -> None:
    once = give_hint("interactive", SINGLE, START)
    assert thirds(check("interactive", SINGLE, once, RIGHT).points) == 2
    after_a_try = give_hint("interactive", SINGLE, tried("interactive", WRONG))
    assert thirds(check("interactive", SINGLE, after_a_try, RIGHT).points) == 1


def test_interactive_never_falls_below_nothing() -> None:
    state = START
    for _ in HINTS:
        state = give_hint("interactive", SINGLE, state)
    assert check("interactive", SINGLE, state, RIGHT).points == 0


def test_interactive_stays_open_until_right_or_out_of_tries() -> None:
    assert not tried("interactive", WRONG).submitted
    assert not tried("interactive", WRONG, ALSO_WRONG).submitted
    assert tried("interactive", WRONG, RIGHT).submitted
    out = tried("interactive", WRONG, ALSO_WRONG, WRONG)
    assert (out.submitted, out.tries, out.points) == (True, TRIES_MAX, 0)


def test_interactive_keeps_the_best_that_a_try_has_earned() -> None:
    two_of_three = {"categories": {"0": 0, "1": 1, "2": 1}}
    one_of_three = {"categories": {"0": 0}}
    state = tried("interactive", two_of_three, one_of_three, item=CATEGORISE)
    assert thirds(state.points) == 2
    all_three = check("interactive", CATEGORISE, state, key_of(CATEGORISE))
    assert (thirds(all_three.points), all_three.submitted) == (2, True)


def test_the_same_wrong_answer_twice_in_a_row_costs_one_try() -> None:
    state = tried("interactive", WRONG, WRONG, WRONG)
    assert (state.tries, state.submitted) == (1, False)
    changed = answer(SINGLE, answer(SINGLE, state, ALSO_WRONG), WRONG)
    assert check("interactive", SINGLE, changed, WRONG).tries == 2


def test_deferred_grades_at_the_end() -> None:
    state = tried("deferred", WRONG, RIGHT)
    assert (state.submitted, state.points, state.tries) == (False, None, 0)
    done = finish_item("deferred", SINGLE, state)
    assert (done.submitted, done.points) == (True, 1)


def test_deferred_gives_no_hints() -> None:
    assert give_hint("deferred", SINGLE, START) == START


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_no_answer_cannot_be_checked_and_earns_nothing(behaviour: Behaviour) -> None:
    assert check(behaviour, SINGLE, START, None) == START
    assert check(behaviour, SINGLE, START, {"choice": 99}) == START
    done = finish_item(behaviour, SINGLE, START)
    assert (done.submitted, done.points, done.tries) == (True, 0, 0)


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_an_answer_that_was_saved_but_not_checked_is_graded_at_the_end(behaviour: Behaviour) -> None:
    done = finish_item(behaviour, SINGLE, answer(SINGLE, START, RIGHT))
    assert (done.submitted, done.points, done.tries) == (True, 1, 1)


def test_finishing_keeps_what_tries_have_earned() -> None:
    state = tried("interactive", {"categories": {"0": 0, "1": 1, "2": 1}}, item=CATEGORISE)
    done = finish_item("interactive", CATEGORISE, state)
    assert (thirds(done.points), done.tries, done.submitted) == (2, 1, True)


def test_a_hint_can_be_taken_as_often_as_there_are_hints() -> None:
    assert give_hint("immediate", make("single"), START) == START
    state = START
    for _ in range(10):
        state = give_hint("immediate", SINGLE, state)
    assert state.hints == len(HINTS)


def test_tries_left_are_counted() -> None:
    assert [tries_left(behaviour, START) for behaviour in BEHAVIOURS] == [1, 3, 1]
    assert tries_left("interactive", tried("interactive", WRONG)) == 2
    assert tries_left("interactive", tried("interactive", RIGHT)) == 0
    assert tries_left("immediate", tried("immediate", WRONG)) == 0


def test_a_stored_state_that_is_out_of_tries_takes_no_more() -> None:
    state = ItemState(response=parsed(SINGLE, WRONG), tries=7, points=0)
    assert tries_left("interactive", state) == 0
    assert check("interactive", SINGLE, state, RIGHT).tries == 7
    assert finish_item("interactive", SINGLE, state) == replace(state, submitted=True)


@pytest.mark.parametrize("behaviour", BEHAVIOURS)
def test_feedback_waits_for_submission(behaviour: Behaviour) -> None:
    open_state = tried(behaviour, WRONG) if behaviour != "immediate" else answer(SINGLE, START, WRONG)
    assert not may_show_feedback(behaviour, START, attempt_finished=False)
    assert not may_show_feedback(behaviour, open_state, attempt_finished=False)
    assert not may_show_feedback(behaviour, open_state, attempt_finished=True)
    assert may_show_feedback(behaviour, finish_item(behaviour, SINGLE, open_state), attempt_finished=True)


def test_deferred_feedback_waits_for_the_end_of_the_attempt() -> None:
    done = finish_item("deferred", SINGLE, answer(SINGLE, START, RIGHT))
    assert not may_show_feedback("deferred", done, attempt_finished=False)


# Anything that can happen, in any order.
Act = Callable[[Behaviour, Item, ItemState], ItemState]


def acts(item: Item) -> st.SearchStrategy[Act]:
    responses: st.SearchStrategy[Any] = st.just(key_of(item)) | answers(item) | garbage
    return st.one_of(
        responses.map(lambda r: lambda _, i, s: answer(i, s, r)),
        responses.map(lambda r: lambda b, i, s: check(b, i, s, r)),
        st.just(lambda b, i, s: check(b, i, s, s.response)),
        st.just(give_hint),
        st.just(finish_item),
    )


@st.composite
def histories(draw: st.DrawFn) -> tuple[Behaviour, Item, list[ItemState]]:
    """Every state that an item goes through while someone acts on it."""
    behaviour, item = draw(st.sampled_from(BEHAVIOURS)), draw(items())
    states = [START]
    for act in draw(st.lists(acts(item), min_size=1, max_size=7)):
        states.append(act(behaviour, item, states[-1]))
    return behaviour, item, states


@given(histories())
def test_tries_hints_and_points_stay_in_their_bounds(history: tuple[Behaviour, Item, list[ItemState]]) -> None:
    _, item, states = history
    for state in states:
        assert 0 <= state.tries <= TRIES_MAX
        assert 0 <= state.hints <= len(item.hints)
        assert state.points is None or 0 <= state.points <= 1
        assert not state.submitted or state.points is not None


@given(histories())
def test_what_is_submitted_stays_as_it_is(history: tuple[Behaviour, Item, list[ItemState]]) -> None:
    behaviour, _, states = history
    closed = next((number for number, state in enumerate(states) if state.submitted), len(states))
    assert len({id(state) for state in states[closed:]}) <= 1
    assert all(tries_left(behaviour, state) > 0 for state in states[:closed])


@given(histories())
def test_feedback_and_points_are_held_back_while_the_item_is_open(
    history: tuple[Behaviour, Item, list[ItemState]],
) -> None:
    behaviour, _, states = history
    for state in states:
        if not state.submitted:
            assert not may_show_feedback(behaviour, state, attempt_finished=True)
            assert behaviour == "interactive" or state.points is None


@given(histories(), st.data())
def test_submitting_twice_is_submitting_once(
    history: tuple[Behaviour, Item, list[ItemState]], data: st.DataObject
) -> None:
    behaviour, item, states = history
    response = data.draw(answers(item))
    once = check(behaviour, item, states[-1], response)
    assert check(behaviour, item, once, response) == once
    done = finish_item(behaviour, item, states[-1])
    assert finish_item(behaviour, item, done) == done


@given(histories(), st.data())
def test_a_hint_never_raises_points(history: tuple[Behaviour, Item, list[ItemState]], data: st.DataObject) -> None:
    behaviour, item, states = history
    response = data.draw(st.just(key_of(item)) | answers(item))
    helped = check(behaviour, item, give_hint(behaviour, item, states[-1]), response)
    alone = check(behaviour, item, states[-1], response)
    assert (helped.points or 0) <= (alone.points or 0)


@given(histories())
def test_points_never_exceed_what_the_best_answer_deserves(history: tuple[Behaviour, Item, list[ItemState]]) -> None:
    behaviour, item, states = history
    best = max(item.grade(state.response) for state in states)
    done = finish_item(behaviour, item, states[-1])
    assert done.points is not None
    assert done.points <= best
    if behaviour != "interactive":
        assert done.points == item.grade(done.response)
