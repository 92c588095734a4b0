"""Boxes of own words on a lesson's page: what one reader has kept there or just typed, put in place of the marks."""

from typing import Any

from flask import current_app
from flask_login import current_user
from markupsafe import Markup

from learnapp.content.catalog import Lesson
from learnapp.database.db import db
from learnapp.learning.lessons.own_words.forms import TypedWords
from learnapp.learning.lessons.own_words.service import KeptWords, judgment_kind, kept_words, words_digest
from learnapp.learning.models import OWN_WORDS_MAX

# Where the boxes stand in a text that all readers share. No text can hold them: it is cleaned or escaped.
GUESS_MARK, JUDGE_MARK = Markup("<!--guess-->"), Markup("<!--judge-->")


def with_boxes(body: Markup, lesson: Lesson, route: str, typed: TypedWords | None = None) -> Markup:
    """Return a lesson's text with the boxes as the current user gets them."""
    user_id = current_user.id
    kept = kept_words(db.session, user_id, lesson) if user_id is not None else KeptWords()
    macros = _macros("_boxes")
    kind = judgment_kind(route)
    guess = kept.guess if route != "short" else ""
    boxes = {"lesson": lesson, "kept": kept, "typed": typed, "most": OWN_WORDS_MAX, "digest": words_digest}
    if lesson.guess is not None:
        body = body.replace(GUESS_MARK, macros.guess(**boxes, guess=lesson.guess))
    answer = lesson.end_for(route).answer
    return body.replace(JUDGE_MARK, macros.judge(**boxes, kind=kind, answer=answer, guessed=guess))


def with_plain_boxes(body: Markup, lesson: Lesson, route: str) -> Markup:
    """Return a lesson's text with what its boxes ask, for those who look at a lesson and keep nothing in it."""
    macros = _macros("_asked")
    if lesson.guess is not None:
        body = body.replace(GUESS_MARK, macros.guess(lesson.guess))
    return body.replace(JUDGE_MARK, macros.judge(lesson, lesson.end_for(route).answer))


def _macros(file: str) -> Any:
    return current_app.jinja_env.get_template(f"own_words/{file}.html").module
