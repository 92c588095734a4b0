"""What stands on the first page and on the path of a course."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from learnapp.content.ages import AgeAccess
from learnapp.content.vocabulary import Ages
from learnapp.learning.lessons import course_wording as wording
from learnapp.learning.progress.overview import CourseProgress, derive_progress
from learnapp.learning.progress.rules import LessonState
from learnapp.web.catalog import current_catalog
from learnapp.web.http.assets import STATIC
from tests.courses.tea import course, lesson, strong_lesson

LEAF = lesson("1-leaf")
HOT = strong_lesson(slug="2-hot", number=2, age=Ages(core=14, full=14))
MAP = {"seoul": "1-tea/1-leaf", "pyongyang": "1-tea/2-hot"}


@pytest.fixture(autouse=True)
def _in_a_request(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def progress(band: int | None, **about: str) -> CourseProgress:
    stored = {"1-tea/1-leaf": (LessonState(place="p1"), None)}
    return derive_progress(replace(course(LEAF, HOT, **about), places=MAP), stored, access=AgeAccess(band))


@pytest.mark.parametrize("band", [None, 12])
def test_a_place_leads_nowhere_whose_lesson_is_closed(band: int | None) -> None:
    assert [(one.name, one.lesson) for one in wording.map_places(progress(band))] == [
        ("Seoul", LEAF),
        ("Pyongyang", None),
    ]
    assert wording.map_places(progress(18))[1].lesson == HOT


def test_the_path_marks_where_one_is_and_says_what_is_closed() -> None:
    course_progress = progress(None)
    here, closed = course_progress.lessons
    module = course_progress.modules[0]
    assert wording.path_look(course_progress, here) == "here"
    assert wording.path_note(module, here) is None
    note = wording.path_note(module, closed)
    assert note is not None
    assert (note.text, note.icon) == ("Asks for your age group first", "lock")


def test_the_path_says_that_a_quiz_opens_later() -> None:
    course_progress = progress(18, sequencing="quizzes")
    note = wording.path_note(course_progress.modules[0], course_progress.lessons[1])
    assert note is not None
    assert note.text == "Quiz after lesson 1"


def test_every_emblem_of_the_course_is_drawn() -> None:
    catalog = current_catalog()
    people = [lesson.person for lesson in catalog.lessons.values() if lesson.person]
    named = {one.emblem for one in catalog.modules.values()} | {one.drawing for one in people}
    drawn = (STATIC / "img" / "emblems.svg").read_text("utf-8")
    assert [name for name in named if name and f'id="{name}"' not in drawn] == []
    assert len(named) > 1
