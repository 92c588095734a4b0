"""Care on the way: three routes that count alike, a pause at the end, and what says so beforehand."""

import json
import re
import zipfile
from io import BytesIO, StringIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.content.blocks import BodySection
from learnapp.database.db import db
from learnapp.learning.attempts.store import results_of_lesson
from learnapp.learning.models import Attempt, Progress
from tests.actors.attempt_pages import Taker, begin, take, words
from tests.actors.people import choose_age
from tests.courses.gated import CORE_14, SCALDS, strong
from tests.courses.serving import serve
from tests.courses.tea import LESSON, lesson, paragraphs, quiz, short_quiz
from tests.pages import PageOpener
from tests.quiz.samples import make


def test_a_strong_lesson_ends_with_a_pause_and_the_help_that_the_operator_has_set(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    for route in ("all", "closed", "short"):
        client.post(f"{LESSON}/route", data={"route": route})
        page = client.get(LESSON).text
        assert page.index("One small act") > page.index('id="points"')
        pause = page[page.index('id="pause"') :].partition("</section>")[0]
        assert re.findall(r'href="([^"]+)"', pause) == ["/support"]


BARE = (BodySection("pot", "Pot", (paragraphs(1, "Mia pours."), SCALDS)),)


@pytest.mark.parametrize(
    ("band", "told", "ways"),
    [
        (16, "This lesson is about tea. One card tells of burns.", ["all", "closed", "short"]),
        (14, "This lesson is about tea. Some parts are kept for older readers", ["closed", "short"]),
    ],
)
def test_an_advisory_tells_of_closed_cards_only_where_they_are_sent(
    app: Flask,
    visit: PageOpener,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    band: int,
    told: str,
    ways: list[str],
) -> None:
    serve(app, monkeypatch, strong(body=BARE))
    choose_age(client, band)

    page = visit(client, LESSON)
    assert told in words(page.text)
    assert [one.get("value") for one in page.all("input") if one.get("name") == "route"] == ways
    assert ("One card tells of burns." in client.get("/modules/1-tea").text) is (band == 16)


@pytest.mark.parametrize(
    ("route", "said"),
    [("all", "read everything"), ("closed", "keep the strong parts closed"), ("short", "short version")],
)
def test_the_advisory_stands_above_the_text_after_the_choice_too(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, route: str, said: str
) -> None:
    serve(app, monkeypatch, strong())
    choose_age(client, 16)
    client.post(f"{LESSON}/route", data={"route": route})

    page = visit(client, LESSON)
    text = words(page.text)
    assert text.index("This lesson is about tea.") < text.index(f"You chose {'to ' * (route != 'short')}")
    assert said in text
    assert ("One card tells of burns." in text) is (route != "short")
    assert page.one("details", id="another-way").get("open") is None


ROUTES = ("all", "closed", "short")


@pytest.mark.slow
def test_the_three_routes_count_the_same_and_leave_no_trace_for_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch, written: StringIO
) -> None:
    same = quiz(make("single", id="one"), make("single", id="two"), make("single", id="three"))
    short = short_quiz(*(make("single", id=f"short-{name}") for name in ("one", "two", "three")))
    serve(app, monkeypatch, strong(quiz=same, short_quiz=short), lesson("2-water", number=2))
    told: dict[str, list[str]] = {}
    for route in ROUTES:
        reader = app.test_client()
        choose_age(reader, 18)
        seen = [f"{reader.post(f'{LESSON}/route', data={'route': route}).headers}"]
        kind = "short" if route == "short" else "main"
        started = reader.post(f"{LESSON}/quiz", data={"kind": kind, "from": "lesson"})
        taker = Taker(app, reader, int(started.location.rpartition("/")[2]))
        seen.append(str(started.headers))
        take(taker)
        seen += [words(reader.get(path).text) for path in ("/", "/courses/tea", "/modules/1-tea", "/me")]
        told[route] = [re.sub(r"attempts/\d+|X-Request-ID: \w+|Set-Cookie: [^\r]+", "", one) for one in seen]
    assert told["all"] == told["closed"] == told["short"]
    assert "Best quiz: 100%" in " ".join(told["short"])

    logged = [json.loads(line) for line in written.getvalue().splitlines()]
    lines = [[one.get("method"), one.get("route"), one.get("status")] for one in logged]
    third = len(lines) // 3
    assert third > 10
    assert lines[:third] == lines[third : 2 * third] == lines[2 * third :]
    assert not re.search(r'"(all|closed|short)"', written.getvalue())


def test_the_choice_is_in_the_reader_s_own_export_and_nobody_else_s(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    readers = {route: app.test_client() for route in ROUTES}
    for route, reader in readers.items():
        reader.post(f"{LESSON}/route", data={"route": route, "band": "16"})
    for route, reader in readers.items():
        archive = zipfile.ZipFile(BytesIO(reader.get("/account/data/export").data))
        tables = json.loads(archive.read("data.json"))["tables"]
        assert [row["route"] for row in tables["progress"]] == [route]
        assert [row["band"] for row in tables["users"]] == [16]


def test_the_short_route_takes_the_short_quiz(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, strong())
    client.post(f"{LESSON}/route", data={"route": "short"})
    (kind,) = re.findall(r'name="kind" value="(\w+)"', client.get(LESSON).text)
    taker = begin(app, client, kind=kind)
    client.post(f"{LESSON}/read")
    take(taker)
    with app.app_context():
        attempt = db.session.scalars(select(Attempt)).one()
        progress = db.session.scalars(select(Progress)).one()
        assert (attempt.kind, attempt.passed) == ("short", True)
        assert progress.completed_at is not None
        assert results_of_lesson(db.session, attempt.user_id, progress.lesson).count == 1


def test_cards_of_modules_and_lessons_say_what_is_strong(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong(), lesson("1-bean", module="2-coffee"), strong("1-ash", module="3-ash", age=CORE_14))
    assert "Before you read: This lesson is about tea." in words(client.get("/modules/1-tea").text)
    stations, path = (words(client.get(path).text) for path in ("/", "/courses/tea"))
    assert "1 strong lesson, with a note before you read" in stations
    assert "1 more lesson asks for your age group first." in stations
    assert "1.1 Leaf strong Module 2 Coffee 2.1 Bean Module 3 Ash 3.1 Ash strong Asks for your age group first" in path
    assert "1 more lesson asks which age group fits you. Choose your age group" in path
    assert 'href="/account/age?next=/modules/3-ash"' in client.get("/modules/3-ash").text
