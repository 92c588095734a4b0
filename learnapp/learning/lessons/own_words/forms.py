"""Forms of own words: a guess or a judgment as it was typed, and what to do with it."""

import unicodedata
from typing import NamedTuple

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnprocessableEntity

from learnapp.content.catalog import Lesson
from learnapp.learning.models import GUESS, JUDGMENT, OWN_WORDS_MAX, SHORT_JUDGMENT

Fields = MultiDict[str, str]
KEEP, REMOVE = "keep", "remove"


class TypedWords(NamedTuple):
    """What was typed into a box of this kind, what is wrong with it ("" for nothing), and what was kept meanwhile."""

    kind: str
    words: str
    problem: str = ""
    newer: str = ""


def read_action(fields: Fields) -> str:
    """Return whether words are to be kept or taken back. Raises UnprocessableEntity for anything else."""
    action = fields.get("action", KEEP)
    if action not in (KEEP, REMOVE):
        raise UnprocessableEntity
    return action


def read_kind(fields: Fields) -> str:
    """Return which judgment it is. Raises UnprocessableEntity for another word."""
    kind = fields.get("version", JUDGMENT)
    if kind not in (JUDGMENT, SHORT_JUDGMENT):
        raise UnprocessableEntity
    return kind


def is_asked(lesson: Lesson, kind: str) -> bool:
    """Tell whether the lesson asks for words of this kind."""
    return {GUESS: lesson.guess is not None, JUDGMENT: True, SHORT_JUDGMENT: bool(lesson.short)}[kind]


def read_seen(fields: Fields) -> str:
    """Return the digest of the words that stood on the page from which this was sent, "" for none."""
    return fields.get("seen", "")


def typed_words(kind: str, fields: Fields) -> str:
    """Return what was typed in one form, tidied."""
    return tidy_words(fields.get("guess" if kind == GUESS else "judgment", ""))


def tidy_words(words: str) -> str:
    """Return a text as it is kept (NFC, no space around it, lines ended alike), so that all count it alike."""
    return unicodedata.normalize("NFC", "\n".join(words.strip().splitlines()))


def read_words(lesson: Lesson, kind: str, fields: Fields) -> TypedWords:
    """Return the words of a guess or a judgment with what is wrong with them."""
    words = typed_words(kind, fields)
    choices = lesson.guess.choices if kind == GUESS and lesson.guess else ()
    if not words:
        return TypedWords(kind, words, _("Choose one first.") if choices else _("Write something first."))
    words = next((one for one in choices if unicodedata.normalize("NFC", one) == words), words)
    if choices and words not in choices:
        return TypedWords(kind, words, _("What there is to choose from has changed. Choose once more."))
    if len(words) > OWN_WORDS_MAX:
        too_many = len(words) - OWN_WORDS_MAX
        return TypedWords(kind, words, _("Shorten it by %(count)s characters, then it is kept.", count=too_many))
    return TypedWords(kind, words)


def stale_words(typed: TypedWords, newer: str) -> TypedWords:
    """Return what was typed on a page that did not show the newer words that are kept."""
    problem = _("You kept other words meanwhile, in another window or on another device.")
    return typed._replace(problem=problem, newer=newer)
