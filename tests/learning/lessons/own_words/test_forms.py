import unicodedata

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import UnprocessableEntity

from learnapp.content.blocks import BodySection, Guess
from learnapp.content.catalog import Lesson, LessonEnd
from learnapp.learning.lessons.own_words.forms import TypedWords, is_asked, read_action, read_kind, read_words
from tests.courses.tea import lesson, paragraphs


def asking(*choices: str, short: bool = False) -> Lesson:
    body = (BodySection("pot", "The pot", (paragraphs(1, "Hot."), Guess("who", "Who pours?", choices))),)
    short_text = (paragraphs(1, "Tea."),) if short else ()
    return lesson(
        body=body, end=LessonEnd(answer="Mia."), short=short_text, short_end=LessonEnd(answer="Mia, briefly.")
    )


def typed(one: Lesson, kind: str, words: str) -> TypedWords:
    return read_words(one, kind, MultiDict({"guess" if kind == "guess" else "judgment": words}))


def test_words_come_without_space_around_them_and_in_one_form_of_lines(app: Flask) -> None:
    with app.test_request_context("/"):
        assert typed(asking(), "judgment", "  Hot\r\ntea. ") == TypedWords("judgment", "Hot\ntea.")


def test_letters_are_counted_as_they_are_read(app: Flask) -> None:
    apart = unicodedata.normalize("NFD", "é" * 400)
    with app.test_request_context("/"):
        assert typed(asking(), "judgment", apart) == TypedWords("judgment", "é" * 400)
        assert typed(asking(), "judgment", apart + "é").problem == "Shorten it by 1 characters, then it is kept."
        assert typed(asking("Cafe\u0301"), "guess", "Café") == TypedWords("guess", "Cafe\u0301")


def test_what_is_wrong_is_said_and_what_was_typed_stays(app: Flask) -> None:
    with app.test_request_context("/"):
        assert typed(asking(), "judgment", "  ").problem == "Write something first."
        assert typed(asking("Mia"), "guess", "").problem == "Choose one first."
        assert typed(asking("Mia"), "guess", "Ben") == TypedWords(
            "guess", "Ben", "What there is to choose from has changed. Choose once more."
        )
        assert typed(asking("Mia"), "guess", "Mia").problem == ""
        assert typed(asking(), "judgment", "x" * 400).problem == ""
        long = typed(asking(), "judgment", "x" * 403)
        assert (len(long.words), long.problem) == (403, "Shorten it by 3 characters, then it is kept.")


def test_only_what_the_lesson_asks_for_can_be_judged() -> None:
    assert all(is_asked(asking(short=True), kind) for kind in ("guess", "judgment", "short"))
    assert not is_asked(asking(), "short")
    assert [is_asked(lesson(), kind) for kind in ("guess", "judgment", "short")] == [False, True, False]


def test_a_judgment_is_of_the_whole_lesson_or_of_the_short_version() -> None:
    assert read_kind(MultiDict()) == "judgment"
    assert read_kind(MultiDict({"version": "short"})) == "short"
    with pytest.raises(UnprocessableEntity):
        read_kind(MultiDict({"version": "guess"}))


def test_words_are_kept_unless_they_are_taken_back() -> None:
    assert read_action(MultiDict()) == "keep"
    assert read_action(MultiDict({"action": "remove"})) == "remove"
    with pytest.raises(UnprocessableEntity):
        read_action(MultiDict({"action": "share"}))
