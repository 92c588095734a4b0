"""Care, end to end: age groups by the reader's choice, and lessons that are kept back kindly."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import LessonEnd
from tests.actors.attempt_pages import begin, take, words
from tests.actors.people import age_bands, choose_age
from tests.courses.gated import CORE_14, OLDER, strong
from tests.courses.serving import serve
from tests.courses.tea import LESSON, lesson
from tests.pages import PageOpener


def test_a_reader_of_no_age_group_is_asked_in_place_and_gets_no_gated_card(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    page = visit(client, LESSON)
    text = words(page.text)

    assert "Which fits you?" in text
    assert not {one.get("type") for one in page.all("input")} & {"date", "number"}
    assert "Skin comes off." not in text
    assert "Scalds" not in text
    assert "Paragraph 2 is left out until you say which age group you are in." in text
    assert "It is hot." in text
    assert "3 questions" in text
    assert age_bands(app) == []


@pytest.mark.parametrize(("band", "sent"), [("12", False), ("14", False), ("16", True), ("18", True)])
def test_route_and_age_group_are_chosen_in_one_breath(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, band: str, sent: bool
) -> None:
    serve(app, monkeypatch, strong())
    client.post(f"{LESSON}/route", data={"route": "closed", "band": band})

    page = client.get(LESSON).text
    assert age_bands(app) == [int(band)]
    assert ("Skin comes off." in page) is sent
    assert "Which fits you?" not in page
    assert ("We keep it for older readers, and no question asks about it." in words(page)) is not sent


def test_who_chooses_a_route_only_is_still_asked_below(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    client.post(f"{LESSON}/route", data={"route": "all", "band": ""})

    page = visit(client, LESSON).text
    assert age_bands(app) == [None]
    assert "Which fits you?" in page
    assert "Skin comes off." not in page


def test_no_other_age_can_be_sent(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, strong())
    assert client.post(f"{LESSON}/route", data={"route": "all", "band": "99"}).status_code == 422
    assert age_bands(app) == []


def test_a_lesson_for_older_readers_asks_first_and_then_opens(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong(age=CORE_14), lesson("2-water", number=2))
    asking = visit(client, LESSON)

    assert "This lesson is about tea." in asking.text
    assert "burns" not in asking.text
    assert "Mia pours." not in asking.text
    assert "Read “Water” instead" in words(asking.text)
    form = next(one for one in asking.all("form") if one.get("action") == f"/account/age?next={LESSON}")
    assert {one.get("value") for one in form.iter("input") if one.get("name") == "band"} == {"12", "14", "16", "18"}
    opened = client.post(form.get("action") or "", data={"band": "14"}, follow_redirects=True)
    assert opened.request.path == LESSON
    assert "Mia pours." in opened.text


def test_a_lesson_that_is_kept_back_says_so_kindly_and_shows_nothing_of_itself(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = strong(age=OLDER, lead="What boils.", end=LessonEnd(("Steam burns", "It does")))
    serve(app, monkeypatch, older, lesson("2-water", number=2))
    choose_age(client, 16)
    for path in (LESSON, f"{LESSON}/quiz", "/modules/1-tea", "/", "/courses/tea"):
        page = words(visit(client, path).text)
        for hidden in ("What boils.", "Steam burns", "One card tells of burns.", "Mia pours.", "Skin"):
            assert hidden not in page, path
    page = words(client.get(LESSON).text)
    assert "We keep this lesson for older readers." in page
    assert "it waits until you are 18" in page
    assert "the module and the course are complete without it" in page
    assert "Read “Water” instead" in page
    assert "Get support" in page
    assert "0 of 1 lessons done" in words(client.get("/modules/1-tea").text)


def test_who_has_no_lesson_to_read_is_not_held_up(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong(age=OLDER), lesson("2-water", number=2))
    choose_age(client, 12)
    water = "/modules/1-tea/2-water"
    taker = begin(app, client, water)
    client.post(f"{water}/read")
    assert "The lesson is done." in words(take(taker))
    assert "You have done every lesson of this course." in words(client.get("/").text)
    assert "1 of 1 lesson done" in words(client.get("/me").text)
