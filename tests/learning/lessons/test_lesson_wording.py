"""The words of a lesson's page and of the page before its quiz."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask

from learnapp.learning.lessons import lesson_wording as wording
from learnapp.learning.lessons.pretest import Advice
from learnapp.learning.progress.reading_time import ReadingPlace
from learnapp.learning.progress.rules import LessonState
from tests.courses.tea import quiz
from tests.learning.lessons.test_status_wording import ATTEMPT, LEAF, READ, progress_in


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def parts(**about: object) -> Any:
    """Return the parts of a view or text that the words are made of."""
    usual = {"complete": False, "read": False, "handed_in": False, "percent": None, "cards": True}
    return SimpleNamespace(**{**usual, **about})


def test_where_a_reader_left_off() -> None:
    assert wording.place_note(ReadingPlace("p2", 2, "", 3)) == "You left off at paragraph 2."
    assert wording.place_note(ReadingPlace("p2", 2, "Ash", 3)) == "You left off at paragraph 2, in “Ash”."


@pytest.mark.parametrize(
    ("route", "cards", "words"),
    [
        ("short", True, "You chose the short version."),
        ("all", True, "You chose to read everything."),
        ("closed", True, "You chose to keep the strong parts closed."),
        ("closed", False, "You chose to read the lesson."),
    ],
)
def test_which_way_of_reading_was_chosen(route: str, cards: bool, words: str) -> None:
    assert wording.route_note(route, parts(cards=cards)) == words


@pytest.mark.parametrize(
    ("view", "words"),
    [
        (parts(), "9 questions, about 8 minutes."),
        (parts(read=True), "You have read this lesson. Its quiz is what is left."),
        (parts(read=True, complete=True, percent=83), "You have done this lesson. Best quiz so far: 83%."),
    ],
)
def test_what_is_left_at_the_end_of_a_lesson(view: Any, words: str) -> None:
    assert wording.lesson_end(view, parts(questions=9, minutes=8)) == words


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [("immediate", "You check each"), ("interactive", "You may try each"), ("deferred", "You answer all")],
)
def test_each_behaviour_has_its_rule(behaviour: Any, words: str) -> None:
    assert wording.quiz_rule(quiz(behaviour=behaviour)).startswith(words)


@pytest.mark.parametrize(
    ("attempt", "kind", "taken", "words"),
    [
        (False, "main", False, "Start the quiz"),
        (False, "main", True, "Take the quiz again"),
        (True, "main", True, "Go on at question 2"),
        (True, "short", True, "Take the quiz again"),
    ],
)
def test_the_button_begins_a_quiz_or_goes_on_with_it(attempt: bool, kind: str, taken: bool, words: str) -> None:
    state = READ if attempt else LessonState()
    one = progress_in(LEAF, state=state, attempt=ATTEMPT if attempt else None).lessons[0]
    assert wording.quiz_button(one, kind, taken) == words


def test_an_attempt_says_what_it_was_and_whether_it_passed() -> None:
    labels = [wording.attempt_label(kind, passed=kind == "main") for kind in ("main", "short", "missed")]
    assert labels == ["Quiz · passed", "Short quiz", "Practice of what you missed"]


@pytest.mark.parametrize(
    ("asked", "answered", "known", "words"),
    [
        (2, 2, 1, "Something in it may be new to you."),
        (1, 0, 0, "You left its question out."),
        (2, 0, 0, "You left its questions out."),
        (2, 1, 1, "You knew what you answered. The lesson tells where it comes from."),
        (2, 2, 2, "You knew what was asked. The lesson tells where it comes from."),
    ],
)
def test_what_a_look_ahead_says_of_a_lesson(asked: int, answered: int, known: int, words: str) -> None:
    assert wording.advice_words(Advice(LEAF, asked, answered, known)) == words
