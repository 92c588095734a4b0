"""Forms of practice: typed words as they are stored, too many of them, and numbers that are none."""

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from learnapp.training.models import WORDS_MAX
from learnapp.training.practice.forms import TypedNote, read_count, read_note, read_run
from learnapp.training.practice.values import SentRun, SentWords


def note(app: Flask, typed: str) -> TypedNote:
    with app.test_request_context():
        return read_note(MultiDict({"note": typed}), "note")


def test_words_are_stored_without_space_around_them_and_with_one_kind_of_line_end(app: Flask) -> None:
    assert note(app, "  One\r\ntwo\rthree \n") == TypedNote("One\ntwo\nthree")
    assert note(app, "e\u0301") == TypedNote("\u00e9")
    assert note(app, " \n ") == TypedNote("")


def test_too_many_words_stay_with_how_many_are_too_many(app: Flask) -> None:
    assert note(app, "한" * WORDS_MAX).problem == ""
    typed = note(app, "한" * (WORDS_MAX + 3))
    assert (len(typed.words), typed.problem) == (WORDS_MAX + 3, "Shorten it by 3 characters, then it is kept.")


@pytest.mark.parametrize("typed", ["", "-1", "x", "²", "1.5", "9" * 400])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert read_count(MultiDict({"at": typed}), "at") is None
    assert read_count(MultiDict({"at": "7"}), "at") == 7


def test_what_is_not_sent_of_a_run_is_none(app: Flask) -> None:
    with app.test_request_context():
        assert read_run(MultiDict()) == SentRun((), None, ())
        sent = {"path": " offer  one ", "before": "offer", "ended": "offer one", "note": " Mine. ", "note_seen": "x"}
        read = SentRun(("offer",), ("offer", "one"), ("offer", "one"), None, SentWords("Mine.", "x"))
        assert read_run(MultiDict(sent)) == read
