"""Something unseen above a question: on every page that shows the question, its source only after the answer."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Lesson
from tests.actors.attempt_pages import Taker, begin, words
from tests.actors.attempts import right
from tests.actors.people import People
from tests.courses.serving import serve, serve_catalog
from tests.courses.tea import course_with, lesson, quiz
from tests.pages import PageOpener
from tests.quiz.samples import make, reply

NIGHTS = {"columns": ["Year", "Cups sold"], "rows": [["2019", "1,000"], ["2020", "nobody counted"], ["2021", "250"]]}
SERIES = {"kind": "series", "table": NIGHTS, "source": "Tea Board, 12 May 2021", "evidence": ["tea.02"]}
SIGN = {"kind": "sign", "text": "No *tea*\nafter nine", "made_up": True}


def tea_lesson() -> Lesson:
    shown = make("single", id="cups", stimulus=SERIES)
    return lesson(quiz=quiz(shown, make("single", id="sign", stem="What next?", stimulus=SIGN)))


@pytest.fixture
def taker(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Taker:
    serve(app, monkeypatch, tea_lesson())
    return begin(app, client)


def test_a_series_is_a_table_with_bars_and_its_source_waits_for_the_answer(taker: Taker, visit: PageOpener) -> None:
    page = visit(taker.client, f"{taker.url}?q=1")

    cells = ["".join(cell.itertext()) for cell in page.all("th", "td")]
    assert cells == ["Year", "Cups sold", "2019", "1,000", "2020", "nobody counted", "2021", "250"]
    assert [bar.get("width") for bar in page.all("rect")] == ["100%", "25%"]
    assert "A series of numbers" in words(page.text)
    assert "Tea Board" not in page.text
    taker.send(taker.attempt_item("single"), right(taker.attempt_item("single")).response)
    assert "Source: Tea Board, 12 May 2021" in words(visit(taker.client, f"{taker.url}?q=1").text)


def test_what_is_made_up_says_so_at_once_line_by_line(taker: Taker, visit: PageOpener) -> None:
    page = visit(taker.client, f"{taker.url}?q=2")

    assert "<p>No <em>tea</em></p><p>after nine</p>" in page.text
    assert "Made up for this question." in words(page.text)


def test_the_result_shows_what_was_asked_with_its_source(taker: Taker, visit: PageOpener) -> None:
    taker.client.post(f"{taker.url}/finish")

    page = words(visit(taker.client, taker.url).text)
    assert "Source: Tea Board, 12 May 2021" in page
    assert "Made up for this question." in page


def test_teachers_get_it_on_paper_without_its_source_and_in_the_key_with_it(
    app: Flask, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    serve_catalog(app, monkeypatch, course_with(tea_lesson()))
    ada = People(app).signed_in("Ada", role="teacher")

    paper, key = (words(visit(ada, f"/teaching/modules/1-tea/1-leaf/{page}").text) for page in ("quiz", "key"))
    assert "nobody counted" in paper
    assert "Tea Board" not in paper
    assert "nobody counted" in key
    assert "Source: Tea Board, 12 May 2021" in key


def test_two_good_replies_are_both_called_good_with_what_each_costs(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, visit: PageOpener
) -> None:
    goods: list[dict[str, Any]] = [
        {**reply("Stay", "best"), "cost": "You lose an hour."},
        {**reply("Go", "best"), "cost": "She is alone tonight."},
        reply("Shout", "worse"),
    ]
    turns = [{"id": "start", "says": "Tea?", "replies": goods}]
    serve(app, monkeypatch, lesson(quiz=quiz(make("scenario", turns=turns))))
    taker = begin(app, client)
    taker.send(taker.attempt_item("scenario"), {"replies": [1]})

    page = words(visit(client, f"{taker.url}?q=1").text)
    assert page.count("Both are good. Each costs something.") == 1
    assert "What it costs: You lose an hour." in page
    assert "What it costs: She is alone tonight." in page
