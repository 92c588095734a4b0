"""Boxes of own words in a lesson's text, which is the same for all readers."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import Markup

from learnapp.content.blocks import BodySection, Guess
from learnapp.learning.lessons.own_words.pages import GUESS_MARK, JUDGE_MARK, with_plain_boxes
from tests.courses.serving import serve
from tests.courses.tea import ASKING, LESSON, lesson, strong_lesson

LINE = Guess("how-hot", "How <em>hot</em>?")


def test_a_guess_without_answers_is_a_line_to_type(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson(**{**ASKING, "body": (BodySection("pot", "The pot", (LINE,)),)}))
    client.post(f"{LESSON}/guess", data={"guess": 'Very "hot"'})

    page = client.get(LESSON).text

    assert "How <em>hot</em>?" in page
    assert 'name="guess" value="Very &#34;hot&#34;" maxlength="400"' in page
    assert 'type="radio" name="guess"' not in page


def test_a_lesson_without_a_guess_asks_for_a_judgment_alone(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, lesson())
    page = client.get(LESSON).text

    assert page.count('class="mine"') == 1
    assert 'name="guess"' not in page


def test_who_only_looks_sees_what_is_asked_and_no_form(app: Flask) -> None:
    one = strong_lesson(**ASKING)
    with app.test_request_context("/"):
        text = with_plain_boxes(Markup(GUESS_MARK + JUDGE_MARK), one, "all")
        short = with_plain_boxes(JUDGE_MARK, one, "short")

    assert "<form" not in text
    assert "Mia pours." in text
    assert "<li>The pot</li>" in text
    assert "Tea is poured." in short
    assert "Mia pours." not in short
