"""A question as a page shows it before it is submitted: fields to fill, in the order this learner sees.

Built from the item's form alone. Keys, accepted answers, ratings and feedback never come in here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from learnapp.content.load.markdown import inline
from learnapp.learning.attempts.forms import Fields, stored_fields
from learnapp.learning.attempts.values import PresentedItem
from learnapp.quiz.certainty import Certainty
from learnapp.quiz.display import Input, ItemForm, Message, TypedText, Words
from learnapp.quiz.item import Missing

SOME_ROWS = 3


@dataclass(frozen=True, slots=True)
class Field:
    """An input with its name in the form and its id on the page, what it holds now and what is wrong with it.

    `start` is what it shows without having been filled in.
    """

    input: Input
    name: str
    id: str
    given: tuple[str, ...] = ()
    error: str | None = None
    start: str = ""

    @property
    def text(self) -> str:
        """Return what a field of one line holds."""
        return self.given[0] if self.given else ""

    @property
    def shown(self) -> str:
        """Return the choice that a list of choices shows."""
        return self.text or self.start

    @property
    def label(self) -> str:
        return plain(self.input.label)

    @property
    def spoken(self) -> str:
        """Return what is filled in, in words."""
        chosen = [plain(choice.text) for choice in self.input.choices if choice.value in self.given]
        return "; ".join(chosen) if self.input.choices else self.text


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be answered: the item in its attempt, its kind of form, and the fields of that."""

    presented_item: PresentedItem
    form: ItemForm
    fields: tuple[Field, ...]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Return (id of the field, what is wrong) for the summary on top; one line where all rows lack it."""
        found = [(field.id, field.error) for field in self.fields if field.error]
        whole = self.form.all_missing
        if whole is None or len(found) < max(len(self.fields), SOME_ROWS):
            return found
        return [(self.fields[0].id, translated(whole._replace(number=len(found))))]

    @property
    def filled(self) -> list[tuple[str, str]]:
        """Return (label, what is filled in) for every field that holds something, in words."""
        return [(field.label, field.spoken) for field in self.fields if field.spoken]

    @property
    def hints(self) -> tuple[str, ...]:
        """Return the hints taken so far."""
        return self.presented_item.item.hints[: self.presented_item.state.hints]

    @property
    def hint_left(self) -> bool:
        return self.presented_item.state.hints < len(self.presented_item.item.hints)


def build_question(
    presented_item: PresentedItem,
    typed: Fields | None = None,
    missing: Iterable[Missing] = (),
    prefix: str = "",
    ids: str = "",
) -> Question:
    """Return the question of an item with what was typed, else what is stored.

    Where a page has several questions, `prefix` begins the names of its fields in one form, `ids` their ids alone.
    """
    form = presented_item.item.form(presented_item.state.response, presented_item.presentation)
    held = stored_fields(presented_item) if typed is None else typed
    lacks = {gap.part: gap.message for gap in missing}
    untouched = not any(held.getlist(asked.name) for asked in form.inputs)

    def field(asked: Input) -> Field:
        error = translated(lacks[asked.name], plain(asked.label)) if asked.name in lacks else None
        start = asked.start if untouched else ""
        return Field(
            asked, prefix + asked.name, ids + prefix + asked.name, tuple(held.getlist(asked.name)), error, start
        )

    return Question(presented_item, form, tuple(map(field, form.inputs)))


def to_html(words: Words) -> Markup:
    """Return words as HTML: an author's Markdown, a message in the reader's language, or what was typed."""
    if isinstance(words, Message | TypedText):
        return Markup.escape(translated(words) if isinstance(words, Message) else words)
    return Markup(inline(words))  # noqa: S704 - inline() has cleaned it


def plain(words: Words) -> str:
    """Return words without any marks."""
    return to_html(words).striptags()


def translated(message: Message, label: str = "") -> str:
    """Return a message in the reader's language."""
    return _(message.text, number=message.number, label=label, words=message.words)


def certainty_words() -> dict[Certainty, str]:
    """Return how sure one can be, in words."""
    return {1: _("A guess"), 2: _("Fairly sure"), 3: _("Sure")}
