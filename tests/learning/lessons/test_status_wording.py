"""Every state of a lesson or module in words."""

from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, datetime

import pytest
from flask import Flask

from learnapp.content.ages import AgeAccess
from learnapp.content.catalog import Lesson
from learnapp.content.vocabulary import Ages
from learnapp.learning.lessons import status_wording as wording
from learnapp.learning.progress.lesson_progress import OpenAttempt
from learnapp.learning.progress.overview import CourseProgress, derive_progress
from learnapp.learning.progress.rules import LessonState
from tests.courses.tea import course, lesson, strong_lesson

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
DONE = LessonState(read_at=NOON, passed_at=NOON, completed_at=NOON, best_points=5, best_max=6)
READ, PASSED = LessonState(read_at=NOON), LessonState(passed_at=NOON, best_points=5, best_max=6)
ATTEMPT = OpenAttempt(7, "main", 2, 9, NOON)
OLDER, CORE_14 = Ages(core=None, full=18, teacher_release=True), Ages(core=14, full=16)
LEAF, CUP = lesson("1-leaf"), lesson("2-cup", number=2)
ASH = lesson("1-ash", "2-ash")


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def progress_in(
    *lessons: Lesson, band: int | None = None, state: LessonState | None = None, attempt: OpenAttempt | None = None
) -> CourseProgress:
    """Return the progress of somebody with this state in the first lesson alone."""
    stored = (state or LessonState(), attempt)
    return derive_progress(course(*lessons), {str(lessons[0].key): stored}, access=AgeAccess(band))


@pytest.mark.parametrize(
    ("state", "attempt", "words"),
    [
        (None, None, "Not begun"),
        (LessonState(place="p2"), None, "Begun"),
        (LessonState(place="p2"), ATTEMPT, "Quiz begun: question 2 of 9"),
        (READ, None, "Read, the quiz is left"),
        (PASSED, None, "Quiz passed, the reading is left · best quiz 83%"),
        (DONE, None, "Done · best quiz 83%"),
    ],
)
def test_the_status_of_a_lesson_that_is_open(
    state: LessonState | None, attempt: OpenAttempt | None, words: str
) -> None:
    module = progress_in(LEAF, state=state, attempt=attempt).modules[0]
    line = wording.lesson_status(module, module.lessons[0]).in_list
    assert (line.text, line.icon) == (words, "check" if state is DONE else "")


@pytest.mark.parametrize(
    ("shut", "band", "words"),
    [
        (
            lesson("2-cup", number=2, age=CORE_14),
            None,
            (
                "Asks for your age group first",
                "Not open yet",
                "Asks for your age group first.",
                "Asks for your age group first",
            ),
        ),
        (
            lesson("2-cup", number=2, age=OLDER),
            12,
            (
                "For older readers, not asked of you",
                "For older readers",
                "Nothing of it is asked of you.",
                "For older readers",
            ),
        ),
    ],
    ids=["until an age group is told", "by age"],
)
def test_a_lesson_that_is_closed_says_why(shut: Lesson, band: int | None, words: tuple[str, ...]) -> None:
    module = progress_in(LEAF, shut, band=band).modules[0]
    status = wording.lesson_status(module, module.lessons[1])
    assert (status.in_list.text, status.tag.text, status.tag_note, status.on_map.text) == words
    assert {status.in_list.icon, status.tag.icon, status.on_map.icon} == {"lock"}


@pytest.mark.parametrize(
    ("state", "is_next", "tag"),
    [
        (None, True, ("Start here", "", "here", "")),
        (None, False, ("", "", "here", "")),
        (READ, True, ("You are here", "", "here", "Read, the quiz is left")),
        (PASSED, False, ("", "", "here", "Quiz passed, the reading is left · best quiz 83%")),
        (DONE, False, ("Done", "check", "good", "Best quiz: 83%.")),
    ],
)
def test_the_tag_of_a_lesson_on_the_page_of_its_module(
    state: LessonState | None, is_next: bool, tag: tuple[str, ...]
) -> None:
    module = progress_in(LEAF, state=state).modules[0]
    status = wording.lesson_status(module, module.lessons[0], is_next)
    assert (status.tag.text, status.tag.icon, status.tag_look, status.tag_note) == tag


@pytest.mark.parametrize(
    ("state", "note"),
    [(None, "About 16 minutes with the quiz"), (READ, "About 8 minutes left"), (DONE, "Best quiz 83%")],
)
def test_a_lesson_on_the_map(state: LessonState | None, note: str) -> None:
    module = progress_in(LEAF, state=state).modules[0]
    assert wording.lesson_status(module, module.lessons[0]).on_map.text == note


@pytest.mark.parametrize(
    ("state", "labels"),
    [
        (None, ["Module 1 · Start here", "Module 2"]),
        (READ, ["Module 1 · You are here", "Module 2"]),
        (DONE, ["Module 1 · Done", "Module 2 · You are here"]),
    ],
)
def test_a_module_is_labelled_by_where_the_person_is(state: LessonState | None, labels: list[str]) -> None:
    progress = progress_in(LEAF, ASH, state=state)
    assert [wording.module_label(progress, one) for one in progress.modules] == labels


def test_nobody_is_here_where_all_is_done() -> None:
    progress = progress_in(LEAF, state=DONE)
    assert not wording.has_next_lesson(progress, progress.modules[0])


def test_what_is_done_and_how_long_the_rest_takes() -> None:
    new, begun, done = (progress_in(LEAF, state=state) for state in (None, READ, DONE))
    assert wording.lessons_done(new, begun=False) == "0 of 1 lessons done · about 16 minutes"
    assert wording.lessons_done(begun) == "0 of 1 lessons done · about 8 minutes left"
    assert wording.lessons_done(done) == "1 of 1 lessons done"
    assert wording.course_summary(begun) == "0 of 1 lesson done, about 8 minutes left."
    assert wording.course_summary(done) == "1 of 1 lesson done."


def test_a_module_says_how_many_lessons_ask_for_an_age_group_or_are_kept_for_older_readers() -> None:
    asks, older = lesson("2-cup", number=2, age=CORE_14), lesson("1-ash", "2-ash", age=OLDER)
    only = lesson("1-ash", "2-ash", age=CORE_14)
    some, all_asking = progress_in(LEAF, asks, only).modules
    assert wording.module_age_note(some) == "1 more lesson asks which age group fits you."
    assert wording.module_age_note(all_asking) == "Its lesson asks which age group fits you."
    assert [one.text for one in wording.module_card_notes(some)] == ["1 more lesson asks for your age group first."]
    open_module, kept = progress_in(LEAF, older, band=12).modules
    assert (wording.module_age_note(open_module), wording.module_card_notes(open_module)) == ("", [])
    kept_note = "We keep its lessons for older readers. Nothing of them is asked of you."
    assert wording.module_age_note(kept) == kept_note
    assert [astuple(one) for one in wording.module_card_notes(kept)] == [(kept_note, "lock")]


def test_strong_lessons_are_counted_on_the_map() -> None:
    module = progress_in(strong_lesson(advisory="Hot."), band=18).modules[0]
    assert [one.text for one in wording.module_card_notes(module)] == ["1 strong lesson, with a note before you read"]


def test_what_the_order_is_for_is_told() -> None:
    advice, quizzes = (derive_progress(course(LEAF, CUP, sequencing=one), {}) for one in ("advice", "quizzes"))
    assert wording.opening_note(advice) == "Everything is open; the order is advice."
    assert wording.opening_note(quizzes).startswith("You may read any lesson.")


@pytest.mark.parametrize(
    ("state", "line"), [(None, "Open to read, the quiz opens later"), (READ, "Read, the quiz opens later")]
)
def test_a_lesson_whose_quiz_opens_later_is_open_to_read(state: LessonState | None, line: str) -> None:
    stored: dict[str, tuple[LessonState, None]] = {CUP.key: (state, None)} if state else {}
    module = derive_progress(course(LEAF, CUP, sequencing="quizzes"), stored).modules[0]
    status = wording.lesson_status(module, module.lessons[1])
    assert (status.in_list.text, status.tag.text) == (line, "Open to read")
    assert status.tag_note == "Its quiz opens when “Leaf” is done."
    assert (status.on_map.text, status.on_map.icon) == ("Quiz after lesson 1", "")
