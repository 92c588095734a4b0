"""A copy of the course in which all that is gated carries a word of its own, to be looked for in answers."""

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from learnapp.config.settings import ROOT
from learnapp.content.blocks import Card
from learnapp.content.catalog import Catalog, Lesson
from learnapp.quiz.item import Item
from tests.courses.real import load_once

# Other content can be tried: LEARNAPP_TEST_CONTENT=folder pytest tests/learning/test_course.py
CONTENT = Path(os.environ.get("LEARNAPP_TEST_CONTENT") or ROOT)
CANARY = re.compile(r"xkanari\d+[ci]", re.IGNORECASE)
SAID = {"stem", "text", "says", "feedback", "hints"}
ADVISORY = re.compile(r"^advisory_cards: (?:>-$\n)?(?!>)", re.MULTILINE)
PARTS = re.compile(r"^::: card .*?^:::$", re.MULTILINE | re.DOTALL)


def card_canary(number: int) -> str:
    """Return the word in the gated cards of the lesson with this number in the course."""
    return f"xkanari{number}c"


def item_canary(number: int) -> str:
    """Return the word in the items of the lesson that rest on its gated facts."""
    return f"xkanari{number}i"


def copy_with_canaries(target: Path) -> None:
    """Copy the content and put the words in; `check_canaries` looks at what is made of it."""
    for part in ("modules", "quizzes"):
        shutil.copytree(CONTENT / part, target / part)
    catalog = load_once(CONTENT).catalog
    assert catalog is not None, f"the content in {CONTENT} cannot be loaded"
    for number, lesson in numbered(catalog):
        if lesson.gated:
            _mark_cards(target / "modules" / f"{lesson.key}.md", lesson, card_canary(number))
            _mark_advisory(target / "modules" / f"{lesson.key}.md", card_canary(number))
            _mark_items(target / "quizzes" / f"{lesson.key}.yaml", lesson, item_canary(number))


def check_canaries(catalog: Catalog) -> None:
    """Fail where a gated thing was missed or another one was hit, or where nothing is gated."""
    assert any(lesson.gated for _number, lesson in numbered(catalog)), "nothing is gated, so nothing is shown"
    for number, lesson in numbered(catalog):
        for card, gated in cards(lesson):
            for one in (card.title, *(paragraph.html for block in card.blocks for paragraph in block.items)):
                assert (card_canary(number) in one) is gated, (lesson.key, card.anchor)
        for item in items(lesson):
            assert (item_canary(number) in item.stem) is rests_on_gated(lesson, item), (lesson.key, item.id)
        if lesson.gated and lesson.advisory:
            assert card_canary(number) in (lesson.advisory_cards or ""), lesson.key
        open_texts = (lesson.advisory, lesson.title, lesson.lead, lesson.end.key_points, lesson.short, lesson.short_end)
        shown = CANARY.findall(repr(open_texts))
        assert not shown, lesson.key


def numbered(catalog: Catalog) -> Iterator[tuple[int, Lesson]]:
    """Yield the lessons of all courses, counted from 1."""
    lessons = (lesson for course in catalog.courses.values() for lesson in course.lessons)
    return enumerate(lessons, 1)


def cards(lesson: Lesson) -> Iterator[tuple[Card, bool]]:
    """Yield every card of a lesson with whether it is gated."""
    for block in (block for section in lesson.body for block in section.blocks):
        if isinstance(block, Card):
            yield block, block.gated


def items(lesson: Lesson) -> tuple[Item, ...]:
    """Return every item of a lesson, the short quiz's last."""
    return lesson.quiz.items + (lesson.short_quiz.items if lesson.short_quiz else ())


def rests_on_gated(lesson: Lesson, item: Item) -> bool:
    return not set(lesson.gated).isdisjoint(item.facts)


def _mark_cards(file: Path, lesson: Lesson, word: str) -> None:
    gated = {card.title for card, is_gated in cards(lesson) if is_gated}

    def marked(found: re.Match[str]) -> str:
        summary, *lines = found[0].splitlines()
        if summary.removeprefix("::: card ").strip() not in gated:
            return found[0]
        ends = (line if not line.strip() or line.startswith(("{", ":::")) else f"{line} {word}." for line in lines)
        return "\n".join([f"{summary} {word}", *ends])

    file.write_text(PARTS.sub(marked, file.read_text(encoding="utf-8")), encoding="utf-8")


def _mark_advisory(file: Path, word: str) -> None:
    text = file.read_text(encoding="utf-8")
    file.write_text(ADVISORY.sub(rf"\g<0>  {word} ", text), encoding="utf-8")


def _mark_items(file: Path, lesson: Lesson, word: str) -> None:
    yaml = YAML()
    yaml.preserve_quotes = True
    data = yaml.load(file)
    for item in (*data["items"], *data.get("short", ())):
        if not set(lesson.gated).isdisjoint(item["facts"]):
            _mark(item, word)
    yaml.dump(data, file)


def _mark(node: Any, word: str, inside: bool = False) -> None:
    """Put the word into every text that learners may read."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in list(pairs):
        said = inside or key in SAID
        if isinstance(value, str):
            if said:
                node[key] = DoubleQuotedScalarString(f"{value} {word}")
        elif isinstance(value, dict | list):
            _mark(value, word, said)
