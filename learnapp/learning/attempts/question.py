"""A question as a page shows it before it is submitted: fields to fill, in the order this learner sees.

Built from the item's question side alone. Keys, accepted answers, ratings and feedback never come in here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import assert_never

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from learnapp.content.load.markdown import inline
from learnapp.learning.attempts.forms import Fields, as_fields
from learnapp.learning.attempts.store import Slot
from learnapp.quiz.conversation import next_turn, steps
from learnapp.quiz.items import (
    BLANK,
    Categorise,
    Cloze,
    Matching,
    Multiple,
    Numeric,
    Ordering,
    Scenario,
    Single,
    TrueFalse,
)
from learnapp.quiz.responses import Missing

MESSAGES = {
    "choose-one": _l("Choose one answer"),
    "choose-some": _l("Choose at least one answer"),
    "choose-verdict": _l("Say whether it is true or false"),
    "choose-reason": _l("Choose the reason"),
    "enter-number": _l("Enter a number"),
    "use-digits": _l("Enter the number in digits, such as 12"),
    "choose-unit": _l("Choose a unit"),
    "choose-match": _l("Choose a match for “%(label)s”"),
    "choose-place": _l("Choose a place of its own for “%(label)s”"),
    "fill-blank": _l("Write a word in %(label)s"),
    "choose-category": _l("Choose a group for “%(label)s”"),
    "choose-reply": _l("Choose what to say"),
}
# Said once where every row of a question lacks its answer; `num` is how many rows it has.
ALL_ROWS = {
    "matching": _l("Choose a match for each of the %(num)s"),
    "ordering": _l("Choose a place of its own for each of the %(num)s"),
    "cloze": _l("Write a word in each of the %(num)s gaps"),
    "categorise": _l("Choose a group for each of the %(num)s"),
}
TASKS = {
    "single": _l("Choose one answer."),
    "multiple": _l("Choose every answer that is right."),
    "matching": _l("Choose a match for each. Use each one once."),
    "ordering": _l("Give each its place; 1 comes first."),
    "cloze": _l("Fill each gap. Capitals do not matter."),
    "categorise": _l("Choose a group for each."),
}
SOME_ROWS = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to choose; `value` is what the browser sends."""

    value: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Field:
    """Something to fill: `kind` is radios, checks, select, number or blank; `given` is what it holds now."""

    kind: str
    name: str
    label: Markup
    choices: tuple[Choice, ...] = ()
    given: tuple[str, ...] = ()
    error: str | None = None

    @property
    def text(self) -> str:
        """Return what a field of one line holds."""
        return self.given[0] if self.given else ""

    @property
    def spoken(self) -> str:
        """Return what is filled in, in words."""
        chosen = [str(choice.text.striptags()) for choice in self.choices if choice.value in self.given]
        return "; ".join(chosen) if self.choices else self.text


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a conversation so far: what the other person says, and the reply that was given."""

    says: Markup
    reply: Markup | None


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be answered: its slot, its stem, its task in a sentence, its fields or conversation."""

    slot: Slot
    stem: Markup
    task: str | None
    fields: tuple[Field, ...]
    pieces: tuple[Markup | Field, ...] = ()
    talk: tuple[Said, ...] = ()

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the field, what is wrong) for the summary on top; one line where all rows lack it."""
        found = [(field.name, field.error) for field in self.fields if field.error]
        whole = ALL_ROWS.get(self.slot.item.type)
        if whole is None or len(found) < max(len(self.fields), SOME_ROWS):
            return found
        return [(self.fields[0].name, str(whole) % {"num": len(found)})]

    @property
    def filled(self) -> list[tuple[str, str]]:
        """Return (label, what is filled in) for every field that holds something, in words."""
        return [(str(field.label.striptags()), field.spoken) for field in self.fields if field.spoken]

    @property
    def hints(self) -> list[Markup]:
        """Return the hints taken so far."""
        return [marked(hint) for hint in self.slot.item.hints[: self.slot.state.hints]]

    @property
    def hint_left(self) -> bool:
        return self.slot.state.hints < len(self.slot.item.hints)


def ask(slot: Slot, typed: Fields | None = None, missing: Iterable[Missing] = ()) -> Question:
    """Return the slot's question holding what was typed, or else what is stored, with what is missing."""
    item, shown = slot.item, slot.presentation.shown
    held = as_fields(slot.wire) if typed is None else typed
    lacks = {gap.part: gap.message_key for gap in missing}

    def field(kind: str, name: str, label: Markup, choices: Sequence[Choice] = ()) -> Field:
        error = _message(lacks[name], label) if name in lacks else None
        return Field(kind, name, label, tuple(choices), tuple(held.getlist(name)), error)

    def rows(name: str, labels: Iterable[str], choices: Sequence[Choice]) -> list[Field]:
        return [field("select", f"{name}-{i}", marked(label), choices) for i, label in enumerate(labels)]

    stem = marked(item.stem)
    fields: list[Field] = []
    pieces: list[Markup | Field] = []
    talk: tuple[Said, ...] = ()
    match item:
        case Single():
            fields = [field("radios", "choice", stem, _choices(item.options[i].text for i in shown))]
        case Multiple():
            fields = [field("checks", "choices", stem, _choices(item.options[i].text for i in shown))]
        case TrueFalse():
            verdicts = [Choice("true", Markup.escape(_("True"))), Choice("false", Markup.escape(_("False")))]
            reasons = _choices(item.reasons[i].text for i in shown)
            fields = [
                field("radios", "verdict", stem, verdicts),
                field("radios", "reason", Markup.escape(_("What is the reason?")), reasons),
            ]
        case Numeric():
            fields = [field("number", "value", stem)]
            if item.units:
                units = [Choice(item.units[i], marked(item.units[i])) for i in shown]
                fields.append(field("select", "unit", Markup.escape(_("Unit")), units))
        case Matching():
            matches = _choices(item.matches[i] for i in shown)
            fields = rows("match", (pair.prompt for pair in item.pairs), matches)
        case Ordering():
            ranks = [Choice(str(n), Markup.escape(n)) for n in range(1, len(shown) + 1)]
            fields = rows("place", (item.entries[i].text for i in shown), ranks)
        case Cloze():
            fields = [
                field("blank", f"blank-{i}", Markup.escape(_("gap %(number)s", number=i + 1)))
                for i in range(len(item.blanks))
            ]
            texts = map(marked, BLANK.split(item.text)[::2])
            pieces = [piece for pair in zip(texts, [*fields, None], strict=True) for piece in pair if piece]
        case Categorise():
            fields = rows("category", (item.entries[i].text for i in shown), _choices(item.categories))
        case Scenario():
            talk, replies = _talk(slot, item)
            asked = Markup.escape(_("What do you say?"))
            fields = [field("radios", "reply", asked, replies)] if replies else []
        case _:
            assert_never(item)
    task = TASKS.get(item.type)
    return Question(slot, stem, task and str(task), tuple(fields), tuple(pieces), talk)


def marked(text: str) -> Markup:
    """Return an author's line of Markdown as clean HTML."""
    return Markup(inline(text))  # noqa: S704 - inline() has cleaned it


def _choices(texts: Iterable[str]) -> list[Choice]:
    return [Choice(str(position), marked(text)) for position, text in enumerate(texts)]


def _talk(slot: Slot, item: Scenario) -> tuple[tuple[Said, ...], list[Choice]]:
    """Return the conversation so far and the replies to choose from; turns not reached stay out."""
    replies = (slot.state.response or {}).get("replies", ())
    talk = [
        Said(marked(item.turns[turn].says), marked(item.turns[turn].replies[reply].text))
        for turn, reply in steps(item, replies)
    ]
    waiting = next_turn(item, replies)
    if waiting is None:
        return tuple(talk), []
    turn = item.turns[waiting]
    talk.append(Said(marked(turn.says), None))
    return tuple(talk), _choices(turn.replies[i].text for i in slot.presentation.replies[waiting])


def _message(key: str, label: Markup) -> str:
    message = str(MESSAGES[key])
    return message % {"label": label.striptags()} if "%(label)s" in message else message
