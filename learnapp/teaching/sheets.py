"""Sheets: a quiz on paper, as learners are asked it, and its key with the same letters. Pure.

A sheet is built from the forms of items alone, as the pages of a quiz are, so it holds no key and no reason. Parts
stand in an order that only the quiz decides: the order of a file gives keys away, and each print must fit the key.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from string import ascii_uppercase

from learnapp.content.blocks import Piece
from learnapp.content.catalog import Lesson
from learnapp.quiz.display import Choice, Explanation, ItemForm, Words
from learnapp.quiz.item import Item
from learnapp.quiz.quiz import QuizVersion
from learnapp.quiz.stimulus import Stimulus

# The seed of paper; attempts have seeds of their own.
PAPER = 0


@dataclass(frozen=True, slots=True)
class LetteredChoice:
    """Something to choose on paper, by its letter."""

    letter: str
    text: Words


@dataclass(frozen=True, slots=True)
class SheetItem:
    """An item on paper: what it shows, its form, and what may be chosen, a list for each input or one for all rows.

    `pieces` are those of the lesson's evidence that it works with, to be looked up there.
    """

    number: int
    stem: str
    stimulus: Stimulus | None
    form: ItemForm
    choices: tuple[tuple[LetteredChoice, ...], ...]
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An answer as the key has it: its letter on the sheet, "" where it has none."""

    letter: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class KeyItem:
    """An item with all its answers and reasons, in the order of the sheet."""

    number: int
    item: Item
    rows: tuple[KeyRow, ...]


def build_sheet(lesson: Lesson, quiz: QuizVersion, items: Iterable[Item]) -> tuple[SheetItem, ...]:
    """Return these items of a quiz as paper asks them: of a conversation, which goes on by what is said, the start."""
    sheet = (_sheet_item(quiz, number, item, lesson.pieces_for(item)) for number, item in enumerate(items, 1))
    return tuple(sheet)


def build_key(quiz: QuizVersion, items: Iterable[Item]) -> tuple[KeyItem, ...]:
    """Return the key to the sheet of these items."""
    return tuple(KeyItem(number, item, _key_rows(quiz, item)) for number, item in enumerate(items, 1))


def _sheet_item(quiz: QuizVersion, number: int, item: Item, pieces: tuple[Piece, ...] = ()) -> SheetItem:
    form = item.form(None, item.present(quiz.revision, PAPER))
    return SheetItem(number, item.stem, item.stimulus, form, tuple(_lettered(form)), pieces)


def _lettered(form: ItemForm) -> Iterator[tuple[LetteredChoice, ...]]:
    """Yield the lists to choose from, their letters going on from one to the next; places are numbers already."""
    letters = iter(ascii_uppercase)
    inputs = form.inputs[:1] if form.layout == "rows" else form.inputs
    for one in inputs:
        if not all(_is_place(choice) for choice in one.choices):
            yield tuple(LetteredChoice(next(letters), choice.text) for choice in one.choices)


def _is_place(choice: Choice) -> bool:
    return choice.value == choice.text


def _key_rows(quiz: QuizVersion, item: Item) -> tuple[KeyRow, ...]:
    sheet = _sheet_item(quiz, 0, item)
    letters = {one.text: one.letter for choices in sheet.choices for one in choices}
    # Of a conversation the sheet has the first turn alone; what is said later may be the same words.
    last = 0 if sheet.form.layout == "conversation" else len(sheet.choices)
    rows = [KeyRow(letters.get(one.text, "") if one.part <= last else "", one) for one in item.answer_key()]
    if sheet.form.layout != "rows":
        rows.sort(key=lambda row: (row.explanation.part, row.letter))
    return tuple(rows)
