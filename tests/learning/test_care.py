"""Care, end to end: age groups by the reader's choice, routes that count alike, cards that stay closed."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from learnapp.accounts.models import User
from learnapp.content.blocks import BodySection, Card
from learnapp.content.catalog import Ages, Lesson
from learnapp.db import db
from learnapp.learning.models import Attempt, Progress
from learnapp.learning.sheets import attempts_of_lesson
from tests.learning.browsing import LESSON, Taker, begin, serve, words
from tests.learning.quizzing import right, wrong
from tests.learning.teahouse import lesson, paragraphs, quiz, short_quiz
from tests.pages import PageOpener
from tests.quiz.samples import make
from tests.web.test_logs import written

__all__ = ["written"]

CORE_12, CORE_14 = Ages(12, 16, teacher_release=False), Ages(14, 16, teacher_release=False)
OLDER = Ages(None, 18, teacher_release=True)
SCALDS = Card("Scalds", "card-1", (2,), (paragraphs(2, "Skin comes off."),), ("tea.02",), gated=True)
BURNS = Card("Burns", "card-2", (3,), (paragraphs(3, "It is hot."),), ("tea.03",), gated=False)
BODY = (
    BodySection("pot", "Pot", ("tea",), (paragraphs(1, "Mia pours."), SCALDS, BURNS)),
    BodySection("cup", "Cup", ("tea",), (paragraphs(4, "Mia drinks."),)),
)
GATED_ITEM = make("single", id="scald", stem="How hot was the skin?", facts=["tea.02"])
ITEMS = (make("single", id="one"), GATED_ITEM, make("single", id="two"), make("single", id="three"))


def strong(slug: str = "1-leaf", **changes: Any) -> Lesson:
    """Make a strong lesson with a gated card, a card that is not, and four questions, one of them gated."""
    usual: dict[str, Any] = {
        "body": BODY,
        "sensitivity": "strong",
        "age": CORE_12,
        "gated": ("tea.02",),
        "advisory": "This lesson is about tea.",
        "advisory_cards": "One card tells of burns.",
        "short": (paragraphs(1, "In short, tea."),),
        "short_quiz": short_quiz(),
        "pause_html": "<p>Breathe. One small act: warm a cup.</p>",
        "quiz": quiz(*ITEMS),
    }
    return lesson(slug, **{**usual, **changes})


def choose(client: FlaskClient, band: int) -> None:
    assert client.post("/account/age", data={"band": str(band)}).status_code == 303


def bands(app: Flask) -> list[int | None]:
    with app.app_context():
        return list(db.session.scalars(select(User.band).order_by(User.id)))


def take(taker: Taker, answer: Any = right) -> str:
    """Answer every question of a quiz, finish it, and return the result's page."""
    for number in range(len(taker.sheet.slots)):
        slot = taker.sheet.slots[number]
        taker.send(slot, answer(slot).wire)
    taker.client.post(f"{taker.url}/finish")
    return taker.client.get(taker.url).text


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
    assert "Quiz with 3 questions" in text
    assert bands(app) == []


@pytest.mark.parametrize(("band", "sent"), [("12", False), ("14", False), ("16", True), ("18", True)])
def test_route_and_age_group_are_chosen_in_one_breath(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, band: str, sent: bool
) -> None:
    serve(app, monkeypatch, strong())
    client.post(f"{LESSON}/route", data={"route": "closed", "band": band})

    page = client.get(LESSON).text
    assert bands(app) == [int(band)]
    assert ("Skin comes off." in page) is sent
    assert "Which fits you?" not in page
    assert ("We keep it for older readers, and no question asks about it." in words(page)) is not sent


def test_who_chooses_a_route_only_is_still_asked_below(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    client.post(f"{LESSON}/route", data={"route": "all", "band": ""})

    page = visit(client, LESSON).text
    assert bands(app) == [None]
    assert "Which fits you?" in page
    assert "Skin comes off." not in page


def test_no_other_age_can_be_sent(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    serve(app, monkeypatch, strong())
    assert client.post(f"{LESSON}/route", data={"route": "all", "band": "99"}).status_code == 422
    assert bands(app) == []


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
    assert {one.get("value") for one in form.iter("input") if one.get("name") == "band"} == {
        "12",
        "14",
        "16",
        "18",
    }
    opened = client.post(form.get("action") or "", data={"band": "14"}, follow_redirects=True)
    assert opened.request.path == LESSON
    assert "Mia pours." in opened.text


def test_staff_are_grown_up_unless_they_say_otherwise(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong(age=OLDER))
    choose(client, 18)
    with app.app_context():
        user = db.session.scalars(select(User)).one()
        user.role, user.name, user.name_key, user.band = "teacher", "Ada", "ada", None
        db.session.commit()
    assert "Mia pours." in client.get(LESSON).text
    choose(client, 14)
    assert "Mia pours." not in client.get(LESSON).text


def test_a_lesson_that_is_kept_back_says_so_kindly_and_shows_nothing_of_itself(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = strong(age=OLDER, lead="What boils.", key_points=("Steam burns", "It does"))
    serve(app, monkeypatch, older, lesson("2-water", number=2))
    choose(client, 16)
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
    choose(client, 12)
    water = "/modules/1-tea/2-water"
    taker = begin(app, client, water)
    client.post(f"{water}/read")
    assert "The lesson is done." in words(take(taker))
    assert "You have done every lesson of this course." in words(client.get("/courses/tea").text)
    assert "1 of 1 lessons done" in words(client.get("/me").text)


@pytest.mark.parametrize(("band", "asked"), [(14, 3), (16, 4)])
def test_questions_on_gated_facts_are_left_out_and_the_pass_mark_holds_for_the_rest(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, band: int, asked: int
) -> None:
    serve(app, monkeypatch, strong())
    choose(client, band)
    assert f"{asked} questions." in words(client.get(f"{LESSON}/quiz").text)
    taker = begin(app, client)
    assert len(taker.sheet.slots) == taker.sheet.head.max_points == asked
    assert ("scald" in taker.sheet.head.item_ids) is (asked == 4)
    result = take(taker)
    assert f"{asked} of {asked}" in words(result)
    assert ("How hot was the skin?" in result) is (asked == 4)


def test_practice_of_what_was_missed_leaves_them_out_too(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    choose(client, 16)
    taker = begin(app, client)
    take(taker, wrong)
    choose(client, 14)
    again = client.post(f"{taker.url}/missed")
    practice = Taker(app, client, int(again.location.rpartition("/")[2]))
    assert practice.sheet.head.item_ids == ("one", "two", "three")


def test_a_quiz_begun_under_an_older_age_group_is_begun_anew(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    choose(client, 16)
    before = begin(app, client)
    slot = before.slot("single")
    choose(client, 14)

    for path in (before.url, f"{before.url}?q=2"):
        page = client.get(path, follow_redirects=True)
        assert page.request.path == f"{LESSON}/quiz"
        assert "You began this quiz under another age group." in page.text
        assert "How hot was the skin?" not in page.text
    assert before.send(slot, right(slot).wire).status_code == 403
    after = begin(app, client)
    assert after.attempt_id != before.attempt_id
    assert "scald" not in after.sheet.head.item_ids
    # Older again, the reader finds the first one as it was left.
    choose(client, 16)
    client.post(f"{after.url}/finish")
    assert begin(app, client).attempt_id == before.attempt_id


def test_a_result_from_an_older_age_group_leaves_its_questions_out(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(app, monkeypatch, strong())
    choose(client, 16)
    taker = begin(app, client)
    assert "How hot was the skin?" in take(taker)
    choose(client, 14)
    page = words(visit(client, taker.url).text)
    assert "How hot was the skin?" not in page
    assert "1 question is left out here." in page
    assert "4 of 4" in page


@pytest.mark.parametrize("younger", ["12", ""])
def test_a_quiz_stays_shut_where_a_new_age_group_closes_its_lesson(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, younger: str
) -> None:
    serve(app, monkeypatch, strong(age=CORE_14))
    choose(client, 14)
    taker = begin(app, client)
    slot = taker.slot("single")
    client.post("/account/age", data={"band": younger})

    for path in (taker.url, f"{taker.url}?q=2"):
        page = client.get(path, follow_redirects=True)
        assert page.request.path == f"{LESSON}/quiz"
        assert slot.item.stem not in page.text
    assert taker.send(slot, right(slot).wire).status_code == 403

    choose(client, 14)
    assert client.get(taker.url).status_code == 200


@pytest.mark.parametrize("younger", ["12", ""])
def test_of_a_result_only_the_score_is_left_where_a_new_age_group_closes_its_lesson(
    app: Flask, visit: PageOpener, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, younger: str
) -> None:
    serve(app, monkeypatch, strong(age=CORE_14))
    choose(client, 14)
    taker = begin(app, client)
    stems = {slot.item.stem for slot in taker.sheet.slots}
    take(taker, wrong)
    client.post("/account/age", data={"band": younger})

    page = visit(client, taker.url).text
    assert [stem for stem in stems if stem in page] == []
    assert "These questions belong to a lesson for another age group than yours." in words(page)
    assert "Practice only what I missed" not in page
    assert client.post(f"{taker.url}/missed").status_code == 403


BARE = (BodySection("pot", "Pot", ("tea",), (paragraphs(1, "Mia pours."), SCALDS)),)


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
    choose(client, band)

    page = visit(client, LESSON)
    assert told in words(page.text)
    assert [one.get("value") for one in page.all("input") if one.get("name") == "route"] == ways
    assert ("One card tells of burns." in client.get("/modules/1-tea").text) is (band == 16)


@pytest.mark.parametrize(
    ("route", "said"),
    [("all", "read everything"), ("closed", "keep the strong parts closed"), ("short", "short version")],
)
def test_the_advisory_stands_above_the_text_after_the_choice_too(
    app: Flask,
    visit: PageOpener,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    route: str,
    said: str,
) -> None:
    serve(app, monkeypatch, strong())
    choose(client, 16)
    client.post(f"{LESSON}/route", data={"route": route})

    page = visit(client, LESSON)
    text = words(page.text)
    assert text.index("This lesson is about tea.") < text.index(f"You chose {'to ' * (route != 'short')}")
    assert said in text
    assert ("One card tells of burns." in text) is (route != "short")
    assert page.one("details", id="another-way").get("open") is None


def test_feedback_never_leads_to_a_card_that_is_left_out(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    steam = paragraphs(2, "Steam.")
    told = replace(steam, items=(replace(steam.items[0], facts=("tea.02", "tea.04")),))
    card = Card("Steam", "card-1", (2,), (told,), ("tea.02", "tea.04"), gated=True)
    body = (BodySection("pot", "Pot", ("tea",), (paragraphs(1, "Mia pours."), card)),)
    items = (make("single", id="one"), make("single", id="only-in-the-card", facts=["tea.04"]))
    serve(app, monkeypatch, strong(body=body, quiz=quiz(*items)))
    links = {}
    for band in (14, 16):
        reader = app.test_client()
        choose(reader, band)
        links[band] = set(re.findall(rf'href="{LESSON}#([\w-]+)"', take(begin(app, reader))))
    assert links[16] == {"p1", "card-1"}
    assert links[14] == {"p1"}


def test_nothing_inside_a_closed_card_can_be_the_target_of_a_link(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    term = '<dfn class="term" id="term-steam">steam</dfn>'
    card = Card("Steam", "card-1", (2,), (paragraphs(2, f"Hot {term}."),), ("tea.02",), gated=True)
    serve(
        app, monkeypatch, strong(body=(BodySection("pot", "Pot", ("tea",), (paragraphs(1, "Tea."), card)),))
    )
    inside = {}
    for route in ("closed", "all"):
        client.post(f"{LESSON}/route", data={"route": route, "band": "18"})
        (found,) = re.findall(r'<details class="shut"[^>]*>(.*?)</details>', client.get(LESSON).text, re.S)
        inside[route] = re.findall(r'\bid="([^"]+)"', found)
        assert "steam</dfn>" in found
    assert inside == {"closed": [], "all": ["p2", "term-steam"]}


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


ROUTES = ("all", "closed", "short")


def test_the_three_routes_count_the_same_and_leave_no_trace_for_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch, written: StringIO
) -> None:
    same = quiz(make("single", id="one"), make("single", id="two"), make("single", id="three"))
    short = short_quiz(*(make("single", id=f"short-{name}") for name in ("one", "two", "three")))
    serve(app, monkeypatch, strong(quiz=same, short_quiz=short), lesson("2-water", number=2))
    told: dict[str, list[str]] = {}
    for route in ROUTES:
        reader = app.test_client()
        choose(reader, 18)
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


def test_the_short_route_takes_the_short_quiz(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
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
        assert len(attempts_of_lesson(db.session, attempt.user_id, progress.lesson)) == 1


def test_cards_of_modules_and_lessons_say_what_is_strong(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    serve(
        app,
        monkeypatch,
        strong(),
        lesson("1-bean", module="2-coffee"),
        strong("1-ash", module="3-ash", age=CORE_14),
    )
    assert "Before you read: This lesson is about tea." in words(client.get("/modules/1-tea").text)
    for path in ("/", "/courses/tea"):
        page = words(client.get(path).text)
        assert "1 strong lesson, with a note before you read" in page
        assert "1 more lesson asks for your age group first." in page
    assert "Choose your age group" in words(client.get("/courses/tea").text)
    assert 'href="/account/age?next=/modules/3-ash"' in client.get("/modules/3-ash").text
