"""Route canary: a leader learns from nothing which way somebody took through a care lesson, nor their age group."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.ages import band_access
from learnapp.content.catalog import Lesson
from learnapp.groups.assignments.models import AFTER_RELEASE
from learnapp.groups.assignments.values import is_care_lesson
from learnapp.learning.models import MAIN, SHORT
from tests.actors.classes import DAY, HOUR, SeededClass, assign, begin_quiz, class_of, complete, join, read, try_quiz
from tests.actors.people import People
from tests.courses.classes import CATALOG, LEAF, SCALD, WATER
from tests.courses.real import real_catalog
from tests.courses.serving import serve_catalog
from tests.factories.base import NOON
from tests.factories.groups import ExtensionFactory
from tests.shares import left

# Of each: (route, kind of quiz, points, tries, age group, hours before) in one class and in the other.
WAYS = {
    "Ben": (("all", MAIN, 4, 1, 18, 30), ("short", SHORT, 1, 1, 12, 40)),
    "Vera": (("closed", MAIN, 3, 1, 16, 30), ("all", SHORT, 1, 3, 14, 31)),
    "Mina": (("short", SHORT, 0, 2, 12, 30), ("closed", MAIN, 1, 1, 16, 55)),
    "Zoe": (("all", None, 0, 0, 14, 30), ("short", SHORT, 0, 1, None, 30)),
    "Ida": (("all", MAIN, 2, 3, None, 33), ("all", None, 0, 0, 18, 50)),
    "Omar": (("all", MAIN, 2, 1, 14, 2), ("short", None, 0, 0, 12, 200)),
}
HELPED = "Ida"
IDLE = "Omar"  # but for the care lesson


def seed(leader: int, which: int, **results: Any) -> SeededClass:
    """Make a class whose members did the same, but for their ways through the care lesson, and their age groups."""
    one = class_of(leader=leader, name="9C")
    due: dict[Lesson | str, datetime] = {LEAF: NOON - 4 * DAY, WATER: NOON - DAY, SCALD: NOON - 4 * DAY, "1-tea": NOON}
    about = {"1-tea": results}
    one.assigned.extend(assign(one.id, target, at, **about.get(str(target), {})) for target, at in due.items())
    care = one.assigned[2]
    for name, ways in WAYS.items():
        route, kind, points, tries, band, hours = ways[which]
        asked = NOON - DAY if name == HELPED else None
        user_id = one.members[name] = join(one.id, name, band=band, help_asked_at=asked)
        if name != IDLE:
            complete(user_id, LEAF, NOON - 5 * DAY, 0.8)
            try_quiz(user_id, WATER, 2, NOON - DAY)
        at = NOON - hours * HOUR
        read(user_id, SCALD, at, route)
        for number in range(tries):
            try_quiz(user_id, SCALD, points, at + number * timedelta(minutes=5), str(kind))
        if kind is None:
            begin_quiz(user_id, SCALD, at)
    ExtensionFactory(assignment_id=care, user_id=one.members["Zoe"], excused=True)
    return one


def shown(browser: FlaskClient, one: SeededClass) -> Iterator[tuple[str, bytes]]:
    """Yield all that a leader gets of a class, by address, without the numbers that stand for class and people."""
    board = f"/groups/{one.id}/board"
    paths = [f"{board}?sort={sort}&show={show}" for sort in ("help", "name", "left") for show in
             ("all", "help", "late", "not_started")]  # fmt: skip
    paths += [f"/groups/{one.id}", *(f"/groups/{one.id}/assignments/{number}" for number in one.assigned)]
    paths += [f"/groups/{one.id}/members/{user_id}" for user_id in one.members.values()]
    paths += [
        f"{board}/marks.csv?separator=semicolon",
        f"{board}/marks.csv?separator=comma",
        f"{board}/canvas.csv",
        f"{board}/canvas",
    ]
    for path in paths:
        answer = browser.get(path)
        assert answer.status_code == 200, path
        yield neutral(path.encode(), one).decode(), neutral(answer.data, one)


def neutral(data: bytes, one: SeededClass) -> bytes:
    """Return bytes in which the class and its members have the same numbers as in any other class."""
    for number, user_id in enumerate(one.members.values()):
        data = data.replace(b"/members/%d" % user_id, b"/members/#%d" % number)
    for number, assignment_id in enumerate(one.assigned):
        data = re.sub(rb"/assignments/%d\b" % assignment_id, b"/assignments/#%d" % number, data)
    data = re.sub(rb'name="(csrf_token|form_key)" value="[^"]*"', b"", data)
    # Pages are filled up to a length, which goes by their numbers, too.
    return data.replace(b"/groups/%d" % one.id, b"/groups/#").rstrip(b"\n")


# Of the whole module, so of the care lesson, too: at once, then before and after results that come later.
RESULTS: tuple[dict[str, Any], ...] = (
    {},
    {"closes": NOON + DAY},
    {"closes": NOON - HOUR},
    {"closes": NOON - DAY, "release": NOON + DAY},
)


@pytest.mark.slow
@pytest.mark.both_databases
@pytest.mark.parametrize("results", [RESULTS[0], *map(left, RESULTS[1:3]), RESULTS[3]], ids=repr)
def test_boards_stories_files_and_prints_do_not_tell_the_ways(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, results: dict[str, Any]
) -> None:
    if results:
        results = {"feedback": AFTER_RELEASE, **results}
    serve_catalog(app, monkeypatch, CATALOG)
    with time_machine.travel(NOON, tick=False):
        browser = people.signed_in("Ada", "teacher")
        with app.app_context():
            classes = [seed(people.get("Ada").id, which, **results) for which in (0, 1)]
        first, second = (dict(shown(browser, one)) for one in classes)
        assert first == second
        assert len(first) == 27

        # That these classes differ is seen as soon as the care lesson is shown like any other.
        for room in ("board.rows", "board.service", "story.service"):
            monkeypatch.setattr(f"learnapp.reports.{room}.is_care_lesson", lambda _lesson: False)
        first, second = (dict(shown(browser, one)) for one in classes)
        assert first["/groups/#/board?sort=name&show=all"] != second["/groups/#/board?sort=name&show=all"]
        assert first["/groups/#/members/#0"] != second["/groups/#/members/#0"]
        assert first["/groups/#/board/marks.csv?separator=comma"] != second["/groups/#/board/marks.csv?separator=comma"]


def test_every_lesson_that_is_not_the_same_for_all_is_a_care_lesson() -> None:
    catalog = real_catalog()
    lessons = catalog.lessons.values()
    assert sum(map(is_care_lesson, lessons)) >= 9
    for lesson in lessons:
        if is_care_lesson(lesson):
            continue
        for band in (None, 12, 14, 16, 18):
            access = band_access(lessons, band)
            assert access.to(lesson) == "whole", lesson.key
            assert access.items(lesson.quiz) == lesson.quiz.items, f"{lesson.key} asks less of {band}"
