"""One member's story: what is asked of them since they joined, and the first try question by question."""

from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from learnapp.content.catalog import Catalog
from learnapp.database.db import db
from learnapp.groups.models import Membership
from learnapp.groups.store import members_of
from learnapp.learning.attempts.finish import finish_attempt
from learnapp.learning.models import MISSED
from learnapp.reports.story.service import StoryLesson, member_story
from tests.actors.attempts import Db, answer_all, begin, right, wrong
from tests.actors.classes import DAY, HOUR, SeededClass, assign, begin_quiz, class_of, complete, read, try_quiz
from tests.courses.classes import CATALOG, CUP, LEAF, SCALD, WATER
from tests.courses.tea import course_with, lesson, quiz
from tests.factories.base import NOON
from tests.quiz.samples import KEYS, make

pytestmark = pytest.mark.both_databases


def story_of(one: SeededClass, name: str, catalog: Catalog = CATALOG, now: datetime = NOON) -> list[StoryLesson]:
    db.session.rollback()
    member = next(member for member in members_of(db.session, one.id) if member.name == name)
    return list(member_story(db.session, catalog, one.group, member, now))


def test_a_story_has_the_lessons_that_are_asked_with_days_and_the_first_try(db_session: Db) -> None:
    one = class_of("Ben")
    assign(one.id, "1-tea", NOON - DAY)
    ben = one.members["Ben"]
    try_quiz(ben, LEAF, 2, NOON - 5 * DAY)
    complete(ben, LEAF, NOON - 2 * DAY)
    complete(ben, CUP, NOON - 2 * DAY)  # is not asked
    leaf, water, scald = story_of(one, "Ben")
    assert [story.lesson for story in (leaf, water, scald)] == [LEAF, WATER, SCALD]
    assert (leaf.number, leaf.cell.mark, leaf.tries, leaf.due, leaf.done_at) == (
        "1.1",
        100,
        2,
        NOON - DAY,
        NOON - 2 * DAY,
    )
    assert leaf.first_try is not None
    assert (leaf.first_try.at, leaf.first_try.percent) == (NOON - 5 * DAY, 40)
    assert [item.verdict for item in leaf.first_try.items] == ["right"] * 2 + ["unanswered"] * 3
    assert (water.first_try, water.tries, water.done_at) == (None, 0, None)


@pytest.mark.both_databases(always=True)
def test_nothing_is_told_from_before_the_day_of_joining(db_session: Db) -> None:
    one = class_of("Ben", joined_at=NOON - 3 * DAY)
    assign(one.id, LEAF)
    ben = one.members["Ben"]
    try_quiz(ben, LEAF, 1, NOON - 5 * DAY)
    complete(ben, LEAF, NOON - 4 * DAY)
    (story,) = story_of(one, "Ben")
    assert story.cell.done
    assert (story.done_at, story.tries, story.first_try) == (None, 0, None)
    try_quiz(ben, LEAF, 3, NOON - DAY)
    (story,) = story_of(one, "Ben")
    assert story.first_try is not None
    assert (story.first_try.percent, story.tries) == (60, 1)


@pytest.mark.parametrize("about", [{"kind": MISSED}, {"late": True}, {"open": True}])
def test_practice_is_no_first_try(db_session: Db, about: dict[str, Any]) -> None:
    one = class_of("Ben")
    assign(one.id, LEAF, closes=NOON - DAY)
    ben = one.members["Ben"]
    if "open" in about:
        begin_quiz(ben, LEAF, NOON - 2 * DAY, seq=3)
    else:
        try_quiz(ben, LEAF, 2, NOON if "late" in about else NOON - 2 * DAY, about.get("kind", "main"))
    (story,) = story_of(one, "Ben")
    assert story.first_try is None


def test_of_a_care_lesson_nothing_but_done_or_not_is_told(db_session: Db) -> None:
    one = class_of("Ben", "Vera")
    assign(one.id, SCALD, NOON - 9 * DAY)
    read(one.members["Ben"], SCALD, NOON - 5 * DAY)
    try_quiz(one.members["Ben"], SCALD, 4, NOON - 4 * DAY)
    try_quiz(one.members["Vera"], SCALD, 1, NOON - 4 * DAY, "short")
    for name, done in (("Ben", True), ("Vera", False)):
        (story,) = story_of(one, name)
        assert story.cell.done is done
        assert (story.cell.mark, story.cell.late_days) == (None, 0)
        assert (story.done_at, story.tries, story.first_try) == (None, 0, None)


def test_a_lesson_that_is_not_asked_has_nothing_to_tell(db_session: Db) -> None:
    one = class_of("Ben")
    assign(one.id, LEAF, NOON - 9 * DAY, closes=NOON - 8 * DAY)
    db_session.execute(update(Membership).values(joined_at=NOON - 7 * DAY))
    db_session.commit()
    try_quiz(one.members["Ben"], LEAF, 2, NOON - 6 * DAY)
    (story,) = story_of(one, "Ben")
    assert not story.cell.asked
    assert (story.due, story.done_at, story.tries, story.first_try) == (None, None, 0, None)


@pytest.mark.parametrize("kind", sorted(KEYS))
def test_an_answer_of_each_type_is_told_in_words(app: Flask, db_session: Db, kind: str) -> None:
    asked = lesson(quiz=quiz(make(kind, id="a"), make(kind, id="b")))
    one = class_of("Ben", joined_at=NOON - DAY)
    assign(one.id, asked)
    ben = one.members["Ben"]
    attempt = begin(db_session, ben, asked)
    answer_all(db_session, attempt, lambda item: right(item) if item.item.id == "a" else wrong(item))
    finish_attempt(db_session, ben, attempt.summary.id, NOON + HOUR)
    db_session.commit()
    (story,) = story_of(one, "Ben", course_with(asked), NOON + HOUR)
    assert story.first_try is not None
    first, second = sorted(story.first_try.items, key=lambda item: item.verdict != "right")
    assert first.verdict == "right"
    assert second.verdict in {"partly", "wrong"}
    for item in (first, second):
        assert item.stem
        assert item.answers
        assert all(str(given) for _label, given in item.answers)
    assert first.answers != second.answers
