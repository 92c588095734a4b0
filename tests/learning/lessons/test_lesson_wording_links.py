"""Where to go on, from every state: the address, the button and what is left."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine
from flask import Flask
from markupsafe import Markup

from learnapp.content.catalog import Lesson
from learnapp.learning.lessons import lesson_wording as wording
from learnapp.learning.progress.lesson_progress import OpenAttempt
from learnapp.learning.progress.rules import LessonState
from tests.courses.tea import lesson
from tests.learning.lessons.test_status_wording import ATTEMPT, CORE_14, CUP, DONE, LEAF, PASSED, READ, progress_in

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
PLACE = LessonState(place="p2", place_at=NOON)
SHORT_PLACE = LessonState(place="p1", place_at=NOON, route="short")
GONE = LessonState(place="p99", place_at=NOON)
READ_AT_A_PLACE, PASSED_AT_A_PLACE = replace(READ, place="p2"), replace(PASSED, place="p2")
FIRST = "Module 1, lesson 1 of 1. "
TODAY = "You stopped here, today"
TEXT, QUIZ = "/modules/1-tea/1-leaf", "/modules/1-tea/1-leaf/quiz"


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context(), time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.parametrize(
    ("state", "attempt", "link"),
    [
        (None, None, (TEXT, "Start the first lesson", "About 16 minutes with the quiz.", "Next lesson", "")),
        (
            PLACE,
            None,
            (
                f"{TEXT}#p2",
                "Go on reading",
                "You had reached paragraph 2, in “Leaves”. About 6 minutes of reading are left, then the quiz.",
                TODAY,
                "From the beginning",
            ),
        ),
        (GONE, None, (f"{TEXT}#p99", "Start reading", "About 16 minutes with the quiz.", TODAY, "")),
        (
            PLACE,
            ATTEMPT,
            ("/attempts/7", "Go on with the quiz", "The quiz is at question 2 of 9.", TODAY, "Look at the lesson"),
        ),
        (READ, None, (QUIZ, "Take the quiz", "You have read it. The quiz is left.", "You are here", "")),
        (PASSED, None, (TEXT, "Start reading", "The quiz is passed. The reading is left.", "You are here", "")),
    ],
    ids=["new", "a place", "a place that is gone", "an attempt", "read", "passed"],
)
def test_the_card_of_the_lesson_to_go_on_with(
    state: LessonState | None, attempt: object, link: tuple[str, ...]
) -> None:
    progress = progress_in(LEAF, state=state, attempt=ATTEMPT if attempt else None)
    made = wording.continue_lesson(progress, progress.lessons[0])
    assert made.note.startswith(FIRST)
    heading = Markup(made.heading).striptags()
    assert (made.url, made.label, made.note.removeprefix(FIRST), heading, made.again) == link


def test_a_lesson_that_asks_for_an_age_group_says_so() -> None:
    progress = progress_in(LEAF, lesson("2-cup", number=2, age=CORE_14), state=DONE)
    made = wording.continue_lesson(progress, progress.lessons[1])
    assert (made.heading, made.label) == ("Next lesson", "Start the next lesson")
    assert made.note.endswith("It asks for your age group first.")
    assert wording.start_label(progress.lessons[1]) == "Start “Cup”"


@pytest.mark.parametrize("attempt", [None, ATTEMPT], ids=["no attempt", "an attempt"])
@pytest.mark.parametrize("state", [LessonState(), PLACE, GONE, READ, READ_AT_A_PLACE, PASSED, PASSED_AT_A_PLACE, DONE])
@pytest.mark.parametrize("next_one", [CUP, lesson("2-cup", number=2, age=CORE_14)], ids=["open", "asks for an age"])
def test_only_who_had_begun_and_can_be_brought_to_the_place_goes_on_reading(
    state: LessonState, attempt: OpenAttempt | None, next_one: Lesson
) -> None:
    progress = progress_in(LEAF, next_one, state=state, attempt=attempt)
    assert progress.next is not None
    link = wording.continue_lesson(progress, progress.next)
    assert (link.label == "Go on reading") == (link.url == f"{TEXT}#p2")


@pytest.mark.parametrize(("state", "label"), [(None, "Start “Leaf”"), (READ, "Go on with “Leaf”")])
def test_a_button_names_the_lesson_that_it_leads_to(state: LessonState | None, label: str) -> None:
    assert wording.start_label(progress_in(LEAF, state=state).lessons[0]) == label


def test_a_place_in_the_short_version_has_no_title() -> None:
    text = LEAF.body[0].blocks
    progress = progress_in(lesson("1-leaf", short=text), state=SHORT_PLACE)
    assert "You had reached paragraph 1. About" in wording.continue_lesson(progress, progress.lessons[0]).note
