"""The page on item types says what the engine does: its examples are read, its points are earned."""

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import pytest
from ruamel.yaml import YAML

from learnapp.quiz.behaviours import Behaviour
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import Quiz
from learnapp.quiz.types import ITEM_TYPES
from tests.quiz.answers import clean, explain, grade
from tests.quiz.samples import ITEM

PAGE = (Path(__file__).parents[2] / "docs" / "item-types.md").read_text(encoding="utf-8")


def section(name: str) -> str:
    match = re.search(rf"^## {re.escape(name)}$(.*?)(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert match, f"docs/item-types.md has no section {name}"
    return match[1]


def yaml_of(text: str, fence: str = "yaml") -> Any:
    match = re.search(rf"^```{fence}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    assert match, "no YAML example"
    return YAML(typ="safe").load(match[1])


def example(item_type: str) -> Item:
    return ITEM.validate_python(yaml_of(section(item_type)))


def words(text: str) -> str:
    return " ".join(text.split())


def test_the_page_lists_every_type_that_the_engine_knows() -> None:
    assert all(f"`{item_type}`" in section("What all items have") for item_type in ITEM_TYPES)


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_each_type_has_a_section_whose_example_is_of_that_type(item_type: str) -> None:
    assert example(item_type).type == item_type


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_the_rule_on_the_page_is_the_one_in_the_docstring(item_type: str) -> None:
    docstring = example(item_type).grade.__doc__ or ""
    rule = words(docstring).split(" Part: ")[0].split(" Parts: ")[0]

    assert rule.startswith(f"Give {item_type} ")
    assert f"Rule: {rule}" in words(section(item_type))


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_each_response_on_the_page_earns_the_points_beside_it(item_type: str) -> None:
    item = example(item_type)
    rows = re.findall(r"^\| `(.+)` \| ([\d./]+) \|$", section(item_type), re.MULTILINE)
    earned = {text: grade(item, json.loads(text)) for text, _ in rows}

    assert earned == {text: float(Fraction(points)) for text, points in rows}
    assert {0.0, 1.0} <= set(earned.values())


@pytest.mark.parametrize("item_type", ITEM_TYPES)
def test_each_response_on_the_page_is_in_canonical_form(item_type: str) -> None:
    item = example(item_type)
    responses = re.findall(r"^\| `(.+)` \| [\d./]+ \|$", section(item_type), re.MULTILINE)
    assert responses
    for text in responses:
        assert clean(item, json.loads(text)) == json.loads(text)
        assert explain(item, json.loads(text))


def test_the_quiz_on_the_page_can_be_loaded() -> None:
    quiz = Quiz.model_validate(yaml_of(PAGE, "yaml quiz"))
    assert (quiz.behaviour, quiz.pass_mark, len(quiz.items), len(quiz.short)) == ("immediate", 70, 1, 1)


def test_the_page_names_every_setting_behaviour_and_key_that_all_items_have() -> None:
    common = section("What all items have")
    for name in Quiz.model_fields:
        assert f"{name}:" in common
    for name in ("type", "id", "stem", "facts", "review", "hints"):
        assert f"| `{name}` |" in common
    for behaviour in get_args(Behaviour):
        assert f"**{behaviour}**" in section("Behaviours")
