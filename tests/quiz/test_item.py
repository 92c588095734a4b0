"""What all item types have in common: nothing raises, the key alone is right, all is explained."""

import json
import math
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError

from learnapp.config.settings import ROOT
from learnapp.quiz.item import BaseItem, Item, ItemResponse
from learnapp.quiz.types import ITEM_TYPES
from learnapp.quiz.types.categorise import Categorise
from learnapp.quiz.types.cloze import Cloze
from learnapp.quiz.types.matching import Matching
from learnapp.quiz.types.multiple import Multiple
from learnapp.quiz.types.numeric import Numeric
from learnapp.quiz.types.ordering import Ordering
from learnapp.quiz.types.scenario import Scenario
from learnapp.quiz.types.single import Single
from learnapp.quiz.types.true_false import TrueFalse
from learnapp.quiz.words import normalize
from tests.quiz.answers import clean, complaint, explain, grade, missing, parts, rows
from tests.quiz.samples import ITEM, KEYS, WITH_UNITS, make, option, raw
from tests.quiz.strategies import garbage, items, items_with_responses, key_of


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_an_item_is_frozen_and_has_no_lists(item_type: str) -> None:
    item = make(item_type)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(item, "stem", "Something else")  # noqa: B010
    assert isinstance(hash(item), int)


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_a_misspelled_key_is_refused(item_type: str) -> None:
    assert "hnits" in complaint(item_type, hnits=["Look again."])


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_every_item_needs_a_fact_and_a_stem(item_type: str) -> None:
    assert "at least 1" in complaint(item_type, facts=[])
    assert "write some text here" in complaint(item_type, stem="  ")


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValidationError, match="essay"):
        ITEM.validate_python({**raw("single"), "type": "essay"})


DEEP: list[Any] = []


for _ in range(50_000):
    DEEP = [DEEP]

HOSTILE: list[Any] = [
    None,
    [],
    "choice",
    {},
    {"choice": True},
    {"choice": 10**5000},
    {"choice": -1},
    {"choice": 1.0},
    {"choice": math.nan},
    {"choice": "1"},
    {"choice": DEEP},
    {"choices": [math.inf, True, "0", None, 10**5000, -1, DEEP]},
    {"choices": {"0": 0}},
    {"choices": "012"},
    {"verdict": "true", "reason": False},
    {"verdict": 1, "reason": 1.5},
    {"value": 10, "unit": ["years"]},
    {"value": None, "unit": "centuries"},
    {"value": "\x00\ud800"},
    {"matches": {0: 0, "00": 0, "٠": 0, " 0": 0, "0 ": True, "4": 0, "1": 4}},
    {"matches": [0, 1, 2]},
    {"order": "0123"},
    {"order": [True, "1", 9, math.nan]},
    {"blanks": [None, 1, "late"]},
    {"blanks": [["leaves"], {"0": "leaves"}]},
    {"categories": {"0": 2, "1": True, "9": 0}},
    {"replies": [3]},
    {"replies": [True, 0]},
    {"replies": "01"},
]


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_a_canonical_response_is_kept_as_it_is(item_type: str) -> None:
    assert clean(make(item_type), KEYS[item_type]) == KEYS[item_type]


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_hostile_values_are_no_answer(item_type: str) -> None:
    for number, stored in enumerate(HOSTILE):
        assert clean(make(item_type), stored) is None, f"hostile value {number}"


def test_good_parts_are_kept_and_bad_ones_dropped() -> None:
    assert clean(make("multiple"), {"choices": [4, 0, 0, 99, True], "score": 1}) == {"choices": [0, 4]}
    assert clean(make("true-false"), {"verdict": False, "reason": 7}) == {"verdict": False}
    assert clean(make("matching"), {"matches": {"0": 3, "1": 4, "x": 0}}) == {"matches": {"0": 3}}
    assert clean(make("ordering"), {"order": [2, 2, 9, 0, 1]}) == {"order": [2, None, None, 0]}
    assert clean(make("cloze"), {"blanks": [7, "water", "more"]}) == {"blanks": ["", "water"]}
    assert clean(make("scenario"), {"replies": [0, 9, 1]}) == {"replies": [0]}


def test_very_long_lists_cost_no_time() -> None:
    assert clean(make("multiple"), {"choices": [99] * 5_000_000 + [0]}) is None
    assert clean(make("cloze"), {"blanks": ["leaf"] * 5_000_000}) == {"blanks": ["leaf", "leaf"]}


@given(items_with_responses())
def test_cleaning_is_total_and_settles_at_once(case: tuple[Item, Any]) -> None:
    item, raw = case
    kept = clean(item, raw)
    assert clean(item, kept) == kept
    assert kept is None or clean(item, json.loads(json.dumps(kept))) == kept


@given(items(), garbage)
def test_garbage_never_raises(item: Item, raw: Any) -> None:
    clean(item, raw)
    missing(item, raw)


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_nothing_is_missing_from_a_full_answer(item_type: str) -> None:
    assert missing(make(item_type), KEYS[item_type]) == ()


@pytest.mark.parametrize(
    ("item_type", "fields"),
    [
        ("single", ["choice"]),
        ("multiple", ["choices"]),
        ("true-false", ["verdict", "reason"]),
        ("numeric", ["value"]),
        ("matching", ["match-0", "match-1", "match-2"]),
        ("ordering", ["place-0", "place-1", "place-2", "place-3"]),
        ("cloze", ["blank-0", "blank-1"]),
        ("categorise", ["category-0", "category-1", "category-2"]),
        ("scenario", ["reply"]),
    ],
)
def test_every_field_is_missing_from_no_answer(item_type: str, fields: list[str]) -> None:
    assert parts(make(item_type), None) == fields


def test_only_what_is_left_open_is_missing() -> None:
    assert parts(make("true-false"), {"reason": 0}) == ["verdict"]
    assert parts(make("matching"), {"matches": {"1": 0}}) == ["match-0", "match-2"]
    assert parts(make("ordering"), {"order": [3, None, 0, None]}) == ["place-1", "place-2"]
    assert parts(make("cloze"), {"blanks": ["  ", "water"]}) == ["blank-0"]
    assert parts(make("categorise"), {"categories": {"2": 0}}) == ["category-0", "category-1"]
    assert parts(make("scenario"), {"replies": [0]}) == ["reply"]
    assert parts(make("scenario"), {"replies": [2]}) == []
    assert parts(make("numeric", **WITH_UNITS), {"value": "12"}) == ["unit"]


@given(items_with_responses())
def test_fields_are_named_once_each(case: tuple[Item, Any]) -> None:
    found = parts(*case)
    assert len(found) == len(set(found))


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_the_key_earns_full_marks(item_type: str) -> None:
    assert grade(make(item_type), KEYS[item_type]) == 1


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_unanswered_and_hostile_items_earn_nothing(item_type: str) -> None:
    for number, response in enumerate(HOSTILE):
        assert grade(make(item_type), response) == 0, f"hostile value {number}"


def is_key(item: Item, response: dict[str, Any] | None) -> bool:
    """Decide without the rules of grading whether a clean response says what the key says."""
    if response is None:
        return False
    key = key_of(item)
    match item:
        case Single() | Multiple() | TrueFalse() | Matching() | Ordering() | Categorise():
            return bool(response == key)
        case Numeric():
            return says_the_number(item, response.get("value", "")) and response.get("unit") == key.get("unit")
        case Cloze():
            typed = [normalize(text) for text in response["blanks"]]
            accepted = [[normalize(word) for word in blank.accept] for blank in item.blanks]
            return all(text in words for text, words in zip(typed, accepted, strict=True))
        case Scenario():
            return all_best(item, response["replies"])
        case _:
            raise AssertionError(item.type)


def says_the_number(item: Numeric, text: str) -> bool:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return False
    return number.is_finite() and item.answer - item.tolerance <= number <= item.answer + item.tolerance


def all_best(item: Scenario, replies: list[int]) -> bool:
    turns = {turn.id: turn for turn in item.turns}
    waiting: str | None = item.turns[0].id
    for reply in replies:
        if waiting is None or turns[waiting].replies[reply].rating != "best":
            return False
        waiting = turns[waiting].replies[reply].next
    return waiting is None


@given(items_with_responses())
def test_full_marks_are_for_the_key_alone(case: tuple[Item, Any]) -> None:
    item, response = case
    assert (grade(item, response) == 1) == is_key(item, clean(item, response))


@given(items())
def test_the_key_earns_full_marks_for_any_item(item: Item) -> None:
    assert grade(item, key_of(item)) == 1
    assert missing(item, key_of(item)) == ()


@given(items_with_responses())
def test_points_are_a_share(case: tuple[Item, Any]) -> None:
    points = grade(*case)
    assert isinstance(points, float)
    assert 0 <= points <= 1


@given(items(), garbage)
def test_garbage_grades_without_an_exception(item: Item, response: Any) -> None:
    assert 0 <= grade(item, response) <= 1


@given(items_with_responses())
def test_grading_depends_on_the_clean_response_alone(case: tuple[Item, Any]) -> None:
    item, response = case
    assert grade(item, response) == grade(item, clean(item, response))


@given(items_with_responses())
def test_what_is_right_leaves_nothing_missing(case: tuple[Item, Any]) -> None:
    item, response = case
    if grade(item, response) == 1:
        assert missing(item, response) == ()


CHOICE_TYPES = ("single", "multiple", "true-false", "scenario")


def test_a_reason_rests_on_its_own_fact_or_the_first_of_the_item() -> None:
    found = rows("matching", None, facts=["tea.07", "tea.08"])
    assert [row.fact for row in found] == ["tea.07", "tea.02", "tea.07"]
    options = [option("Green"), option("White", key=True) | {"see": "tea.03"}]
    assert [row.fact for row in rows("single", None, options=options)] == ["tea.01", "tea.03"]


@pytest.mark.parametrize("item_type", KEYS)
def test_the_key_is_explained_as_right_throughout(item_type: str) -> None:
    found = rows(item_type, KEYS[item_type])
    if item_type in CHOICE_TYPES:
        assert all((row.verdict == "right") == row.chosen for row in found)
    else:
        assert {row.verdict for row in found} == {"right"}


@given(items_with_responses())
def test_verdicts_and_points_agree(case: tuple[Item, Any]) -> None:
    item, response = case
    found = explain(item, response)
    chosen = [row for row in found if row.chosen or row.given]
    if grade(item, response) == 1:
        assert chosen
        assert all(row.verdict == "right" for row in chosen)
    if item.type not in CHOICE_TYPES:
        assert (grade(item, response) == 1) == all(row.verdict == "right" for row in found)
        assert all((row.verdict == "neutral") != bool(row.given) for row in found)


@given(items(), garbage)
def test_garbage_is_explained_too(item: Item, response: Any) -> None:
    found = explain(item, response)
    assert found
    assert all(row.feedback and (row.text or row.label) and row.fact == "tea.01" for row in found)


SAID = {"text", "feedback", "prompt", "match", "accept", "answers", "says", "true", "false", "low", "high"}
SAID |= {"right", "unit", "distractors", "category"}


def told(value: Any, key: str = "") -> Iterator[str]:
    """Yield every text of an item that a learner may get to see after the question."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from told(inner, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from told(inner, key)
    elif isinstance(value, str) and key in SAID:
        yield value


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_the_answer_key_has_every_answer_and_every_feedback(item_type: str) -> None:
    item = make(item_type)
    shown = " ".join(f"{row.heading} {row.label} {row.text} {row.feedback}" for row in item.answer_key())
    data = item.model_dump(by_alias=True)
    data.pop("text", None)  # the cloze text is shown above its answers
    assert [text for text in told(data) if text not in shown] == []


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_every_answer_of_the_key_rests_on_a_fact(item_type: str) -> None:
    assert all(row.fact for row in make(item_type).answer_key())


@pytest.mark.parametrize(("item_type", "keys"), [("single", 1), ("true-false", 2), ("numeric", 1)])
def test_keys_are_told_from_the_rest(item_type: str, keys: int) -> None:
    verdicts = [row.verdict for row in make(item_type).answer_key()]
    assert verdicts.count("right") == keys
    assert "wrong" in verdicts


def test_a_type_without_one_of_its_methods_cannot_be_made() -> None:
    class Essay(BaseItem[ItemResponse]):
        """A type that does nothing."""

    with pytest.raises(TypeError, match="abstract"):
        Essay(type="essay", id="tea-1", stem="Tea?", facts=("tea.01",))  # type: ignore[abstract]


def test_each_type_says_what_has_to_be_found_out_and_what_it_stands_among() -> None:
    hidden = {item_type: [tuple(key) for key in make(item_type).hidden_keys()] for item_type in ITEM_TYPES}
    assert {item_type: found for item_type, found in hidden.items() if found} == {
        "single": [(("options", 1, "text"), "White", ("Green", "Black"))],
        "multiple": [(("options", n, "text"), text, ("Fork", "Saw", "Hat")) for n, text in ((0, "Cup"), (2, "Pot"))],
        "true-false": [(("reasons", 1, "text"), "The room is colder", ("The pot is shut",))],
        "cloze": [(("blanks", n, "accept", 0), text, ()) for n, text in enumerate(("leaves", "hot water"))],
        "scenario": [
            (("turns", 0, "replies", 0, "text"), "Gladly. Which one?", ("Perhaps.", "No.")),
            (("turns", 1, "replies", 1, "text"), "White tea, then.", ("Drink what there is.",)),
        ],
    }


def test_only_the_list_of_types_names_them_all() -> None:
    """A tenth type is a file of its own and a line in the list: nothing else goes through all types.

    The made-up students of the demo answer by type; to a type that they do not know they give no answer.
    """
    code = [file for file in (ROOT / "learnapp").rglob("*.py") if file.parent.name not in {"types", "demo"}]
    named = {
        file.name: len(set(re.findall(r"learnapp\.quiz\.types\.(\w+)", file.read_text(encoding="utf-8"))))
        for file in code
    }
    assert {name for name, count in named.items() if count > 4} == set()


def test_pieces_of_evidence_stay_in_the_order_of_their_letters() -> None:
    letters = [option("Piece A"), option("Piece B", key=True), option("Piece C")]
    asked = make("single", options=letters, pieces=["A", "B", "C"])
    assert {asked.present("r", seed).order for seed in range(50)} == {(0, 1, 2)}
    plain = make("single", options=letters)
    assert len({plain.present("r", seed).order for seed in range(50)}) == 6


def test_other_options_of_a_question_with_pieces_do_not_stand_in_the_order_of_the_file() -> None:
    for texts in (
        ("It falls", "It stands", "Nobody knows"),
        ("Piece B", "Piece A", "Piece C"),
        ("Piece A", "None", "B"),
    ):
        asked = make("single", options=[option(text, key=text == texts[1]) for text in texts], pieces=["A", "B"])
        assert len({asked.present("r", seed).order for seed in range(50)}) == 6


@pytest.mark.parametrize("item_type", ["matching", "ordering", "categorise", "true-false"])
def test_what_a_question_with_pieces_has_in_place_of_options_is_shuffled(item_type: str) -> None:
    asked, plain = make(item_type, pieces=["A", "B"]), make(item_type)
    orders = [(asked.present("r", seed).order, plain.present("r", seed).order) for seed in range(20)]
    assert all(one == other for one, other in orders)
    assert len(set(orders)) > 1
