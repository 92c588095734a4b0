"""Items on a page: the order in which they are shown, and answers that go through a form and back."""

import math
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from learnapp.quiz.item import Item, ItemResponse, Presentation
from learnapp.quiz.types import ITEM_TYPES
from learnapp.quiz.types.scenario import Scenario, ScenarioResponse
from tests.quiz.answers import clean
from tests.quiz.samples import KEYS, WITH_UNITS, make, option
from tests.quiz.strategies import items, items_with_responses, key_of

REVISION = "ab" * 32
seeds = st.integers(-(2**63), 2**63)
NAMES = ["choice", "choices", "verdict", "reason", "value", "unit", "reply", "turn"]
NAMES += [f"{name}-{i}" for name in ("match", "place", "blank", "category") for i in range(5)]


def sent(**fields: str) -> MultiDict[str, str]:
    return MultiDict(fields)


def through_a_form(item: Item, shown: Presentation, response: ItemResponse | None) -> ItemResponse | None:
    """Return what comes back when a page sends this response, a conversation reply by reply."""
    if not isinstance(response, ScenarioResponse):
        fields = MultiDict(item.form_values(response, shown) if response else ())
        back: ItemResponse | None = item.parse_form(fields, shown)
        return back
    stands: ScenarioResponse | None = None
    for turn, reply in enumerate(response.replies):
        said = [says for says, _ in item.form(stands, shown).turns]
        numbers = [one.says for one in item.turns] if isinstance(item, Scenario) else []
        waiting = next(n for n, says in enumerate(numbers) if n >= turn and says == said[-1])
        position = shown.replies[waiting].index(reply)
        stands = item.parse_form(sent(turn=str(turn), reply=str(position)), shown, stands)
    return stands


def test_a_shuffle_favors_no_place() -> None:
    first = Counter(make("single").present(REVISION, seed).order[0] for seed in range(900))
    assert all(250 <= first[option] <= 350 for option in range(3))


@given(items(), seeds)
def test_every_part_is_shown_once(item: Item, seed: int) -> None:
    shown = item.present(REVISION, seed)
    assert sorted(shown.order) == list(range(len(shown.order)))
    assert all(sorted(replies) == list(range(len(replies))) for replies in shown.replies)
    if isinstance(item, Scenario):
        assert [len(turn.replies) for turn in item.turns] == [len(replies) for replies in shown.replies]


@pytest.mark.parametrize(
    ("item_type", "count"),
    [
        ("single", 3),
        ("multiple", 5),
        ("true-false", 2),
        ("numeric", 0),
        ("matching", 4),
        ("ordering", 4),
        ("cloze", 0),
        ("categorise", 3),
        ("scenario", 0),
    ],
)
def test_what_is_shuffled_is_what_the_type_says(item_type: str, count: int) -> None:
    assert len(make(item_type).present(REVISION, 1).order) == count


def test_units_are_shuffled() -> None:
    units = {make("numeric", **WITH_UNITS).present(REVISION, seed).order for seed in range(20)}
    assert units == {(0, 1), (1, 0)}


@pytest.mark.parametrize("item_type", ["single", "multiple", "true-false", "matching", "ordering", "categorise"])
def test_no_order_is_kept_from_the_page(item_type: str) -> None:
    """An order that is never shown, or shown more often than others, would tell the one of the file."""
    item = make(item_type)
    shown = Counter(item.present(REVISION, seed).order for seed in range(3000))
    orders = math.factorial(len(item.file_order.order))
    assert len(shown) == orders
    assert max(shown.values()) < 2 * 3000 / orders


def test_two_entries_are_shown_either_way_round() -> None:
    two = [{"text": text, "feedback": "Why."} for text in ("First", "Second")]
    item = make("ordering", entries=two)
    assert {item.present(REVISION, seed).order for seed in range(50)} == {(0, 1), (1, 0)}


@given(items_with_responses(), seeds)
def test_there_and_back_changes_nothing(case: tuple[Item, Any], seed: int) -> None:
    item, stored = case
    response = item.parse_stored(stored)
    if item.type != "scenario":
        assert through_a_form(item, item.present(REVISION, seed), response) == response


@given(
    st.sampled_from(ITEM_TYPES),
    st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=12) | st.integers(-5, 30).map(str), max_size=3)),
    st.booleans(),
)
def test_any_form_can_be_read(item_type: str, form: dict[str, list[str]], begun: bool) -> None:
    item = make(item_type)
    fields = MultiDict([(name, value) for name, values in form.items() for value in values])
    before = item.parse_stored(KEYS[item_type]) if begun else None
    response = item.parse_form(fields, item.present(REVISION, 1), before)
    assert response is None or item.parse_stored(item.to_json(response)) == response


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_an_empty_form_is_no_answer(item_type: str) -> None:
    item = make(item_type)
    assert item.parse_form(sent(), item.present(REVISION, 1)) is None


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_choosing_by_what_is_seen_earns_the_marks(item_type: str) -> None:
    item = make(item_type)
    key = item.parse_stored(KEYS[item_type])
    for seed in range(10):
        assert item.grade(through_a_form(item, item.present(REVISION, seed), key)) == 1


def test_a_choice_is_sent_by_its_position_on_the_page() -> None:
    item, shown = make("single"), Presentation((2, 0, 1))
    response = item.parse_form(sent(choice="0"), shown)
    assert response is not None
    assert item.to_json(response) == {"choice": 2}
    assert list(item.form_values(response, shown)) == [("choice", "0")]


def test_replies_are_sent_by_their_position_in_each_turn() -> None:
    item, shown = make("scenario"), Presentation(replies=((1, 0, 2), (1, 0)))
    first = item.parse_form(sent(turn="0", reply="1"), shown)
    assert first == ScenarioResponse((0,))
    assert item.parse_form(sent(turn="1", reply="0"), shown, first) == ScenarioResponse((0, 1))
    assert item.parse_form(sent(turn="1", reply="7"), shown, first) == first


@pytest.mark.parametrize("turn", ["0", "", "x", "2", "-1"])
def test_a_reply_that_was_given_stands(turn: str) -> None:
    item, shown = make("scenario"), Presentation(replies=((0, 1, 2), (0, 1)))
    said = ScenarioResponse((0,))
    assert item.parse_form(sent(turn=turn, reply="1"), shown, said) == said
    ended = ScenarioResponse((0, 1))
    for late in ("0", "1", "2"):
        assert item.parse_form(sent(turn=late, reply="0"), shown, ended) == ended


def test_the_same_reply_sent_twice_is_said_once() -> None:
    item, shown = make("scenario"), Presentation(replies=((0, 1, 2), (0, 1)))
    assert item.parse_form(sent(turn="0", reply="1"), shown, ScenarioResponse((1,))) == ScenarioResponse((1,))


def test_what_is_sent_for_the_key_differs_between_learners() -> None:
    for item in (make("single", options=[option("A", key=True), option("B"), option("C")]), make("matching")):
        key = item.parse_stored(key_of(item))
        forms = {str(list(item.form_values(key, item.present(REVISION, seed)))) for seed in range(40)}
        assert len(forms) >= 3


@given(items_with_responses(), seeds)
def test_as_much_is_missing_on_the_page_as_in_the_file(case: tuple[Item, Any], seed: int) -> None:
    item, stored = case
    shown = item.present(REVISION, seed)
    on_page = {lack.part for lack in item.missing(item.parse_stored(stored), shown)}
    if item.type in ("ordering", "categorise"):
        given = clean(item, stored) or {}
        placed = set(given.get("order", ())) | {int(entry) for entry in given.get("categories", ())}
        open_entries = {at for at, entry in enumerate(shown.order) if entry not in placed}
        assert {int(part.partition("-")[2]) for part in on_page} == open_entries


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_a_form_asks_for_each_part_that_can_be_missing(item_type: str) -> None:
    item = make(item_type, **(WITH_UNITS if item_type == "numeric" else {}))
    shown = item.present(REVISION, 1)
    inputs = [one.name for one in item.form(None, shown).inputs]
    assert inputs == [lack.part for lack in item.missing(None, shown)]
