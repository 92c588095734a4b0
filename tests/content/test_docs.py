"""The reference in docs/ names all that authors can write and all that the check can say."""

import ast
import re

import pytest
from pydantic import BaseModel

from learnapp.config.settings import ROOT
from learnapp.content.load.marks import LEFTOVERS
from learnapp.content.load.schemas import MODELS

FORMAT = (ROOT / "docs" / "content-format.md").read_text(encoding="utf-8")
# The rules of load/marks.py besides those of its table.
MARKS = {"markup-attribute", "markup-inline", "markup-sign", "plain-text"}
REPORTING = {"error", "warning", "refuse"}


def rules_in_code() -> set[str]:
    """Find the rule names that are reported anywhere in the content package."""
    found = {rule for _, rule, _ in LEFTOVERS} | MARKS
    for file in (ROOT / "learnapp" / "content").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in REPORTING:
                found |= {str(one.value) for one in node.args[1:2] if isinstance(one, ast.Constant)}
    return found


def test_every_rule_is_documented() -> None:
    rules = rules_in_code()

    assert len(rules) > 60
    assert {rule for rule in rules if f"`{rule}`" not in FORMAT} == set()


def test_no_rule_is_documented_that_is_gone() -> None:
    listed = re.findall(
        r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \|", FORMAT.partition("## What the check says")[2], re.MULTILINE
    )

    named = {rule.strip("` ") for row in listed for rule in row.split(",")}
    assert named - rules_in_code() == set()


def keys_of(model: type[BaseModel]) -> set[str]:
    schema = model.model_json_schema()
    return {key for part in (schema, *schema.get("$defs", {}).values()) for key in part.get("properties", {})}


@pytest.mark.parametrize("name", MODELS)
def test_every_key_of_every_file_is_documented(name: str) -> None:
    missing = {key for key in keys_of(MODELS[name]) if not re.search(rf"\b{key}\b", FORMAT)}

    assert missing == set()


def test_the_lesson_of_the_guide_is_sound() -> None:
    """What docs/writing-lessons.md shows can be copied: its lesson body has no problem of form."""
    from learnapp.content.load.body import read_body
    from learnapp.content.problems import Report

    guide = (ROOT / "docs" / "writing-lessons.md").read_text(encoding="utf-8")
    bodies = re.findall(r"```markdown\n(.*?)```", guide, re.DOTALL)
    report = Report()
    for body in bodies:
        read_body(body, "guide.md", 1, report)

    assert bodies
    assert report.problems == ()
