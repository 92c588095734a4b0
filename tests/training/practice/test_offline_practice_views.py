"""Practice without a network: the page that holds a conversation whole, and what it sends, once, twice or too late."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from learnapp.database.db import db
from learnapp.learning.lessons.own_words.service import words_digest
from learnapp.training.models import WORDS_MAX, PracticeRun
from learnapp.training.practice import offline_practice_views
from tests.actors.people import People, open_login
from tests.courses.practice import SUGAR, conversation, practice_course
from tests.courses.serving import serve_catalog
from tests.pages import PageOpener

pytestmark = pytest.mark.usefixtures("course")

TALK = f"/practice/{SUGAR}"
OFFLINE = f"{TALK}/offline"


@pytest.fixture
def vera(people: People) -> FlaskClient:
    """Give Vera's browser."""
    browser = people.browser()
    open_login(browser, people.add("Vera"))
    return browser


def send(client: FlaskClient, path: str | None, before: str = "", **more: str) -> tuple[int, dict[str, Any]]:
    """Send a path as the page's script does, or words alone."""
    moved = {} if path is None else {"path": path, "before": before}
    form = {"ended": "", **moved, **more}
    answer = client.post(f"{TALK}/path", data=form, headers={"Accept": "application/json"})
    return answer.status_code, answer.get_json()


def stored(app: Flask) -> PracticeRun:
    """Return the one run that there is."""
    with app.app_context():
        return db.session.query(PracticeRun).one()


def test_the_page_has_every_turn_and_reply_and_where_one_stands(vera: FlaskClient, visit: PageOpener) -> None:
    vera.post(f"{TALK}/talk", data={"anticipated": "Company?"})
    vera.post(f"{TALK}/reply", data={"at": 0, "turn": "start", "reply": "offer"})
    page = visit(vera, OFFLINE)
    assert sum(one.tag == "template" for one in page.tree.iter()) == 3 + 3 + 9 + 5
    for shown in ("Visitor at sulk.", "They hear again.", "Because of two.", "What works better", "Perhaps company."):
        assert shown in page.text
    box = next(one for one in page.all("div") if one.get("data-talk") == SUGAR)
    told = {"path": "offer", "before": "offer", "begun": "yes", "first": "start", "anticipated": "Company?"}
    assert {name: box.get(f"data-{name}") for name in told} == told
    assert "needs scripts" in page.text


def test_a_path_is_taken_over_with_words_and_sent_twice_changes_nothing(app: Flask, vera: FlaskClient) -> None:
    words = {"anticipated": "Company?", "anticipated_seen": "", "note": "Ask first.", "note_seen": ""}
    for _time in range(2):
        status, told = send(vera, "offer one", **words)
        assert (status, told["path"], told["whole"], told["closed"]) == (200, ["offer", "one"], True, False)
        assert told["seen"] == {"anticipated": words_digest("Company?"), "note": words_digest("Ask first.")}
    run = stored(app)
    assert (run.path, run.anticipated, run.note) == (["offer", "one"], "Company?", "Ask first.")
    first = run.done_at
    assert send(vera, "offer two", "offer one")[1]["path"] == ["offer", "two"]
    assert stored(app).done_at == first


def test_going_back_to_where_the_page_began_meets_what_was_stored_since(app: Flask, vera: FlaskClient) -> None:
    send(vera, "offer")
    assert send(vera, "", "")[1]["stale"] == "path"
    assert send(vera, "", "offer")[0] == 200
    assert stored(app).path == []


def test_an_end_counts_though_the_talk_was_begun_again_after_it(app: Flask, vera: FlaskClient) -> None:
    send(vera, "", ended="refuse sorry")
    assert (stored(app).path, stored(app).done_at is not None) == ([], True)


@pytest.mark.parametrize("ended", ["refuse", "refuse sorry offer", "offer well", "x", "sorry"])
def test_what_leads_to_no_end_is_none(app: Flask, vera: FlaskClient, ended: str) -> None:
    send(vera, "refuse", ended=ended)
    assert stored(app).done_at is None


def test_a_talk_that_went_on_elsewhere_is_a_conflict_and_changes_nothing(app: Flask, vera: FlaskClient) -> None:
    send(vera, "shrug")
    status, told = send(vera, "refuse", note="Mine.", note_seen="")
    assert (status, told["stale"], told["path"]) == (409, "path", ["shrug"])
    assert (stored(app).path, stored(app).note) == (["shrug"], "")
    assert send(vera, "refuse", "shrug", note="Mine.", note_seen="")[0] == 200  # this one is kept
    assert (stored(app).path, stored(app).note) == (["refuse"], "Mine.")


def test_a_note_alone_meets_no_other_path(app: Flask, vera: FlaskClient) -> None:
    send(vera, "shrug")
    status, told = send(vera, None, note="Mine.", note_seen="")
    assert (status, told["path"], told["whole"]) == (200, ["shrug"], True)
    assert (stored(app).path, stored(app).note) == (["shrug"], "Mine.")


@pytest.mark.parametrize("kind", ["anticipated", "note"])
def test_words_that_were_kept_elsewhere_are_a_conflict_about_them(app: Flask, vera: FlaskClient, kind: str) -> None:
    send(vera, "", **{kind: "There.", f"{kind}_seen": ""})
    status, told = send(vera, "offer", **{kind: "Here.", f"{kind}_seen": ""})
    assert (status, told["stale"], told["words"]) == (409, kind, "There.")
    assert stored(app).path == []
    assert send(vera, "offer", **{kind: "Here.", f"{kind}_seen": told["seen"]})[0] == 200
    assert (stored(app).path, getattr(stored(app), kind)) == (["offer"], "Here.")
    assert send(vera, None, **{kind: "", f"{kind}_seen": words_digest("Here.")})[0] == 200
    assert getattr(stored(app), kind) == ""


def test_replies_that_are_gone_are_left_out_and_told(
    app: Flask, monkeypatch: pytest.MonkeyPatch, vera: FlaskClient
) -> None:
    turns = [turn.model_dump() for turn in conversation().turns]
    turns[1]["replies"][2]["id"] = "nothing"
    serve_catalog(app, monkeypatch, practice_course(conversation(turns=turns)))
    for _time in range(2):
        status, told = send(vera, "offer none sorry", ended="offer none sorry")
        assert (status, told["path"], told["whole"]) == (200, ["offer"], False)
    assert stored(app).done_at is None


@pytest.mark.parametrize("path", ["x", "sorry", "한", "offer " * 5000, "../../etc", "offer\tone"])
def test_odd_paths_are_read_as_far_as_they_fit(app: Flask, vera: FlaskClient, path: str) -> None:
    status, told = send(vera, path)
    assert status == 200
    assert told["path"] in ([], ["offer"], ["offer", "one"])
    assert stored(app).path == told["path"]


def test_too_many_words_are_refused(people: People, vera: FlaskClient) -> None:
    assert send(vera, "", note="x" * (WORDS_MAX + 1), note_seen="")[0] == 400
    assert people.count(PracticeRun) == 0


def test_who_is_too_young_or_has_left_nothing_here_is_led_to_the_ordinary_page(
    app: Flask, monkeypatch: pytest.MonkeyPatch, people: People, client: FlaskClient
) -> None:
    assert (client.get(OFFLINE).status_code, client.get(OFFLINE).location) == (303, TALK)
    serve_catalog(app, monkeypatch, practice_course(conversation(opens=14)))
    young, older = people.browser(), people.browser()
    open_login(young, people.add("Ben", band=12))
    open_login(older, people.add("Vera", band=14))
    assert (young.get(OFFLINE).status_code, young.get(OFFLINE).location) == (303, TALK)
    assert older.get(OFFLINE).status_code == 200
    assert (send(young, "offer")[0], send(older, "offer")[0]) == (404, 200)
    assert people.count(PracticeRun) == 1


WORDS = {"anticipated": "Company?", "anticipated_seen": "", "note": "Ask first.\n\nThen tell.", "note_seen": ""}


@pytest.mark.parametrize("gone", [False, True])
def test_words_beside_a_conversation_that_is_closed_by_now_are_kept_without_its_path(
    app: Flask, monkeypatch: pytest.MonkeyPatch, people: People, gone: bool
) -> None:
    other = conversation(slug="honey") if gone else conversation(opens=14)
    serve_catalog(app, monkeypatch, practice_course(other))
    young = people.browser()
    open_login(young, people.add("Ben", band=12))
    for _time in range(2):
        status, told = send(young, "offer one", ended="offer one", **WORDS)
        assert (status, told["path"], told["whole"], told["closed"]) == (200, [], True, True)
        run = stored(app)
        assert (run.path, run.anticipated, run.note, run.done_at) == ([], "Company?", WORDS["note"], None)
    assert "Ask first." in young.get("/account/data").text


def test_words_that_meet_others_of_a_closed_conversation_stand_below_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch, vera: FlaskClient
) -> None:
    send(vera, None, note="There.", note_seen="")
    serve_catalog(app, monkeypatch, practice_course(conversation(slug="honey")))
    for _time in range(2):
        assert send(vera, None, note="Here.", note_seen="")[0] == 200
        assert stored(app).note == "There.\nHere."
    assert send(vera, None, note="", note_seen="")[0] == 200
    assert stored(app).note == "There.\nHere."
    status, told = send(vera, None, note="x" * WORDS_MAX, note_seen="")
    assert (status, told["stale"], told["closed"]) == (409, "note", True)
    assert send(vera, None, note="Mine.", note_seen=told["seen"])[0] == 200
    assert stored(app).note == "Mine."


@pytest.mark.parametrize("name", ["No-Slug", "x" * 81, "a--b"])
def test_words_are_kept_beside_nothing_that_can_be_no_conversation(
    people: People, vera: FlaskClient, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    form = {"ended": "", **WORDS}
    assert vera.post(f"/practice/{name}/path", data=form).status_code == 404
    monkeypatch.setattr(offline_practice_views, "MOST_RUNS", 1)
    assert vera.post("/practice/honey/path", data=form).status_code == 200
    assert vera.post("/practice/cream/path", data=form).status_code == 404
    assert vera.post("/practice/honey/path", data=form).status_code == 200
    assert people.count(PracticeRun) == 1


def test_a_run_is_its_person_s_alone(people: People, vera: FlaskClient, visit: PageOpener) -> None:
    send(vera, "offer", note="Vera’s own.", note_seen="")
    cleo = people.browser()
    open_login(cleo, people.add("Cleo"))
    page = visit(cleo, OFFLINE)
    assert "Vera’s own." not in page.text
    assert 'data-path=""' in page.text
    assert send(cleo, "refuse")[0] == 200
    assert people.count(PracticeRun) == 2


def test_the_ordinary_page_leads_to_it_those_whom_it_is_open_to(vera: FlaskClient, visit: PageOpener) -> None:
    assert OFFLINE in {link.get("href") for link in visit(vera, TALK).all("a")}
    stranger = vera.application.test_client()
    assert OFFLINE not in visit(stranger, TALK).text


def test_a_conversation_that_there_is_not_is_not_found(vera: FlaskClient) -> None:
    assert vera.get("/practice/honey/offline").status_code == 404
    assert vera.post("/practice/honey/path").status_code == 404
