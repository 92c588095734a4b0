"""What each answer to the question for an age group opens and closes."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.vocabulary import Ages
from learnapp.learning.lessons.age_wording import age_effects
from tests.courses.serving import serve
from tests.courses.tea import lesson, strong_lesson
from tests.pages import PageOpener, words

LESSONS = (
    lesson("1-leaf"),
    strong_lesson(slug="2-water", number=2, age=Ages(core=12, full=16), advisory="Hot."),
    strong_lesson(slug="3-steam", number=3, age=Ages(core=14, full=16), advisory="Hotter."),
    strong_lesson(slug="4-fire", number=4, age=Ages(core=None, full=18), advisory="Hottest."),
)


@pytest.mark.parametrize(
    ("value", "effect"),
    [
        ("12", "Opens 1 lesson in full. 1 more opens without its strongest parts. 2 stay closed."),
        ("14", "Opens 1 lesson in full. 2 more open without their strongest parts. 1 stays closed."),
        ("16", "Opens 3 lessons in full. 1 stays closed."),
        ("18", "Opens all 4 lessons, with every part."),
        ("", "Opens 1 lesson in full. 1 more opens without its strongest parts."
             " 2 stay closed and ask again when you open them."),
    ],
)  # fmt: skip
def test_each_answer_says_how_many_lessons_it_opens_and_closes(
    app: Flask, monkeypatch: pytest.MonkeyPatch, value: str, effect: str
) -> None:
    serve(app, monkeypatch, *LESSONS)
    with app.test_request_context("/"):
        assert age_effects()[value] == effect


@pytest.mark.parametrize("path", ["/account/age", "/modules/1-tea/4-fire"])
def test_wherever_it_is_asked_the_effects_stand_below_the_answers(
    app: Flask, client: FlaskClient, visit: PageOpener, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    serve(app, monkeypatch, *LESSONS)
    assert "Under 14 Opens 1 lesson in full." in words(visit(client, path).one("body"))
