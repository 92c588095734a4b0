"""Forms of practice: what was typed beside a conversation, with what is wrong with it, numbers and paths of replies."""

from typing import NamedTuple

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest

from learnapp.learning.lessons.own_words.forms import tidy_words
from learnapp.quiz.item import read_digits
from learnapp.training.models import WORDS_MAX
from learnapp.training.practice.values import SentRun, SentWords

Fields = MultiDict[str, str]


class TypedNote(NamedTuple):
    """What was typed, what is wrong with it ("" for nothing), and what was kept meanwhile in another window."""

    words: str
    problem: str = ""
    newer: str = ""


def read_note(fields: Fields, name: str) -> TypedNote:
    """Return a text as it is kept, with what is wrong with it."""
    words = tidy_words(fields.get(name, ""))
    too_many = len(words) - WORDS_MAX
    if too_many > 0:
        return TypedNote(words, _("Shorten it by %(count)s characters, then it is kept.", count=too_many))
    return TypedNote(words)


def read_count(fields: Fields, name: str) -> int | None:
    """Return a number of replies, None for what is no number."""
    return read_digits(fields.get(name))


def read_run(fields: Fields) -> SentRun:
    """Return what was practiced without a network; raises BadRequest for more words than fit."""

    def path(name: str) -> tuple[str, ...]:
        return tuple(fields.get(name, "").split())

    def sent_words(name: str) -> SentWords | None:
        typed = read_note(fields, name)
        if typed.problem:
            raise BadRequest
        return SentWords(typed.words, fields.get(f"{name}_seen", "")) if name in fields else None

    reached = path("path") if "path" in fields else None
    return SentRun(path("before"), reached, path("ended"), sent_words("anticipated"), sent_words("note"))
