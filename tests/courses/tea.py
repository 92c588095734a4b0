"""A small course about tea, for stories about learning; `lesson` changes what a story needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from learnapp.content.blocks import BodySection, Card, Paragraph, Paragraphs
from learnapp.content.catalog import Ages, Course, Lesson, Module
from learnapp.quiz.items import Item
from learnapp.quiz.quiz import Quiz, QuizForm, main_form, short_form
from tests.quiz.samples import KEYS, make

TYPES = tuple(KEYS)


def quiz(*items: Item, **settings: Any) -> QuizForm:
    """Make a quiz, of one item of each type unless told otherwise."""
    return main_form(Quiz(items=items or tuple(make(one) for one in TYPES), **settings))


def short_quiz(*items: Item) -> QuizForm:
    """Make a lesson's short quiz."""
    made = short_form(Quiz(items=(make("single"),), short=items or (make("single", id="short-single"),)))
    assert made is not None
    return made


def paragraphs(first: int, *texts: str) -> Paragraphs:
    """Make paragraphs p<first>, p<first + 1>, ... with these texts."""
    items = (Paragraph(n, f"p{n}", text, n == 1, ("tea.01",)) for n, text in enumerate(texts, start=first))
    return Paragraphs(tuple(items), (), ())


def words(count: int) -> str:
    return " ".join(["tea"] * count)


BODY = (
    BodySection("leaves", "Leaves", ("tea",), (paragraphs(1, words(100), words(100)),)),
    BodySection(
        "water",
        "Water",
        ("tea",),
        (
            Card("Scalds", "card-1", (3,), (paragraphs(3, words(100)),), ("tea.02",), gated=False),
            paragraphs(4, words(100)),
        ),
    ),
)


def lesson(slug: str = "1-leaf", module: str = "1-tea", **changes: Any) -> Lesson:
    """Make a lesson of 400 words, 8 minutes and nine items (8 minutes)."""
    made = Lesson(
        module=module,
        slug=slug,
        number=1,
        title=slug[2:].title(),
        lead="About tea.",
        minutes=8,
        sections=("tea",),
        facts=("tea.01", "tea.02"),
        objectives=("Make tea",),
        sensitivity="none",
        age=Ages(12, 12, teacher_release=False),
        gated=(),
        skip=(),
        advisory=None,
        advisory_cards=None,
        key_points=("Warm the pot",),
        rests=(),
        rests_note=None,
        body=BODY,
        short=(),
        pause_html=None,
        quiz=quiz(),
        short_quiz=None,
        words=400,
    )
    return replace(made, **changes)


def strong_lesson(**changes: Any) -> Lesson:
    """Make a lesson with a short version of one minute and its own quiz."""
    short = (paragraphs(1, words(130)),)
    return lesson(**{"sensitivity": "strong", "short": short, "short_quiz": short_quiz(), **changes})


def course(*lessons: Lesson, sequencing: Any = "sequential") -> Course:
    """Make a course of one module a module name, with these lessons or three usual ones."""
    given = lessons or (lesson("1-leaf"), lesson("2-water"), lesson("3-cup"))
    slugs = dict.fromkeys(one.module for one in given)
    modules = tuple(
        Module(slug, number, slug[2:].title(), "", tuple(one for one in given if one.module == slug))
        for number, slug in enumerate(slugs, start=1)
    )
    return Course("tea", "Tea", "All about tea.", sequencing, modules)
