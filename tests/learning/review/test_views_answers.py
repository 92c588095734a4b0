"""Answers on the review page: sent once, twice, mangled or by others, each counts once or not at all."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from learnapp.database.db import db
from learnapp.learning.models import Progress
from learnapp.learning.review.models import Review
from tests.actors.attempt_pages import words
from tests.actors.review_pages import PAGE, Reviewer, ben, start
from tests.courses.serving import serve_catalog
from tests.courses.tea import course_with, quiz, two_modules
from tests.quiz.samples import make
from tests.statements import counted

__all__ = ["ben", "start"]


def test_a_second_press_leads_to_the_same_answer(ben: Reviewer) -> None:
    form = ben.form(ben.front)
    first, second = ben.send(form), ben.send(form)
    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert "in another window" not in ben.client.get(PAGE).text
    assert ben.count(Review) == 7


def test_another_window_is_told_which_answer_counts(ben: Reviewer) -> None:
    card = ben.front
    ben.send(ben.form(card))
    late = ben.send(ben.form(card, well=False), follow_redirects=True)
    assert "You answered this card in another window before." in words(late.text)
    assert "That is right." in words(late.text)
    assert ben.count(Review) == 7


def test_many_presses_at_once_are_one_review(ben: Reviewer) -> None:
    form, cookie = ben.form(ben.front), ben.client.get_cookie("guest")
    assert cookie is not None

    def press(_number: int) -> TestResponse:
        browser = ben.app.test_client()
        browser.set_cookie("guest", cookie.value)
        return browser.post(f"{PAGE}/answers", data=form)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(press, range(16)))
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert ben.count(Review) == 7


def test_a_question_that_was_edited_is_asked_as_it_stands_now(ben: Reviewer, monkeypatch: pytest.MonkeyPatch) -> None:
    card, form = ben.front, ben.form(ben.front)
    edited = tuple(
        replace(one, quiz=quiz(*(make("single", id=item.id, stem="What now?") for item in one.quiz.items)))
        for one in two_modules()
    )
    done = ben.send(ben.form(card)).location
    ben.catalog = serve_catalog(ben.app, monkeypatch, course_with(*edited))
    assert ben.client.get(done).location == PAGE
    page = ben.send({**form, "card": ben.front.id, "seq": ben.front.seq}, follow_redirects=True)
    assert "This question has changed since you opened it." in words(page.text)
    assert "What now?" in page.text
    assert ben.count(Review) == 7


def test_a_fact_that_is_gated_later_takes_its_card_out_of_the_queue(
    ben: Reviewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    card, form = ben.front, ben.form(ben.front)
    gated = tuple(replace(one, gated=("tea.01",)) for one in ben.catalog.lessons.values())
    serve_catalog(ben.app, monkeypatch, course_with(*gated))
    assert "Nothing to review" not in ben.client.get(PAGE).text
    assert "What about tea?" not in ben.client.get(PAGE).text
    assert ben.send(form).status_code == 404
    assert card.id


def test_others_cards_answer_as_missing_ones(ben: Reviewer) -> None:
    form = ben.form(ben.front)
    done = ben.send(form).location.partition("#")[0]
    form = ben.form(ben.front)
    cleo = ben.app.test_client()
    cleo.post("/modules/1-tea/1-leaf/place", data={"anchor": "p2"})
    for who in (cleo, ben.app.test_client()):
        theirs = who.post(f"{PAGE}/answers", data=form)
        missing = who.post(f"{PAGE}/answers", data={**form, "card": 999_999})
        assert (theirs.status_code, missing.status_code) == (404, 404)
        assert re.sub(r"[0-9a-f]{12}", "", theirs.text) == re.sub(r"[0-9a-f]{12}", "", missing.text)
        assert who.get(done).status_code == who.get(f"{PAGE}?done=999999").status_code == 404
    assert ben.count(Review) == 7


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"card": "x"}, 404),
        ({"card": ""}, 404),
        ({"card": "9" * 400}, 404),
        ({"seq": "x"}, 400),
        ({"seq": ""}, 400),
        ({"action": "flag"}, 400),
        ({"action": "easy"}, 400),
        ({"card": ["1", "2"]}, 400),
        ({"version": ""}, 303),
    ],
)
def test_a_mangled_form_changes_nothing(ben: Reviewer, change: dict[str, Any], status: int) -> None:
    assert ben.send({**ben.form(ben.front), **change}).status_code == status
    assert ben.count(Review) == 6


@pytest.mark.parametrize("done", ["x", "", "0", "-1", "9" * 400, "²"])
def test_an_answer_that_is_not_there_is_not_found(ben: Reviewer, done: str) -> None:
    assert ben.client.get(PAGE, query_string={"done": done}).status_code == 404


def test_review_changes_neither_progress_nor_results(ben: Reviewer) -> None:
    def progress() -> list[Any]:
        with ben.app.app_context():
            return [tuple(row) for row in db.session.execute(select(Progress.__table__))]

    before = progress()
    for _card in range(6):
        ben.send(ben.form(ben.front, well=False))
    assert progress() == before


def test_an_answer_takes_at_most_six_statements(ben: Reviewer) -> None:
    ben.client.get(PAGE)
    form = ben.form(ben.front)
    with ben.app.app_context(), counted(db.engine, frame=True) as sent:
        assert ben.send(form).status_code == 303
    assert len(sent) <= 6, sent
