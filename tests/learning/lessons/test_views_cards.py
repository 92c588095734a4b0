"""The quiz after reading with closed cards: it asks what they tell only where they were opened."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.groups.assignments.values import is_care_lesson
from tests.actors.attempt_pages import Taker, begin
from tests.content.test_closed_cards import carded
from tests.courses.serving import serve
from tests.courses.tea import LESSON
from tests.pages import PageOpener


@pytest.fixture
def client(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    serve(app, monkeypatch, carded())
    return client


def asked(app: Flask, client: FlaskClient, *opened: str) -> tuple[str, ...]:
    """Begin the quiz with these cards named as opened, and return what it asks."""
    answer = client.post(f"{LESSON}/quiz", data={"kind": "main", "from": "quiz", "opened": list(opened)})
    assert answer.status_code == 303, answer.text
    attempt = int(answer.location.rpartition("/")[2])
    return Taker(app, client, attempt).attempt.summary.item_ids


def test_closed_cards_are_not_asked_about(app: Flask, client: FlaskClient) -> None:
    assert begin(app, client).attempt.summary.item_ids == ("tea-1",)


def test_a_card_that_was_opened_is(app: Flask, client: FlaskClient) -> None:
    assert asked(app, client, "card-2", "card-9") == ("tea-1", "tea-3")


def test_both_are_where_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    assert asked(app, client, "all") == ("tea-1", "tea-2", "tea-3")


def test_whoever_reads_everything_is_asked_everything(app: Flask, client: FlaskClient, visit: PageOpener) -> None:
    page = visit(client, f"{LESSON}/quiz")
    assert "1 question." in page.text
    assert page.one("input", name="opened").get("type") == "checkbox"
    client.post(f"{LESSON}/route", data={"route": "all"})
    page = visit(client, f"{LESSON}/quiz")
    assert "3 questions." in page.text
    assert 'name="opened"' not in page.text
    assert asked(app, client) == ("tea-1", "tea-2", "tea-3")


def test_leaders_see_of_such_a_lesson_only_that_it_is_done() -> None:
    """How many questions were asked would tell them whether a card was opened."""
    assert is_care_lesson(carded())
