"""The pages at the end of a module and of the course."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Lesson, LessonEnd
from learnapp.database.db import db
from tests.actors.classes import complete
from tests.actors.people import People
from tests.courses.serving import serve
from tests.courses.tea import lesson
from tests.factories.base import NOON
from tests.pages import PageOpener, words

LEAF = lesson("1-leaf", end=LessonEnd(("Leaves are picked by hand",)))
BEAN = lesson("1-bean", module="2-coffee", end=LessonEnd(("Beans are roasted",)))


def finish(people: People, *lessons: Lesson) -> None:
    """Have Ben complete these lessons."""
    with people.app.app_context():
        for one in lessons:
            complete(people.get("Ben").id, one, NOON)
        db.session.commit()


def test_a_visitor_who_has_done_nothing_is_told_what_will_stand_here(
    app: Flask, client: FlaskClient, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, LEAF, BEAN)
    shown = visit(client, "/modules/1-tea/recap")
    assert words(shown.one("h1")) == "Tea"
    assert "As you finish its lessons, what you can say stands here." in words(shown.one("main"))
    assert "Leaves are picked" not in shown.text


def test_the_end_of_a_module_says_what_one_can_say_now_and_what_comes_next(
    app: Flask, people: People, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, LEAF, BEAN)
    browser = people.signed_in("Ben")
    finish(people, LEAF)
    shown = visit(browser, "/modules/1-tea/recap")
    main = words(shown.one("main"))
    assert "Module 1 is done" in main
    assert "Leaves are picked by hand" in main
    assert "%" not in main
    assert "/modules/2-coffee" in {one.get("href") for one in shown.one("main").iter("a")}


def test_the_end_of_the_course_is_a_statement_without_a_score(
    app: Flask, people: People, visit: PageOpener, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, LEAF, BEAN)
    browser = people.signed_in("Ben")
    assert "Statement of completion" not in visit(browser, "/courses/tea/end").text
    finish(people, LEAF, BEAN)
    main = words(visit(browser, "/courses/tea/end").one("main"))
    assert "Ben has completed the course “Tea”: 2 lessons in 2 modules, each with its quiz." in main
    assert "%" not in main
    assert "Look back at the course" in visit(browser, "/").text


@pytest.mark.parametrize("path", ["/modules/9-none/recap", "/courses/none/end"])
def test_of_what_is_not_there_there_is_no_end(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
