"""Pages of practice: the list, a talk from before to its end by forms alone, notes, and who may come in."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from learnapp.content.catalog import Catalog
from learnapp.learning.lessons.own_words.service import words_digest
from learnapp.training.models import WORDS_MAX, PracticeRun
from tests.actors.people import People, open_login
from tests.courses.practice import MILK, SUGAR, conversation, practice_course
from tests.courses.serving import serve_catalog
from tests.factories.base import NOON
from tests.learning.test_permutations import archive_of
from tests.pages import Page, PageOpener, words

pytestmark = pytest.mark.usefixtures("course")

TALK = f"/practice/{SUGAR}"
AFTER = {"start": 0, "more": 1, "sulk": 2}


@pytest.fixture
def vera(people: People) -> FlaskClient:
    """Give Vera's browser."""
    browser = people.browser()
    open_login(browser, people.add("Vera"))
    return browser


def say(client: FlaskClient, turn: str, reply: str, at: int | None = None) -> Any:
    return client.post(f"{TALK}/reply", data={"at": AFTER[turn] if at is None else at, "turn": turn, "reply": reply})


def talk_to_the_end(client: FlaskClient) -> None:
    client.post(f"{TALK}/talk", data={"anticipated": "Company?"})
    for turn, reply in (("start", "shrug"), ("more", "none"), ("sulk", "sorry")):
        assert say(client, turn, reply).status_code == 303


def ids(page: Page) -> set[str]:
    return {one.get("id", "") for one in page.tree.iter()}


def test_the_list_says_who_comes_how_long_it_takes_and_what_is_done(vera: FlaskClient, visit: PageOpener) -> None:
    with time_machine.travel(NOON):
        talk_to_the_end(vera)
        vera.post(f"/practice/{MILK}/talk")
        rows = [words(row) for row in visit(vera, "/practice").all("li") if "A guest with a cup" in words(row)]
    assert [row.rpartition("cup ")[2] for row in rows] == ["Done on 21 November 2026", "Begun"]
    assert "About 1 minute" in visit(vera.application.test_client(), "/practice").text


def test_before_the_talk_one_may_write_down_what_the_visitor_may_want(vera: FlaskClient, visit: PageOpener) -> None:
    page = visit(vera, TALK)
    assert "You stand beside the pot." in page.text
    assert "Visitor at start." not in page.text
    assert "Perhaps company." not in page.text
    answer = vera.post(f"{TALK}/talk", data={"anticipated": " Company? "})
    assert (answer.status_code, answer.location) == (303, f"{TALK}#talk")
    page = visit(vera, TALK)
    assert "Company?" in page.text
    assert "Perhaps company." not in page.text  # what may be behind it comes at the end


def test_a_reply_is_followed_by_what_the_visitor_does_and_then_by_why(vera: FlaskClient, visit: PageOpener) -> None:
    vera.post(f"{TALK}/talk")
    answer = say(vera, "start", "offer")
    assert (answer.status_code, answer.location) == (303, f"{TALK}#now")
    page = visit(vera, TALK)
    (talk,) = (one for one in page.all("ol") if one.get("class") == "talk")
    said = words(talk)
    order = ["Visitor at start.", "I say offer.", "They hear offer.", "Because of offer.", "Visitor at more."]
    assert sorted(order, key=said.index) == order
    (now,) = (one for one in talk if one.get("id") == "now")
    assert (now.get("tabindex"), words(now)) == ("-1", "What happens They hear offer.")
    assert "Rests on no fact." in said
    assert page.text.index("Visitor at more.") < page.text.index("What do you say?")


def test_a_reply_shows_who_says_so_where_it_rests_on_a_fact(vera: FlaskClient, visit: PageOpener) -> None:
    say(vera, "start", "offer")
    say(vera, "more", "two")
    (note,) = [one for one in visit(vera, TALK).tree.iter() if "margin-note" in (one.get("class") or "")][:1]
    assert "Page" in words(note)


def test_the_look_back_sets_better_replies_beside_what_was_said(vera: FlaskClient, visit: PageOpener) -> None:
    talk_to_the_end(vera)
    page = visit(vera, TALK)
    beside = [words(one) for one in page.all("div") if one.get("class") == "beside"]
    assert len(beside) == 2
    assert all(said in beside[0] for said in ("I say shrug.", "Because of shrug.", "I say offer.", "They hear offer."))
    assert all(said in beside[1] for said in ("I say none.", "I say one.", "I say two."))
    for shown in ("Company?", "Perhaps company.", "What would you want?"):
        assert shown in page.text
    assert f"/practice/{MILK}" in {link.get("href") for link in page.all("a")}


def test_who_said_what_works_is_told_so(vera: FlaskClient, visit: PageOpener) -> None:
    say(vera, "start", "offer")
    say(vera, "more", "one")
    page = visit(vera, TALK)
    assert "All that you said works." in page.text
    assert "beside" not in {one.get("class") for one in page.all("div")}


def test_nothing_is_said_without_a_choice_and_the_page_says_so_at_the_field(
    vera: FlaskClient, visit: PageOpener
) -> None:
    vera.post(f"{TALK}/talk")
    page = visit(vera, f"{TALK}/reply", data={"at": 0, "turn": "start"}, status=422)
    assert "Choose what to say" in words(next(page.all("fieldset")))
    assert "#reply" in {link.get("href") for link in page.all("a")}
    assert "reply" in ids(page)


def test_a_reply_without_a_choice_from_an_older_window_leads_to_where_the_talk_stands(
    vera: FlaskClient, visit: PageOpener
) -> None:
    talk_to_the_end(vera)
    page = visit(vera, f"{TALK}/reply", data={"at": 0, "turn": "start"}, status=409)
    assert "went on in another window" in page.text


def test_one_goes_back_a_reply_or_to_the_beginning(vera: FlaskClient, visit: PageOpener) -> None:
    talk_to_the_end(vera)
    answer = vera.post(f"{TALK}/back", data={"to": "2"})
    assert answer.location == f"{TALK}#now"
    page = visit(vera, TALK)
    assert "Visitor at sulk." in page.text
    assert "I say sorry." in page.text  # to be chosen again
    for odd in ("", "x", "-1", "9" * 30):
        vera.post(f"{TALK}/back", data={"to": odd})
        assert "I say none." in visit(vera, TALK).text
    assert vera.post(f"{TALK}/back", data={"to": "0"}).location == f"{TALK}#talk"
    assert "They hear shrug." not in visit(vera, TALK).text
    assert "Done on" in visit(vera, "/practice").text


def test_an_older_window_is_led_to_where_the_talk_stands(vera: FlaskClient, visit: PageOpener) -> None:
    say(vera, "start", "offer")
    page = visit(vera, f"{TALK}/reply", data={"at": 1, "turn": "sulk", "reply": "sorry"}, status=409)
    assert "went on in another window" in page.text
    assert "Visitor at more." in page.text


def test_a_talk_goes_on_after_days_on_another_device(people: People, visit: PageOpener) -> None:
    phone, laptop, who = people.browser(), people.browser(), people.add("Vera")
    with time_machine.travel(NOON):
        open_login(phone, who)
        say(phone, "start", "offer")
    with time_machine.travel(NOON + timedelta(days=3)):
        open_login(laptop, who)
        assert "Visitor at more." in visit(laptop, TALK).text


def test_what_was_rewritten_goes_on_where_the_replies_still_fit(
    app: Flask, monkeypatch: pytest.MonkeyPatch, vera: FlaskClient, visit: PageOpener
) -> None:
    talk_to_the_end(vera)
    turns = [turn.model_dump() for turn in conversation().turns]
    turns[1]["replies"][2]["id"] = "nothing"
    serve_catalog(app, monkeypatch, practice_course(conversation(turns=turns)))
    page = visit(vera, TALK)
    assert "has been rewritten since" in page.text
    assert "Visitor at more." in page.text
    assert "Done on" in visit(vera, "/practice").text


def test_a_note_is_kept_for_oneself(vera: FlaskClient, visit: PageOpener) -> None:
    talk_to_the_end(vera)
    answer = vera.post(f"{TALK}/note", data={"note": "I spoke too soon.", "seen": ""})
    assert answer.location == f"{TALK}#note"
    assert "I spoke too soon." in visit(vera, TALK).text
    taken = {"note": "I spoke too soon.", "seen": words_digest("I spoke too soon."), "action": "remove"}
    vera.post(f"{TALK}/note", data=taken)
    assert "I spoke too soon." not in visit(vera, TALK).text


def test_what_one_wrote_stands_among_one_s_data_and_can_be_taken_back_there(
    app: Flask, monkeypatch: pytest.MonkeyPatch, vera: FlaskClient, visit: PageOpener
) -> None:
    talk_to_the_end(vera)
    vera.post(f"{TALK}/note", data={"note": "I spoke too soon.", "seen": ""})
    serve_catalog(app, monkeypatch, practice_course(conversation(MILK)))  # it is gone
    page = visit(vera, "/account/data")
    assert "Company?" in page.text
    assert "I spoke too soon." in page.text
    form = {"conversation": SUGAR, "kind": "note", "seen": words_digest("Something else.")}
    assert "changed meanwhile" in visit(vera, "/account/data/practice", data=form).text
    form["seen"] = words_digest("I spoke too soon.")
    page = visit(vera, "/account/data/practice", data=form)
    assert "I spoke too soon." not in page.text
    assert "Company?" in page.text
    for odd in ({"kind": "path"}, {"conversation": "honey"}, {}):
        assert vera.post("/account/data/practice", data={**form, **odd}).status_code == 303


@pytest.mark.parametrize("field", ["anticipated", "note"])
def test_what_comes_from_a_window_of_another_stage_stays_on_the_page(
    vera: FlaskClient, visit: PageOpener, field: str
) -> None:
    part = "talk" if field == "anticipated" else "note"
    long = "x" * (WORDS_MAX + 1)
    for stage in range(3):
        page = visit(vera, f"{TALK}/{part}", data={field: long}, status=422)
        assert long in page.text
        assert "Shorten it by 1 characters" in page.text
        if stage == 0:
            vera.post(f"{TALK}/talk", data={"anticipated": "Company?"})
        elif stage == 1:
            talk_to_the_end(vera)
    vera.post(f"{TALK}/note", data={"note": "From here.", "seen": ""})
    vera.post(f"{TALK}/back", data={"to": "0"})
    page = visit(vera, f"{TALK}/{part}", data={field: "From there."}, status=409)
    assert "From there." in page.text
    assert ("Company?" if field == "anticipated" else "From here.") in page.text


def test_the_export_has_what_was_said_in_words(vera: FlaskClient) -> None:
    talk_to_the_end(vera)
    (run,) = json.loads(archive_of(vera)["data.json"])["tables"]["practice_runs"]
    assert run["said"] == ["I say shrug.", "I say none.", "I say sorry."]


def test_a_note_that_is_too_long_or_older_than_another_stays_in_its_field(vera: FlaskClient, visit: PageOpener) -> None:
    talk_to_the_end(vera)
    long = "한" * (WORDS_MAX + 1)
    page = visit(vera, f"{TALK}/note", data={"note": long, "seen": ""}, status=422)
    assert long in page.text
    assert "Shorten it by 1 characters" in page.text
    vera.post(f"{TALK}/note", data={"note": "From here.", "seen": ""})
    page = visit(vera, f"{TALK}/note", data={"note": "From there.", "seen": ""}, status=409)
    assert all(said in page.text for said in ("From here.", "From there.", "another window"))
    assert f'value="{words_digest("From here.")}"' in page.text


def test_a_guess_that_is_too_long_stays_before_the_talk(vera: FlaskClient, visit: PageOpener) -> None:
    page = visit(vera, f"{TALK}/talk", data={"anticipated": "x" * (WORDS_MAX + 1)}, status=422)
    assert "Shorten it by 1 characters" in page.text
    assert "You stand beside the pot." in page.text


def test_who_has_no_account_practices_as_a_guest_once_something_is_kept(
    people: People, client: FlaskClient, visit: PageOpener
) -> None:
    visit(client, TALK)
    assert people.count(PracticeRun) == 0
    talk_to_the_end(client)
    assert people.count(PracticeRun) == 1
    assert "Done on" in visit(client, "/practice").text


@pytest.mark.parametrize("part", ["talk", "reply", "back", "note"])
def test_whoever_comes_to_a_form_by_a_link_is_led_to_the_talk(vera: FlaskClient, part: str) -> None:
    answer = vera.get(f"{TALK}/{part}")
    assert (answer.status_code, answer.location) == (303, TALK)


@pytest.mark.parametrize("part", ["", "/talk", "/reply"])
def test_a_conversation_that_there_is_not_is_not_found(vera: FlaskClient, part: str) -> None:
    assert vera.get(f"/practice/honey{part}").status_code == 404


def test_a_conversation_opens_at_the_age_of_its_facts(
    app: Flask, monkeypatch: pytest.MonkeyPatch, people: People, visit: PageOpener
) -> None:
    serve_catalog(app, monkeypatch, practice_course(conversation(opens=14)))
    young, browser = people.add("Ben", band=12), people.browser()
    open_login(browser, young)
    page = visit(browser, TALK)
    assert "opens at 14" in page.text
    assert "You stand beside the pot." not in page.text
    assert "For age 14 and over" in visit(browser, "/practice").text
    assert browser.post(f"{TALK}/talk").location == TALK
    assert people.count(PracticeRun) == 0
    older = people.browser()
    open_login(older, people.add("Vera", band=14))
    assert "You stand beside the pot." in visit(older, TALK).text
    assert "Choose your age group" in visit(app.test_client(), TALK).text


def test_a_course_without_conversations_says_so(
    app: Flask, course: Catalog, monkeypatch: pytest.MonkeyPatch, client: FlaskClient, visit: PageOpener
) -> None:
    serve_catalog(app, monkeypatch, replace(course, conversations={}))
    assert "There is no conversation yet." in visit(client, "/practice").text
