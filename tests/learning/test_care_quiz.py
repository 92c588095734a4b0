"""Care in quizzes: what rests on gated facts is left out, wherever a quiz or its result is shown."""

import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.blocks import BodySection, Card
from tests.actors.attempt_pages import Taker, begin, take, words
from tests.actors.attempts import right, wrong
from tests.actors.people import choose_age
from tests.courses.gated import CORE_14, strong
from tests.courses.serving import serve
from tests.courses.tea import LESSON, paragraphs, quiz
from tests.pages import PageOpener
from tests.quiz.samples import make


@pytest.mark.parametrize(("band", "asked"), [(14, 3), (16, 4)])
def test_questions_on_gated_facts_are_left_out_and_the_pass_mark_holds_for_the_rest(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, band: int, asked: int
) -> None:
    serve(app, monkeypatch, strong())
    choose_age(client, band)
    assert f"{asked} questions." in words(client.get(f"{LESSON}/quiz").text)
    taker = begin(app, client)
    assert len(taker.attempt.items) == taker.attempt.summary.max_points == asked
    assert ("scald" in taker.attempt.summary.item_ids) is (asked == 4)
    result = take(taker)
    assert f"{asked} of {asked}" in words(result)
    assert ("How hot was the skin?" in result) is (asked == 4)


def test_practice_of_what_was_missed_leaves_them_out_too(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    choose_age(client, 16)
    taker = begin(app, client)
    take(taker, wrong)
    choose_age(client, 14)
    again = client.post(f"{taker.url}/missed")
    practice = Taker(app, client, int(again.location.rpartition("/")[2]))
    assert practice.attempt.summary.item_ids == ("one", "two", "three")


def test_a_quiz_begun_under_an_older_age_group_is_begun_anew(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    choose_age(client, 16)
    before = begin(app, client)
    attempt_item = before.attempt_item("single")
    choose_age(client, 14)

    for path in (before.url, f"{before.url}?q=2"):
        page = client.get(path, follow_redirects=True)
        assert page.request.path == f"{LESSON}/quiz"
        assert "You began this quiz under another age group." in page.text
        assert "How hot was the skin?" not in page.text
    assert before.send(attempt_item, right(attempt_item).response).status_code == 403
    after = begin(app, client)
    assert after.attempt_id != before.attempt_id
    assert "scald" not in after.attempt.summary.item_ids
    # Older again, the reader finds the first one as it was left.
    choose_age(client, 16)
    client.post(f"{after.url}/finish")
    assert begin(app, client).attempt_id == before.attempt_id


def test_a_result_from_an_older_age_group_leaves_its_questions_out(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    choose_age(client, 16)
    taker = begin(app, client)
    assert "How hot was the skin?" in take(taker)
    choose_age(client, 14)
    page = words(visit(client, taker.url).text)
    assert "How hot was the skin?" not in page
    assert "1 question is left out here." in page
    assert "4 of 4" in page


@pytest.mark.parametrize("younger", ["12", ""])
def test_a_quiz_stays_shut_where_a_new_age_group_closes_its_lesson(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, younger: str
) -> None:
    serve(app, monkeypatch, strong(age=CORE_14))
    choose_age(client, 14)
    taker = begin(app, client)
    attempt_item = taker.attempt_item("single")
    client.post("/account/age", data={"band": younger})

    for path in (taker.url, f"{taker.url}?q=2"):
        page = client.get(path, follow_redirects=True)
        assert page.request.path == f"{LESSON}/quiz"
        assert attempt_item.item.stem not in page.text
    assert taker.send(attempt_item, right(attempt_item).response).status_code == 403

    choose_age(client, 14)
    assert client.get(taker.url).status_code == 200


@pytest.mark.parametrize("younger", ["12", ""])
def test_of_a_result_only_the_score_is_left_where_a_new_age_group_closes_its_lesson(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, younger: str
) -> None:
    serve(app, monkeypatch, strong(age=CORE_14))
    choose_age(client, 14)
    taker = begin(app, client)
    stems = {attempt_item.item.stem for attempt_item in taker.attempt.items}
    take(taker, wrong)
    client.post("/account/age", data={"band": younger})

    page = visit(client, taker.url).text
    assert [stem for stem in stems if stem in page] == []
    assert "These questions belong to a lesson for another age group than yours." in words(page)
    assert "Practice only what I missed" not in page
    assert client.post(f"{taker.url}/missed").status_code == 403


def test_feedback_never_leads_to_a_card_that_is_left_out(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    steam = paragraphs(2, "Steam.")
    told = replace(steam, items=(replace(steam.items[0], facts=("tea.02", "tea.04")),))
    card = Card("Steam", "card-1", (2,), (told,), gated=True)
    body = (BodySection("pot", "Pot", (paragraphs(1, "Mia pours."), card)),)
    items = (make("single", id="one"), make("single", id="only-in-the-card", facts=["tea.04"]))
    serve(app, monkeypatch, strong(body=body, quiz=quiz(*items)))
    links = {}
    for band in (14, 16):
        reader = app.test_client()
        choose_age(reader, band)
        links[band] = set(re.findall(rf'href="{LESSON}#([\w-]+)"', take(begin(app, reader))))
    assert links[16] == {"p1", "card-1"}
    assert links[14] == {"p1"}


def test_nothing_inside_a_closed_card_can_be_the_target_of_a_link(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = '<dfn class="term" id="term-steam">steam</dfn>'
    card = Card("Steam", "card-1", (2,), (paragraphs(2, f"Hot {term}."),), gated=True)
    serve(app, monkeypatch, strong(body=(BodySection("pot", "Pot", (paragraphs(1, "Tea."), card)),)))
    inside = {}
    for route in ("closed", "all"):
        client.post(f"{LESSON}/route", data={"route": route, "band": "18"})
        (found,) = re.findall(r'<details class="folded"[^>]*>(.*?)</details>', client.get(LESSON).text, re.S)
        inside[route] = re.findall(r'\bid="([^"]+)"', found)
        assert ">steam</" in found
    assert inside == {"closed": [], "all": ["p2", "term-steam"]}
