"""Models accept what can be asked and graded, and tell authors what to do about the rest."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from learnapp.quiz.items import ITEM, ITEM_TYPES, Matching, Numeric, TrueFalse
from tests.quiz.samples import SAMPLES, WHY, WITH_UNITS, blank, make, option, raw, reply


def complaint(item_type: str, **changes: Any) -> str:
    """Return what is said about a sample item with these changes."""
    with pytest.raises(ValidationError) as caught:
        make(item_type, **changes)
    return str(caught.value)


def turn(name: str, *replies: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "says": "Tea?", "replies": list(replies)}


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


@pytest.mark.parametrize(
    "slug", ["Tea", "tea_1", "-tea", "tea-", "tea--one", "tea\n", "../tea", "té", "t" * 81, ""]
)
def test_an_id_is_a_slug(slug: str) -> None:
    assert "use small letters, digits and single hyphens" in complaint("single", id=slug)


@pytest.mark.parametrize("fact", ["tea", "tea.1", "tea.001", "Tea.01", "tea.٠١", "tea.01\n", ".01"])
def test_a_fact_is_named_by_section_and_number(fact: str) -> None:
    assert "name a fact as section.number" in complaint("single", facts=[fact])


def test_text_is_trimmed_and_kept_on_its_lines() -> None:
    assert make("single", stem="  One\ntwo \n").stem == "One\ntwo"


def test_text_that_no_page_can_show_is_refused() -> None:
    assert "remove the control character" in complaint("single", stem="bell \x07")
    assert "shorten this text to 2,000 characters" in complaint("single", stem="x" * 2001)


def test_single_needs_exactly_one_key() -> None:
    two = [option("A", key=True), option("B", key=True)]
    assert "mark exactly one option with `key: true`; 2 marked" in complaint("single", options=two)
    assert "none marked" in complaint("single", options=[option("A"), option("B")])


def test_multiple_needs_a_key_and_something_else() -> None:
    assert "none is marked" in complaint("multiple", options=[option("A"), option("B")])
    both = [option("A", key=True), option("B", key=True)]
    assert "leave at least one option without" in complaint("multiple", options=both)


def test_options_that_read_the_same_are_refused() -> None:
    twice = [option("Green tea", key=True), option("green  Tea")]
    assert "make the options differ" in complaint("single", options=twice)
    assert "make the options differ" in complaint("multiple", options=twice)
    assert "make the reasons differ" in complaint("true-false", reasons=twice)


def test_true_false_needs_one_reason_as_key() -> None:
    assert "mark exactly one reason" in complaint("true-false", reasons=[option("A"), option("B")])


def test_unquoted_true_and_false_in_yaml_name_the_verdicts() -> None:
    item = make("true-false", feedback={True: "Yes.", False: "No."})
    assert isinstance(item, TrueFalse)
    assert (item.feedback.if_true, item.feedback.if_false) == ("Yes.", "No.")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (10, "10"),
        (10.0, "10"),
        (0.1, "0.1"),
        ("2.50", "2.5"),
        (Decimal("1E+2"), "100"),
        ("1,000", "1000"),
        (-0.0, "0"),
    ],
)
def test_an_amount_is_exact_and_has_one_form(written: object, read: str) -> None:
    item = make("numeric", answer=written)
    assert isinstance(item, Numeric)
    assert str(item.answer) == read


@pytest.mark.parametrize(
    "written",
    [
        True,
        None,
        "ten",
        "1e5",
        float("nan"),
        float("inf"),
        1e300,
        10**5000,
        "9" * 21,
        Decimal("1E+999999"),
        "NaN",
        [1],
    ],
    ids=lambda written: type(written).__name__,
)
def test_an_amount_that_nobody_would_type_is_refused(written: object) -> None:
    assert "write a plain number of at most 20 digits" in complaint("numeric", answer=written)


def test_a_tolerance_is_not_negative() -> None:
    assert "write `tolerance` as 0 or more" in complaint("numeric", tolerance=-1)


def test_units_to_choose_from_hold_the_right_one() -> None:
    assert "put the right unit in `unit`" in complaint("numeric", **WITH_UNITS | {"unit": "Years"})
    assert "at least two `units`" in complaint("numeric", **WITH_UNITS | {"units": ["years"]})
    assert "make the units differ" in complaint("numeric", **WITH_UNITS | {"units": ["years", "Years"]})


def test_units_to_choose_from_need_their_feedback() -> None:
    feedback = {"right": WHY, "low": WHY, "high": WHY}
    assert "add `unit` to the feedback" in complaint("numeric", **WITH_UNITS | {"feedback": feedback})


def test_a_match_belongs_to_one_prompt() -> None:
    pairs = SAMPLES["matching"]["pairs"]
    assert "use `categorise`" in complaint("matching", distractors=["Holds tea"])
    assert "make the prompts differ" in complaint(
        "matching", pairs=[*pairs, {**pairs[0], "match": "is round"}]
    )


def test_matches_count_the_pairs_first_and_then_the_distractors() -> None:
    item = make("matching")
    assert isinstance(item, Matching)
    assert item.matches == ("holds tea", "boils water", "keeps leaves back", "cuts bread")


def test_entries_to_order_can_be_told_apart() -> None:
    entries = [{"text": "Boil", "feedback": WHY}, {"text": "boil", "feedback": WHY}]
    assert "make the entries differ" in complaint("ordering", entries=entries)


@pytest.mark.parametrize(
    "text", ["None.", "[[1]]", "[[2]] [[1]]", "[[1]] [[2]] [[2]]", "[[1]] [[3]]", "[[1]] [[02]]"]
)
def test_blanks_are_marked_once_each_in_reading_order(text: str) -> None:
    assert "mark [[1]], [[2]] in `text`, once each" in complaint("cloze", text=text)


def test_answers_that_compare_alike_are_refused() -> None:
    assert "blank 1: remove one “The Leaf.”" in complaint(
        "cloze", blanks=[blank("leaf", "The Leaf."), blank("x")]
    )
    assert "blank 2: remove one “Water”" in complaint(
        "cloze", blanks=[blank("x"), blank("water", wrong=("Water",))]
    )


def test_an_answer_can_be_typed() -> None:
    assert "learners have to type it" in complaint("cloze", blanks=[blank("x" * 81), blank("x")])
    assert "nothing of it is compared" in complaint("cloze", blanks=[blank("\u200b"), blank("x")])


def test_an_entry_names_one_of_the_categories() -> None:
    message = complaint("categorise", categories=["Shelf", "fridge"])
    assert "choose one of `categories` for “Milk”" in message
    assert "“Fridge” is not among them" in message


def test_categories_and_entries_can_be_told_apart() -> None:
    entries = SAMPLES["categorise"]["entries"]
    assert "make the categories differ" in complaint("categorise", categories=["Shelf", "Fridge", "fridge"])
    assert "make the entries differ" in complaint("categorise", entries=[*entries, entries[0]])


def test_each_turn_can_be_done_well() -> None:
    turns = [turn("start", reply("Hm", "weak"), reply("No", "worse"))]
    assert "rate at least one reply of turn start as `best`" in complaint("scenario", turns=turns)


def test_a_reply_leads_to_a_turn_that_is_there() -> None:
    turns = [turn("start", reply("Yes", "best", "nowhere"), reply("No", "worse"))]
    assert "write the id of a turn after `next` in turn start; nowhere is none" in complaint(
        "scenario", turns=turns
    )


def test_a_turn_that_nothing_leads_to_is_refused() -> None:
    end = (reply("Yes", "best"), reply("No", "worse"))
    assert "let a reply lead to turn lost" in complaint(
        "scenario", turns=[turn("start", *end), turn("lost", *end)]
    )


def test_a_conversation_that_goes_in_circles_is_refused() -> None:
    turns = [
        turn("start", reply("Yes", "best", "one"), reply("No", "worse")),
        turn("one", reply("Yes", "best", "two"), reply("No", "worse")),
        turn("two", reply("Yes", "best", "one"), reply("No", "worse")),
    ]
    assert "one -> two -> one" in complaint("scenario", turns=turns)


def test_turns_and_replies_can_be_told_apart() -> None:
    end = (reply("Yes", "best"), reply("No", "worse"))
    assert "give each turn its own `id`" in complaint(
        "scenario", turns=[turn("start", *end), turn("start", *end)]
    )
    same = turn("start", reply("Yes", "best"), reply("YES", "worse"))
    assert "make the replies of turn start differ" in complaint("scenario", turns=[same])


def test_two_paths_may_meet_in_one_turn() -> None:
    end = (reply("Yes", "best"), reply("No", "worse"))
    turns = [
        turn("start", reply("Left", "best", "left"), reply("Right", "weak", "right")),
        turn("left", reply("On", "best", "end"), reply("Stop", "weak")),
        turn("right", reply("On", "best", "end"), reply("Stop", "weak", "left")),
        turn("end", *end),
    ]
    assert make("scenario", turns=turns).type == "scenario"


def test_an_unknown_type_is_refused() -> None:
    with pytest.raises(ValidationError, match="essay"):
        ITEM.validate_python({**raw("single"), "type": "essay"})
