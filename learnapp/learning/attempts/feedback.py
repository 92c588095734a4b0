"""A question as a page shows it after submission: every answer with its verdict, its reason and a link.

Call `judge` only where `slot.feedback` allows it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from learnapp.content.ages import AgeAccess
from learnapp.content.blocks import Card, Paragraphs, VoiceNote
from learnapp.content.catalog import Catalog, Lesson
from learnapp.learning.attempts.question import marked
from learnapp.learning.attempts.store import Slot
from learnapp.learning.models import SHORT
from learnapp.quiz.conversation import next_turn, steps
from learnapp.quiz.feedback import Explanation, explain
from learnapp.quiz.items import Categorise, Item, Matching, Multiple, Ordering, Scenario, Single, TrueFalse

Rows = Sequence[Explanation]


@dataclass(frozen=True, slots=True)
class Link:
    """Where to read it."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One option or part: `look` is right, wrong or plain, and `verdict` says so in words.

    `label` is what was asked (a prompt, an entry); `text` is the option, or the right answer where it does
    not stand in the label; `given` says what the learner filled in that was not right.
    """

    look: str
    verdict: str
    chosen: bool
    label: Markup | None
    text: Markup | None
    given: Markup | None
    why: Markup
    link: Link | None


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that belong together; `heading` tells groups apart where there are several."""

    heading: Markup | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of an answered question: how it went in words, its rows, and the voices it rests on."""

    slot: Slot
    stem: Markup
    right: bool
    words: str
    groups: tuple[Group, ...]
    notes: tuple[VoiceNote, ...]


def judge(catalog: Catalog, slot: Slot, access: AgeAccess) -> Verdict:
    """Return the verdict on a submitted answer, its options in the order in which they were shown.

    Links lead only to what the reader's age band may be shown.
    """
    lesson = catalog.lesson_by_key(slot.head.lesson)
    rows = as_shown(slot, explain(slot.item, slot.state.response))
    groups = tuple(
        Group(_heading(slot.item, key), tuple(_row(catalog, lesson, slot, one, access) for one in found))
        for key, found in groupby(rows, key=lambda one: _group(slot.item, one))
    )
    points = slot.state.points or 0.0
    notes = _notes(lesson, slot.item.facts[0]) if lesson else ()
    return Verdict(slot, marked(slot.item.stem), points >= 1, _words(slot, points), groups, notes)


def points_text(points: float) -> str:
    """Return marks as readers expect them: 5, 4.5, 0.67."""
    return f"{points:.2f}".rstrip("0").rstrip(".")


def as_shown(slot: Slot, rows: Rows) -> Rows:
    """Bring explanations from the order of the file into the order of the page."""
    item, shown = slot.item, slot.presentation.shown
    match item:
        case Single() | Multiple() | Categorise():
            return [rows[i] for i in shown]
        case TrueFalse():
            return [*rows[:2], *(rows[2 + i] for i in shown)]
        case Scenario():
            replies = (slot.state.response or {}).get("replies")
            turns = [turn for turn, _reply in steps(item, replies)]
            if (waiting := next_turn(item, replies)) is not None:
                turns.append(waiting)
            found: list[Explanation] = []
            for part, turn in enumerate(turns):
                mine = [row for row in rows if row.part == part]
                found += [mine[i] for i in slot.presentation.replies[turn]]
            return found
        case _:
            return rows


def _group(item: Item, row: Explanation) -> tuple[int, str] | None:
    return (row.part, row.label) if isinstance(item, Scenario | TrueFalse) else None


def _heading(item: Item, key: tuple[int, str] | None) -> Markup | None:
    if key is None:
        return None
    if isinstance(item, TrueFalse):
        return Markup.escape(_("True or false") if key[1] == "verdict" else _("The reason"))
    return marked(key[1])


def _row(catalog: Catalog, lesson: Lesson | None, slot: Slot, one: Explanation, access: AgeAccess) -> Row:
    item = slot.item
    options = isinstance(item, Single | Multiple | TrueFalse | Scenario)
    look = "wrong" if one.chosen and one.verdict == "wrong" else "plain"
    if one.verdict == "right":
        look = "right"
    return Row(
        look=look,
        verdict=_verdict(item, one),
        chosen=one.chosen and options,
        label=None if options else _label(item, one),
        text=_text(item, one),
        given=_given(item, one) if not options and one.verdict == "wrong" else None,
        why=marked(one.why),
        link=_link(catalog, lesson, slot, one, access),
    )


def _verdict(item: Item, one: Explanation) -> str:
    words: dict[str, str] = {"right": _("Right"), "neutral": _("Not answered"), "wrong": _("Not right")}
    if isinstance(item, Scenario):
        words = {"right": _("Works well"), "neutral": _("Could work better"), "wrong": _("Does not help")}
    elif isinstance(item, Multiple) and not one.chosen:
        words["right"] = _("Right, but not in your answer")
    return words[one.verdict]


def _label(item: Item, one: Explanation) -> Markup | None:
    if isinstance(item, Ordering):
        return Markup("{}. {}").format(one.label, marked(one.text))
    named = {"number": _("The number"), "unit": _("The unit")}
    if one.label in named:
        return Markup.escape(named[one.label])
    return Markup.escape(_("Gap %(number)s", number=one.label)) if item.type == "cloze" else marked(one.label)


def _text(item: Item, one: Explanation) -> Markup | None:
    if isinstance(item, Ordering):
        return None
    if isinstance(item, TrueFalse) and one.label == "verdict":
        return Markup.escape(_("True") if one.text == "true" else _("False"))
    return marked(one.text)


def _given(item: Item, one: Explanation) -> Markup:
    """Say what the learner filled in; what they typed is never Markdown."""
    if isinstance(item, Ordering):
        return Markup.escape(_("You put it at place %(number)s.", number=one.given))
    words = marked(one.given) if isinstance(item, Matching | Categorise) else Markup.escape(one.given)
    return Markup.escape(_("Your answer: %(words)s", words=words.striptags()))


def _words(slot: Slot, points: float) -> str:
    words: str = _("Partly right.") if points > 0 else _("Not quite.")
    if isinstance(slot.item, Scenario):
        words = _("Here is what each reply would have done.")
    elif points >= 1:
        words = _("That is right.")
    elif slot.state.response is None:
        words = _("Not answered.")
    return words


def _link(
    catalog: Catalog, lesson: Lesson | None, slot: Slot, one: Explanation, access: AgeAccess
) -> Link | None:
    if lesson is None:
        return None
    found = catalog.paragraph_of(one.see, lesson, short=slot.head.kind == SHORT, shown=access.can_show)
    if found is None:
        return None
    taught, anchor, number = found
    href = url_for("lessons.lesson", module=taught.module, lesson=taught.slug, _anchor=anchor)
    if taught.key != lesson.key:
        return Link(href, _("Read paragraph %(number)s of “%(title)s”", number=number, title=taught.title))
    if one.verdict == "right":
        return Link(href, _("See where it says so, paragraph %(number)s", number=number))
    return Link(href, _("Read paragraph %(number)s again", number=number))


def _notes(lesson: Lesson, fact: str) -> tuple[VoiceNote, ...]:
    """Return the margin notes of the paragraph that teaches a fact, as the lesson shows them."""
    for section in lesson.body:
        for block in section.blocks:
            groups = block.blocks if isinstance(block, Card) else (block,)
            for group in groups:
                if isinstance(group, Paragraphs) and any(fact in one.facts for one in group.items):
                    return group.notes
    return ()
